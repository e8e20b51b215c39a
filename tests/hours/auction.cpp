#include "jiedui/hours/auction.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

std::vector<Bid> calls(std::initializer_list<std::pair<int, std::int64_t>> prices) {
  std::vector<Bid> bids;
  Instant at = utc("2017-01-20T01:00:00Z");
  for (const auto& [count, price] : prices)
    for (int i = 0; i < count; ++i) {
      at += std::chrono::minutes{7};
      bids.push_back({.id = "call-" + std::to_string(bids.size()), .at = at, .price = price});
    }
  return bids;
}

}  // namespace

TEST_CASE("35 bags at the callers' own prices bring two growers 4,340 yuan (Q18)", "[hours]") {
  // Prices of 100, 200, 300 yuan and one of 240, in fen; made up so that they come to the total.
  std::vector<Bid> bids = calls({{29, 10'000}, {3, 20'000}, {2, 30'000}, {1, 24'000}, {4, 50'000}});
  const AuctionResult result = own_price_auction(35, bids);
  CHECK(result.sold == 35);
  CHECK(result.left == 0);
  CHECK(result.proceeds == 434'000);
  CHECK(result.proceeds / result.sold == 12'400);
  CHECK(result.sales.back().pieces == 0);  // who called when all was gone

  MemoryJournal journal;
  HandClock clock;
  Ledger books(journal, clock.clock());
  const Unit yuan = Unit::money("CNY");
  const Id128 buyers{0, 1}, programme{0, 2}, post{0, 3}, grower{0, 4}, other{0, 5}, sale{7, 7};
  for (const Id128 account : {buyers, programme, post, grower, other})
    REQUIRE(books.post(OpenAccount{.id = account, .unit = yuan}) == Outcome::booked);
  const std::vector<Payee> growers{{grower, 1}, {other, 1}};
  const std::vector<std::pair<Id128, std::int64_t>> costs{{post, 35'00}};
  const Instant week = parse_instant("2017-01-20T04:00:00Z").value();
  const auto commands =
      auction_commands(result, sale, week, yuan, buyers, growers, programme, costs);
  for (const Outcome outcome : books.post(commands)) CHECK(outcome == Outcome::booked);
  for (const Outcome outcome : books.post(commands)) CHECK(outcome == Outcome::exists);
  CHECK(books.balance(grower).net() == 217'000);
  CHECK(books.balance(other).net() == 217'000);
  CHECK(books.balance(buyers).net() == -434'000);  // nothing was deducted
  CHECK(books.balance(programme).net() == -3'500);
  books.read_entries_of(grower, [&](const Entry& entry, const Hash256&) {
    CHECK((entry.kind == EntryKind::open_account || entry.happened == week));
    return true;
  });
  CHECK(error_code([&] {
          (void)auction_commands(result, sale, week, yuan, buyers, growers, grower, costs);
        }) == "programme_is_payee");
}

TEST_CASE("equal bids are served by arrival, the higher price first where that is the order",
          "[hours]") {
  std::vector<Bid> bids = calls({{2, 100}, {2, 300}, {1, 200}});
  bids[2].pieces = 2;
  const AuctionResult result = own_price_auction(4, bids, BidOrder::price);
  CHECK(result.sales == std::vector<Sale>{{"call-2", 2, 600},
                                          {"call-3", 1, 300},
                                          {"call-4", 1, 200},
                                          {"call-0", 0, 0},
                                          {"call-1", 0, 0}});
  CHECK(own_price_auction(9, bids, BidOrder::arrival, 150).sold == 4);
  CHECK_THROWS_AS(own_price_auction(1, std::vector<Bid>{bids[0], bids[0]}), InputError);
  bids[0].price = 0;
  CHECK_THROWS_AS(own_price_auction(1, bids), InputError);
}

TEST_CASE("auctions add up and do not depend on the order of the list", "[hours]") {
  std::mt19937_64 random(seed());
  for (std::int64_t round = 0; round < scaled(300); ++round) {
    std::vector<Bid> bids;
    for (std::uint64_t i = random() % 12; i > 0; --i)
      bids.push_back({.id = std::to_string(i),
                      .at = utc("2026-03-05T00:00:00Z") + std::chrono::minutes{random() % 3},
                      .price = static_cast<std::int64_t>(1 + random() % 4),
                      .pieces = static_cast<std::int64_t>(1 + random() % 3)});
    const auto pieces = static_cast<std::int64_t>(random() % 15);
    for (const BidOrder order : {BidOrder::arrival, BidOrder::price}) {
      const AuctionResult result = own_price_auction(pieces, bids, order, 2);
      std::int64_t sold = 0, paid = 0;
      for (const Sale& sale : result.sales) {
        sold += sale.pieces;
        paid += sale.paid;
        const auto bid = std::find_if(bids.begin(), bids.end(),
                                      [&](const Bid& one) { return one.id == sale.bid; });
        CHECK(sale.paid == sale.pieces * bid->price);
        // Whoever goes without, though his price suffices, finds nothing left.
        if (bid->price >= 2 && sale.pieces < bid->pieces) CHECK(result.left == 0);
      }
      CHECK(sold + result.left == pieces);
      CHECK(sold == result.sold);
      CHECK(paid == result.proceeds);
      std::shuffle(bids.begin(), bids.end(), random);
      CHECK(own_price_auction(pieces, bids, order, 2) == result);
    }
    std::vector<std::int64_t> weights(1 + random() % 5);
    for (std::int64_t& weight : weights) weight = static_cast<std::int64_t>(random() % 1'000);
    weights[0] += 1;
    const auto amount = static_cast<std::int64_t>(random() % 1'000'000);
    const std::int64_t whole = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const auto shares = shares_by_weight(amount, weights);
    CHECK(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == amount);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const std::int64_t exact = amount * weights[i];
      CHECK(shares[i] * whole > exact - whole);
      CHECK(shares[i] * whole < exact + whole);
    }
  }
  CHECK_THROWS_AS(shares_by_weight(1, std::vector<std::int64_t>{0}), Error);
}
