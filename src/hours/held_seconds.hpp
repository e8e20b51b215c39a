#pragma once

#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hours/interval_set.hpp"
#include "jiedui/ledger/detail/id_hash.hpp"
#include "jiedui/ledger/entry.hpp"

namespace jiedui::detail {

/// Which seconds each record of one volunteer holds, replayed from the entries of the account in
/// order. The one definition of it: the time sheet, the disputes and their settlement all ask here.
///
/// When it is booked a record holds what it counts and no other holds; the rest is in dispute. Its
/// parts share it in their order, the first seconds first; the last part has what caps left out
/// too. A dispute that is confirmed takes its seconds from whoever holds them then. What is
/// declined, expires or is corrected is let go, and of a part confirmed in part all but the first.
class HeldSeconds {
 public:
  struct Part {
    Entry entry;  ///< that booked it
    Id128 record;
    Id128 last;  ///< what an answer to it has to answer: itself, or its confirmation
    std::uint64_t amount = 0;
    Intervals seconds;
    bool holds = false;
    bool undated = false;
  };
  struct Piece {
    Instant ends;
    std::size_t part;
  };

  explicit HeldSeconds(Id128 account) : account_(account) {}

  /// Takes in the next entry of the account. @param record what the directory keeps of the record
  /// that the entry begins; else unused. O(log n) and what it touches.
  void read(const Entry& entry, const ServiceRecord& record);
  /// Lets go of all that a record holds, as its correction would.
  void release(Id128 record);

  const std::vector<Part>& parts() const { return parts_; }
  const std::map<Instant, Piece>& pieces() const { return pieces_; }
  /// Whether any of these seconds is held.
  bool holds_any(const Intervals& seconds) const { return !held(seconds).empty(); }
  /// The parts that hold seconds of a disputed one now, by part, with how many.
  std::vector<std::pair<std::size_t, std::uint64_t>> holders(Id128 disputed) const;

 private:
  struct Shares {
    Intervals disputed;
    std::size_t last = 0;  // of its parts
  };
  void book(const Entry& entry, const ServiceRecord& record);
  void answer(std::size_t place, const Entry& entry);
  Intervals held(const Intervals& among) const;
  void split(Instant at);
  void assign(const Intervals& seconds, std::size_t part);
  void let_go(std::size_t part);

  Id128 account_;
  std::vector<Part> parts_;
  std::map<Instant, Piece> pieces_;                        // by begin; they do not overlap
  std::unordered_map<Id128, std::size_t, IdHash> places_;  // of parts and their answers
  std::unordered_map<Id128, std::size_t, IdHash> rests_;   // whose rest an entry books
  std::unordered_map<Id128, Shares, IdHash> records_;
};

}  // namespace jiedui::detail
