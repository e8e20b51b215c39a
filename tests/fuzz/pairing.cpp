// A small market and a day of changes, both made of the bytes: whatever they say, each plan must
// verify, and refusals must change nothing.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/verify.hpp"

using namespace jiedui;

namespace {

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  std::uint8_t next() { return empty() ? 0 : data_[at_++]; }
  std::int32_t below(std::int32_t end) { return next() % end; }
  bool chance() { return (next() & 1U) != 0; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

std::int64_t points(Bytes& bytes) {
  constexpr std::int64_t extremes[] = {0, std::int64_t{1} << 31U, -(std::int64_t{1} << 31U),
                                       std::int64_t{1} << 53U, solver::Limits::points_max};
  const std::int32_t drawn = bytes.next();
  return drawn < 250 ? drawn - 60 : extremes[drawn - 250 < 5 ? drawn - 250 : 0];
}

solver::Instance instance_of(Bytes& bytes) {
  solver::Instance instance;
  const auto volunteers = static_cast<std::uint32_t>(1 + bytes.below(6));
  const auto lines = static_cast<std::uint32_t>(1 + bytes.below(6));
  const auto slots = static_cast<std::uint32_t>(bytes.below(3));
  const bool has_lines = bytes.chance();
  for (std::uint32_t v = 0; v < volunteers; ++v) instance.capacity.push_back(bytes.below(4));
  if (bytes.chance())
    for (std::uint32_t v = 0; v < volunteers; ++v)
      instance.least.push_back(bytes.below(1 + instance.capacity[v]));
  if (bytes.chance()) {
    instance.organisation_total = {bytes.below(5), bytes.below(5)};
    for (std::uint32_t v = 0; v < volunteers; ++v)
      instance.organisation.push_back(static_cast<std::uint32_t>(bytes.below(2)));
  }
  if (bytes.chance())
    for (std::int64_t cost = 0, i = bytes.below(4); i >= 0; --i)
      instance.load_cost.push_back(cost += bytes.below(8));
  instance.first = {0};
  for (std::uint32_t n = 0; n < lines; ++n) {
    instance.demand.push_back(bytes.below(4));
    instance.tier.push_back(1 + bytes.below(3));
    if (has_lines) instance.need.push_back(n / 2);
    for (std::uint32_t v = 0; v < volunteers; ++v) {
      const std::int64_t worth = points(bytes);
      for (std::uint32_t slot = 0; slot < (has_lines ? 1 : 1 + slots); ++slot)
        if (bytes.chance())
          instance.candidates.push_back({v, slots == 0 ? solver::Candidate::no_slot : slot, worth});
    }
    instance.first.push_back(instance.candidates.size());
  }
  return instance;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void operate(Dispatcher& dispatcher, Bytes& bytes, const Market& market) {
  const std::uint8_t operation = bytes.next();
  const auto volunteer =
      std::to_string(static_cast<std::size_t>(bytes.next()) % market.volunteer_count());
  const auto need = std::to_string(static_cast<std::size_t>(bytes.next()) % market.need_count());
  switch (operation % 5) {
    case 0:
      dispatcher.decline(volunteer, need);
      break;
    case 1:
      dispatcher.pin(volunteer, need);
      break;
    case 2:
      dispatcher.unpin(volunteer, need);
      break;
    case 3:
      dispatcher.set_capacity(volunteer, bytes.below(5));
      break;
    default:
      dispatcher.set_demand(need, bytes.below(5));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Market market = ExplicitMarket::of(instance_of(bytes));
  Dispatcher dispatcher(market);
  require(static_cast<bool>(verify(dispatcher.plan(), dispatcher.market())));
  while (!bytes.empty()) {
    const Plan before = dispatcher.plan();
    try {
      operate(dispatcher, bytes, market);
    } catch (const Error&) {
      require(dispatcher.plan() == before);
      continue;
    }
    require(static_cast<bool>(verify(dispatcher.plan(), dispatcher.market())));
  }
  return 0;
}
