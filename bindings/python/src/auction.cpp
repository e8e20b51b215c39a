#include "jiedui/hours/auction.hpp"

#include "values.hpp"

namespace jiedui::python {

void bind_auction(py::module_& m) {
  py::native_enum<BidOrder>(m, "BidOrder", "enum.Enum", DOC("BidOrder"))
      .value("arrival", BidOrder::arrival, DOC("BidOrder.arrival"))
      .value("price", BidOrder::price, DOC("BidOrder.price"))
      .finalize();
  Value<Bid> bid(m, "Bid");
  bid.bound.def(py::init([](std::string id, Instant at, std::int64_t price, std::int64_t pieces) {
                  return Bid{std::move(id), at, price, pieces};
                }),
                "id"_a, "at"_a, "price"_a, "pieces"_a = 1);
  bid.field("id", &Bid::id)
      .field("at", &Bid::at)
      .field("price", &Bid::price)
      .field("pieces", &Bid::pieces);
  Value<Sale>(m, "Sale")
      .field("bid", &Sale::bid)
      .field("pieces", &Sale::pieces)
      .field("paid", &Sale::paid);
  Value<AuctionResult>(m, "AuctionResult")
      .field("sales", &AuctionResult::sales)
      .field("sold", &AuctionResult::sold)
      .field("left", &AuctionResult::left)
      .field("proceeds", &AuctionResult::proceeds);
  m.def(
      "own_price_auction",
      [](std::int64_t pieces, const std::vector<Bid>& bids, BidOrder order,
         std::int64_t least_price) { return own_price_auction(pieces, bids, order, least_price); },
      "pieces"_a, "bids"_a, py::arg_v("order", BidOrder::arrival, "BidOrder.arrival"),
      "least_price"_a = 1, DOC("own_price_auction"));
  m.def(
      "sales_table",
      [](const AuctionResult& result) { return std::make_shared<Table>(sales_table(result)); },
      "result"_a, DOC("sales_table"));
  m.def(
      "shares_by_weight",
      [](std::int64_t amount, const std::vector<std::int64_t>& weights) {
        return shares_by_weight(amount, weights);
      },
      "amount"_a, "weights"_a, DOC("shares_by_weight"));
  Value<Payee> payee(m, "Payee");
  payee.bound.def(py::init([](Id128 account, std::int64_t weight) {
                    return Payee{account, weight};
                  }),
                  "account"_a, "weight"_a = 1);
  payee.field("account", &Payee::account).field("weight", &Payee::weight);
  using Costs = std::vector<std::pair<Id128, std::int64_t>>;
  m.def(
      "auction_commands",
      [](const AuctionResult& result, Id128 sale, Instant happened, Unit money, Id128 buyers,
         const std::vector<Payee>& payees, Id128 programme, const Costs& costs) {
        return auction_commands(result, sale, happened, money, buyers, payees, programme, costs);
      },
      "result"_a, "sale"_a, "happened"_a, "money"_a, "buyers"_a, "payees"_a,
      py::arg_v("programme", Id128{}, "Id128()"), "costs"_a = Costs{}, DOC("auction_commands"));
}

}  // namespace jiedui::python
