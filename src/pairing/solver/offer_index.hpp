#pragma once

#include <cstdint>
#include <vector>

#include "candidate_source.hpp"

// Private to the room: which lines have read an offer of a volunteer.

namespace jiedui::solver {

/// The offers that lines have read, by volunteer. Those of the start lie side by side; what comes
/// later is chained.
class OfferIndex {
 public:
  /// @param each calls its argument with (volunteer, request) for all offers read so far, twice in
  ///   the same order.
  template <class Each>
  OfferIndex(std::size_t volunteers, Each&& each) : first_(volunteers + 1, 0) {
    each([&](std::uint32_t v, const Request& /*request*/) { ++first_[v + 1]; });
    for (std::size_t v = 0; v < volunteers; ++v) first_[v + 1] += first_[v];
    requests_.resize(first_.back());
    std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
    each([&](std::uint32_t v, const Request& request) { requests_[next[v]++] = request; });
    later_.resize(volunteers, none);
  }

  void add(std::uint32_t v, const Request& request) {
    if (v >= later_.size()) later_.resize(v + std::size_t{1}, none);
    std::uint32_t link = free_;
    if (link == none) {
      link = static_cast<std::uint32_t>(links_.size());
      links_.emplace_back();
    } else {
      free_ = links_[link].next;
    }
    links_[link] = {request, later_[v]};
    later_[v] = link;
  }
  /// All offers of the volunteer for the line.
  void remove(std::uint32_t v, std::uint32_t line) {
    if (v + std::size_t{1} < first_.size())
      for (std::uint64_t i = first_[v]; i < first_[v + 1]; ++i)
        if (requests_[i].line == line) requests_[i].line = none;
    if (v >= later_.size()) return;
    for (std::uint32_t* at = &later_[v]; *at != none;) {
      Link& link = links_[*at];
      if (link.request.line != line) {
        at = &link.next;
        continue;
      }
      const std::uint32_t gone = *at;
      *at = link.next;
      link.next = free_;
      free_ = gone;
    }
  }
  void requests_of(std::uint32_t v, std::vector<Request>& out) const {
    out.clear();
    if (v + std::size_t{1} < first_.size())
      for (std::uint64_t i = first_[v]; i < first_[v + 1]; ++i)
        if (requests_[i].line != none) out.push_back(requests_[i]);
    if (v >= later_.size()) return;
    for (std::uint32_t link = later_[v]; link != none; link = links_[link].next)
      out.push_back(links_[link].request);
  }

 private:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  std::vector<std::uint64_t> first_;  // of each volunteer of the start
  std::vector<Request> requests_;
  struct Link {
    Request request;
    std::uint32_t next = none;
  };
  std::vector<std::uint32_t> later_;  // the first link of each volunteer
  std::vector<Link> links_;
  std::uint32_t free_ = none;
};

}  // namespace jiedui::solver
