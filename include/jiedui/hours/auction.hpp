#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/ledger/command.hpp"

namespace jiedui {

// A sale for charity at which each buyer names a price of his own (mechanism Q18): so many equal
// pieces, until they are gone. What is paid goes to whom it is for, with nothing taken off; what
// the sale costs is booked to the programme.

/// In which order bids are served.
enum class BidOrder : std::uint8_t {
  arrival,  ///< who called first; of the same second, the lower id
  price,    ///< the higher price; equal ones by arrival
};
constexpr std::string_view to_string(BidOrder order) {
  return order == BidOrder::arrival ? "arrival" : "price";
}

/// A call: so many pieces at so much each.
struct Bid {
  std::string id;  ///< unique; the caller's own
  Instant at;
  std::int64_t price = 0;   ///< for a piece, in the smallest coin; 1 or more
  std::int64_t pieces = 1;  ///< wanted; fewer are taken where fewer are left
  friend bool operator==(const Bid&, const Bid&) = default;
};

/// What a bid got.
struct Sale {
  std::string bid;
  std::int64_t pieces = 0;  ///< 0: they were gone, or the price lay below the least
  std::int64_t paid = 0;    ///< pieces times the bid's own price
  friend bool operator==(const Sale&, const Sale&) = default;
};

struct AuctionResult {
  std::vector<Sale> sales;  ///< one a bid, in the order in which they were served
  std::int64_t sold = 0;
  std::int64_t left = 0;
  std::int64_t proceeds = 0;
  friend bool operator==(const AuctionResult&, const AuctionResult&) = default;
};

/// Sells equal pieces to bids at their own prices until none is left. The order of the list does
/// not matter. O(n log n).
/// @param least_price below which nothing is sold. @throws InputError with the codes
/// "id_duplicate", "value_missing" (no id), "number_out_of_range"; Error "overflow".
JIEDUI_API AuctionResult own_price_auction(std::int64_t pieces, std::span<const Bid> bids,
                                           BidOrder order = BidOrder::arrival,
                                           std::int64_t least_price = 1);
/// bid, pieces, paid.
JIEDUI_API Table sales_table(const AuctionResult& result);

/// Whole shares of an amount by weights, without a rest: largest remainder, ties by place.
/// @throws Error "weights_invalid" unless each is 0 to 1,000,000,000 and one is more than 0.
JIEDUI_API std::vector<std::int64_t> shares_by_weight(std::int64_t amount,
                                                      std::span<const std::int64_t> weights);

/// Whom the proceeds are for.
struct Payee {
  Id128 account;
  std::int64_t weight = 1;
};

/// The transfers that book a sale, linked: all proceeds from the buyers' account to the payees, by
/// weight, and the costs from the programme's account to those who are paid for them. Ids follow
/// from the sale's, so that booking it twice is found to exist.
/// @param happened when the sale was; whole seconds.
/// @param programme whose costs they are; none of the payees, from whom nothing is deducted.
/// @param costs accounts that are paid, with amounts above 0. Costs that come later: a transfer.
/// @throws Error "weights_invalid", "programme_is_payee", "overflow".
JIEDUI_API std::vector<Command> auction_commands(
    const AuctionResult& result, Id128 sale, Instant happened, Unit money, Id128 buyers,
    std::span<const Payee> payees, Id128 programme = {},
    std::span<const std::pair<Id128, std::int64_t>> costs = {});

}  // namespace jiedui
