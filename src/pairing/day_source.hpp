#pragma once

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "day_grid.hpp"
#include "implied_source.hpp"

// Private to the room: the candidates of a market while people and needs come, go and are edited.

namespace jiedui {

/// The index of the base stays as it was made. Who came or changed since stands in an index of its
/// own beside it, and what the base still says of him is left out. All are held against the rules
/// by the same columns.
///
/// Offers of those who changed are handed out all at once. A change costs the entries of one
/// volunteer, or one of a line; a look-up as much more as there are changes within reach.
class DaySource final : public solver::CandidateSource {
 public:
  /// @param base whose rules and points are all standard.
  explicit DaySource(ImpliedSource& base);

  solver::Rest best(std::uint32_t line, std::size_t count,
                    std::vector<solver::Offer>& out) const override;
  void requests_of(std::uint32_t volunteer, std::vector<solver::Request>& out) const override;
  std::span<const std::uint32_t> slots(std::uint32_t set) const override {
    return base_.slots(set);
  }
  Range points_range() const override { return base_.points_range(); }

  /// The offer of the volunteer for the line, if the two may be paired.
  std::optional<solver::Offer> offer(std::uint32_t line, std::uint32_t volunteer) const;

  // Before the columns change, and after they have changed. One who is taken out is no candidate.
  void take_out_volunteer(std::uint32_t number);
  void put_in_volunteer(std::uint32_t number);
  void take_out_line(std::uint32_t number);
  void put_in_line(std::uint32_t number);

 private:
  enum class Standing : std::uint8_t { in_base, out, beside };
  struct Placed : ItemVolunteer {
    std::uint32_t item = 0;
  };
  struct IsBetter {
    bool operator()(const ItemVolunteer& a, const ItemVolunteer& b) const {
      return a.points != b.points ? a.points > b.points : a.number < b.number;
    }
  };
  static Standing standing(const std::vector<Standing>& all, std::uint32_t number) {
    return number < all.size() ? all[number] : Standing::out;
  }
  static void set(std::vector<Standing>& all, std::uint32_t number, Standing now);
  static unsigned cell_size(std::int32_t limit) {
    return static_cast<unsigned>(std::bit_width(static_cast<std::uint32_t>(limit))) + 1;
  }
  void look_at(const ItemVolunteer& who, std::vector<solver::Offer>& out) const;
  solver::Rest add_everybody(const Line& line, std::size_t count, solver::Rest rest,
                             std::vector<solver::Offer>& out) const;

  static constexpr unsigned line_cell = 18;  // 4 km

  ImpliedSource& base_;
  std::vector<Standing> volunteers_, lines_;
  std::unordered_map<std::uint32_t, std::vector<Placed>> entries_;  // of volunteers beside the base
  DayGrid<ItemVolunteer> volunteer_grid_;                           // by item
  std::unordered_map<std::uint32_t, std::map<unsigned, std::size_t>> sizes_;  // of cells, by item
  std::unordered_map<std::uint32_t, std::set<ItemVolunteer, IsBetter>> everybody_;
  DayGrid<LineEntry> line_grid_;
  struct ItemLines {
    std::unordered_set<std::uint32_t> placed, anywhere;
  };
  std::unordered_map<std::uint32_t, ItemLines> item_lines_;
  // For one thread: while several read, nothing stands beside the base.
  mutable PairCheck check_;
  mutable std::vector<std::uint32_t> items_;
};

}  // namespace jiedui
