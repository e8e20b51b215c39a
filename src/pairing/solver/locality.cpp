#include "locality.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <span>
#include <utility>

#include "line_threads.hpp"

namespace jiedui::solver {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;

std::uint32_t hashed(std::uint32_t number) {
  number *= 0x9E37'79B1U;
  number ^= number >> 15U;
  return number * 0x85EB'CA77U;
}

class LocalOrder {
 public:
  LocalOrder(const Instance& instance, int threads)
      : instance_(instance),
        threads_(threads),
        wanted_(std::make_unique_for_overwrite<std::uint32_t[]>(instance.candidates.size())),
        key_(instance.needs()),
        order_(instance.needs()) {
    std::iota(order_.begin(), order_.end(), 0U);
  }

  Locality take() {
    // Lines that share many volunteers are likely to share the one whose hash is least; then each
    // line comes beside the first that shares any.
    set_keys([this](std::uint32_t n) { return list_wanted(n); });
    sort_by_key();
    const std::vector<std::uint32_t> first = first_places();
    set_keys([&](std::uint32_t n) {
      std::uint32_t least = none;
      for (const std::uint32_t v : wanted(n)) least = std::min(least, first[v]);
      return least;
    });
    sort_by_key();
    Numbering volunteers = in_order();
    return {std::move(volunteers), numbering_of(std::move(order_))};
  }

 private:
  std::span<const std::uint32_t> wanted(std::uint32_t n) const {
    return {wanted_.get() + instance_.first[n], wanted_.get() + instance_.first[n + 1]};
  }

  /// Later passes read a quarter of the memory that the candidates take.
  std::uint32_t list_wanted(std::uint32_t n) {
    std::uint32_t* out = wanted_.get() + instance_.first[n];
    std::uint32_t least = none;
    for (const Candidate& candidate : instance_.candidates_of(n)) {
      *out++ = candidate.volunteer;
      least = std::min(least, hashed(candidate.volunteer));
    }
    return least;
  }

  template <class KeyOf>
  void set_keys(KeyOf key_of) {
    each_block(static_cast<std::uint32_t>(key_.size()), threads_, {},
               [&](std::uint32_t begin, std::uint32_t end) {
                 for (std::uint32_t n = begin; n < end; ++n) key_[n] = key_of(n);
               });
  }

  /// Equal keys leave the order as it was.
  void sort_by_key() {
    std::vector<std::uint64_t> ranked(order_.size());
    for (std::uint32_t i = 0; i < order_.size(); ++i)
      ranked[i] = (std::uint64_t{key_[order_[i]]} << 32U) | i;
    std::sort(ranked.begin(), ranked.end());
    const std::vector<std::uint32_t> old = order_;
    for (std::uint32_t i = 0; i < ranked.size(); ++i)
      order_[i] = old[static_cast<std::uint32_t>(ranked[i])];
  }

  /// Where in the order the first line stands that wants a volunteer.
  std::vector<std::uint32_t> first_places() const {
    std::vector<std::uint32_t> first(instance_.volunteers(), none);
    for (std::uint32_t place = 0; place < order_.size(); ++place)
      for (const std::uint32_t v : wanted(order_[place])) first[v] = std::min(first[v], place);
    return first;
  }

  /// Volunteers in the order in which the lines name them; those who are new with a line by row,
  /// however it lists them.
  Numbering in_order() const {
    std::vector<std::uint32_t> row_of;
    row_of.reserve(instance_.volunteers());
    std::vector<std::uint8_t> is_in(instance_.volunteers());
    const auto add = [&](std::uint32_t v) {
      if (std::exchange(is_in[v], 1) == 0) row_of.push_back(v);
    };
    for (const std::uint32_t n : order_) {
      const auto begin = static_cast<std::ptrdiff_t>(row_of.size());
      for (const std::uint32_t v : wanted(n)) add(v);
      const auto first = row_of.begin() + begin;
      if (!std::is_sorted(first, row_of.end())) std::sort(first, row_of.end());
    }
    for (std::uint32_t v = 0; v < instance_.volunteers(); ++v) add(v);
    return numbering_of(std::move(row_of));
  }

  const Instance& instance_;
  const int threads_;
  std::unique_ptr<std::uint32_t[]> wanted_;  // the volunteers of all candidates
  std::vector<std::uint32_t> key_;           // of each line
  std::vector<std::uint32_t> order_;         // of the lines
};

}  // namespace

Locality locality_of(const Instance& instance, int threads) {
  return LocalOrder(instance, threads).take();
}

}  // namespace jiedui::solver
