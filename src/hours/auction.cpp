#include "jiedui/hours/auction.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "jiedui/base/quantity.hpp"
#include "jiedui/ledger/hash.hpp"

namespace jiedui {

namespace {

constexpr std::int64_t weight_max = 1'000'000'000;

void check(std::span<const Bid> bids) {
  ProblemList problems;
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < bids.size(); ++i) {
    const auto wrong = [&](const char* column, const char* code, const char* allowed) {
      problems.add({"bids", static_cast<std::int64_t>(i) + 1, column, code, allowed});
    };
    if (bids[i].id.empty()) wrong("id", "value_missing", "an id of the caller's own");
    if (!ids.insert(bids[i].id).second) wrong("id", "id_duplicate", "each id once");
    if (bids[i].price < 1) wrong("price", "number_out_of_range", "1 or more");
    if (bids[i].pieces < 1) wrong("pieces", "number_out_of_range", "1 or more");
  }
  problems.throw_if_any();
}

/// The id of a sale's transfer: the sale's with the place mixed in, as a UUID of version 8.
Id128 transfer_id(Id128 sale, std::uint64_t place) {
  std::array<std::uint8_t, 24> bytes{};
  const std::uint64_t words[] = {sale.high, sale.low, place};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
  const Hash256 hash = blake2b(bytes);
  Id128 id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = id.high << 8U | hash.bytes[i];
    id.low = id.low << 8U | hash.bytes[8 + i];
  }
  id.high = (id.high & ~std::uint64_t{0xF000}) | 0x8000U;
  id.low = (id.low >> 2U) | 0x8000'0000'0000'0000U;
  return id;
}

}  // namespace

AuctionResult own_price_auction(std::int64_t pieces, std::span<const Bid> bids, BidOrder order,
                                std::int64_t least_price) {
  check(bids);
  AuctionResult result{
      .left = checked_range(pieces, 0, std::numeric_limits<std::int64_t>::max(), "pieces")};
  std::vector<const Bid*> served;
  for (const Bid& bid : bids) served.push_back(&bid);
  std::sort(served.begin(), served.end(), [&](const Bid* a, const Bid* b) {
    const std::int64_t first = order == BidOrder::price ? -a->price : 0;
    const std::int64_t other = order == BidOrder::price ? -b->price : 0;
    return std::tie(first, a->at, a->id) < std::tie(other, b->at, b->id);
  });
  for (const Bid* bid : served) {
    Sale& sale = result.sales.emplace_back(Sale{.bid = bid->id});
    if (bid->price < least_price) continue;
    sale.pieces = std::min(bid->pieces, result.left);
    sale.paid = checked_multiply(sale.pieces, bid->price, "paid");
    result.left -= sale.pieces;
    result.sold += sale.pieces;
    result.proceeds = checked_add(result.proceeds, sale.paid, "proceeds");
  }
  return result;
}

Table sales_table(const AuctionResult& result) {
  TextColumn bid;
  std::vector<std::int64_t> pieces, paid;
  for (const Sale& sale : result.sales) {
    bid.push_back(sale.bid);
    pieces.push_back(sale.pieces);
    paid.push_back(sale.paid);
  }
  Table table{.name = "sales"};
  table.columns.push_back({.name = "bid", .cells = std::move(bid)});
  table.columns.push_back({.name = "pieces", .cells = std::move(pieces)});
  table.columns.push_back({.name = "paid", .cells = std::move(paid)});
  return table;
}

std::vector<std::int64_t> shares_by_weight(std::int64_t amount,
                                           std::span<const std::int64_t> weights) {
  const bool sound = std::all_of(weights.begin(), weights.end(), [](std::int64_t weight) {
    return weight >= 0 && weight <= weight_max;
  });
  const std::int64_t whole =
      sound ? std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) : 0;
  if (!sound || whole == 0 || amount < 0)
    throw Error({.code = "weights_invalid",
                 .place = "weights",
                 .message = "an amount cannot be shared by them",
                 .allowed = "0 to 1000000000 each, one of them above 0; an amount of 0 or more",
                 .way_out = "mend the weights"});
  std::vector<std::int64_t> shares;
  std::vector<std::pair<int128, std::size_t>> rests;  // the largest first, then by place
  std::int64_t rest = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const int128 exact = int128{amount} * weights[i];
    shares.push_back(static_cast<std::int64_t>(exact / whole));
    rests.emplace_back(-(exact % whole), i);
    rest -= shares.back();
  }
  std::sort(rests.begin(), rests.end());
  for (std::size_t i = 0; i < static_cast<std::size_t>(rest); ++i) ++shares[rests[i].second];
  return shares;
}

std::vector<Command> auction_commands(const AuctionResult& result, Id128 sale, Instant happened,
                                      Unit money, Id128 buyers, std::span<const Payee> payees,
                                      Id128 programme,
                                      std::span<const std::pair<Id128, std::int64_t>> costs) {
  std::vector<std::int64_t> weights;
  for (const Payee& payee : payees) {
    if (!costs.empty() && payee.account == programme)
      throw Error({.code = "programme_is_payee",
                   .place = "programme",
                   .message = "costs would be taken from those whom the sale is for",
                   .allowed = "an account of the programme's own",
                   .way_out = "book the costs to the programme"});
    weights.push_back(payee.weight);
  }
  const std::vector<std::int64_t> shares = shares_by_weight(result.proceeds, weights);
  std::vector<Command> commands;
  std::uint64_t place = 0;
  const auto move = [&](Id128 from, Id128 to, std::int64_t amount) {
    const auto whole = static_cast<std::uint64_t>(
        checked_range(amount, 0, std::numeric_limits<std::int64_t>::max(), "amount"));
    const Id128 id = transfer_id(sale, place++);
    if (whole == 0) return;
    commands.push_back(Transfer{.id = id,
                                .debit = from,
                                .credit = to,
                                .amount = whole,
                                .unit = money,
                                .happened = happened,
                                .reference = sale});
  };
  for (std::size_t i = 0; i < payees.size(); ++i) move(buyers, payees[i].account, shares[i]);
  for (const auto& [paid, amount] : costs) move(programme, paid, amount);
  for (std::size_t i = 0; i + 1 < commands.size(); ++i) commands[i].link();
  return commands;
}

}  // namespace jiedui
