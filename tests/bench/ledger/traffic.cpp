#include "ledger/traffic.hpp"

#include <algorithm>

namespace jiedui::bench {

namespace {

constexpr std::uint64_t organisations = 2'000;
constexpr std::uint64_t entries_of_a_need = 3;
constexpr std::chrono::seconds between_entries{6};
constexpr Instant begins{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

}  // namespace

/// UUIDv7 at the time the entry happened, or v4: real generators are not the same each time.
Id128 Traffic::new_id() {
  Id128 id{random_(), random_()};
  std::uint64_t version = 4;
  if (ids_ == Ids::time_ordered) {
    const std::chrono::milliseconds now =
        (begins + between_entries * static_cast<std::int64_t>(made_)).time_since_epoch();
    id.high = (static_cast<std::uint64_t>(now.count()) << 16U) | (id.high & 0x0FFFU);
    version = 7;
  }
  id.high = (id.high & ~std::uint64_t{0xF000}) | (version << 12U);
  id.low = (id.low >> 2U) | (std::uint64_t{1} << 63U);
  return id;
}

Command Traffic::one() {
  const Id128 id = new_id();
  const auto any = [&](const std::vector<Id128>& ids) { return ids[random_() % ids.size()]; };
  ++made_;
  const Unit unit = Unit::seconds_served();
  if (made_ <= organisations) {
    organisations_.push_back(id);
    return OpenAccount{.id = id, .unit = unit, .code = 1};
  }
  if (people_.empty() || made_ * 2 % 25 < 2) {
    people_.push_back(id);
    return OpenAccount{.id = id, .unit = unit, .code = 2};
  }
  if (made_ % entries_of_a_need == 0 || need_.is_zero()) need_ = new_id();
  Hash256 commitment;
  for (std::uint8_t& byte : commitment.bytes) byte = static_cast<std::uint8_t>(random_());
  return Transfer{.id = id,
                  .debit = any(organisations_),
                  .credit = any(people_),
                  .amount = 900 + random_() % 13'500,
                  .unit = unit,
                  .code = 1,
                  .happened = begins + between_entries * static_cast<std::int64_t>(made_),
                  .reference = need_,
                  .commitment = commitment};
}

std::vector<Command> Traffic::next(std::size_t count) {
  std::vector<Command> commands;
  commands.reserve(count);
  while (commands.size() < count) commands.push_back(one());
  return commands;
}

}  // namespace jiedui::bench
