#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "jiedui/base/table.hpp"
#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/hours/venue_timetable.hpp"

namespace jiedui {

/// What a family promised a venue, and what became of it: accrued is the sum of the others.
struct ReciprocalFigures {
  std::chrono::seconds accrued{0};
  std::chrono::seconds open{0};       ///< neither scheduled nor settled nor waived
  std::chrono::seconds scheduled{0};  ///< for sessions that nobody has answered yet
  std::chrono::seconds settled{0};
  std::chrono::seconds waived{0};
  friend bool operator==(const ReciprocalFigures&, const ReciprocalFigures&) = default;
};

/// What became of scheduling.
struct Scheduled {
  Outcome outcome = Outcome::booked;
  std::chrono::seconds amount{
      0};  ///< the length of the session, or what was open where that is less
  friend bool operator==(const Scheduled&, const Scheduled&) = default;
};

/// What became of settling; together the seconds that were served.
struct Settled {
  Outcome outcome = Outcome::booked;
  std::chrono::seconds settled{0};
  /// Above what was scheduled. Nothing is owed for it: it is ordinary service, if it is posted as a
  /// ServiceRecord.
  std::chrono::seconds beyond{0};
  friend bool operator==(const Settled&, const Settled&) = default;
};

/// What became of a waiver.
struct Waived {
  Outcome outcome = Outcome::booked;
  std::chrono::seconds amount{0};
  friend bool operator==(const Waived&, const Waived&) = default;
};

/// Families give back by a venue's timetable (家属反哺, mechanism G11): what they promise for what
/// they were given accrues, is scheduled, settled or waived.
///
/// It stays voluntary (Regulations on Volunteer Service, State Council Order 685, articles 21 and
/// 25): nothing accrues or is scheduled that the family has not agreed to, it may cancel or
/// withdraw at any time without a reason, and nothing follows from that. Its seconds are a unit of
/// their own in the books of hours: never hours of service, nor credits, and no entry joins them to
/// either.
///
/// A family has an account with each venue, which never goes below zero: a limit of the ledger.
/// What is scheduled is a claim on it. Everything is read from the books and the directory, so that
/// it is there again when a store is opened. Each movement has an id that the caller chooses; sent
/// again it answers `exists`. On the chain stand keyed account ids, amounts, times and codes; who
/// agreed or decided is kept in the directory, under a salted commitment.
///
/// Ids are external ones, 1 to 256 bytes: Error "id_missing", "id_too_long"; a family's is that of
/// a volunteer, so that it can be paired, and HoursLedger::erase withdraws it from all venues.
/// Amounts are 1 to 2^32 - 1 seconds: Error "seconds_out_of_range". Not thread-safe. Each movement
/// is durable when it returns, and takes O(1) where nothing else is said.
class JIEDUI_API ReciprocalService {
 public:
  /// @param hours must outlive this.
  /// @param name where the books hold several.
  /// @param answer_within after the end of a session, 1 second to 366 days: what was scheduled for
  /// it and nobody has answered by then is open again. @throws Error "seconds_out_of_range".
  explicit ReciprocalService(HoursLedger& hours, std::string_view name = {},
                             std::chrono::seconds answer_within = std::chrono::days{14});
  ReciprocalService(ReciprocalService&&) noexcept;
  ReciprocalService& operator=(ReciprocalService&&) noexcept;
  ~ReciprocalService();

  /// The unit of the accounts: "other RCP", in seconds.
  static Unit unit();

  /// What a family promises for what it was given; opens the accounts that are missing.
  /// @param agreed_by who agreed for the family. @throws Error "agreement_missing".
  Outcome accrue(Id128 id, std::string_view family, std::string_view venue,
                 std::chrono::seconds amount, Instant happened, std::string_view agreed_by);

  /// Plans a session for a family: claims the length of the session, or what is open where that is
  /// less, until it is settled, cancelled or too late for that. O(entries of the family's accounts,
  /// and about the session).
  /// @throws Error "agreement_missing"; "session_invalid"; "session_over" if the time to answer has
  /// passed; "nothing_open": what a family gives beyond its promise is ordinary volunteering;
  /// "family_busy" if the session overlaps another one of the family, scheduled or served;
  /// "session_full".
  Scheduled schedule(Id128 id, std::string_view family, const VenueSession& session,
                     std::string_view agreed_by);
  /// The family came. What was scheduled beyond that is open again.
  /// @param schedule the id of the scheduling. @return `claim_expired`, `claim_declined` if it does
  /// not stand any more; `claim_not_found` if it is none.
  /// @param served at most 24 hours.
  /// @param by who says so; empty: nobody is named.
  /// @throws Error "seconds_out_of_range".
  Settled settle(Id128 schedule, std::chrono::seconds served, std::string_view by = {});
  /// The family does not come, or the venue cannot take it: no reason is asked, and what was
  /// scheduled is open again. @return as `settle`.
  Outcome cancel(Id128 schedule, std::string_view by = {});

  /// Forgives some of what is open, or all.
  /// @param amount empty: all. @param by of the venue, or of the family.
  /// @return `debit_limit_exceeded` for more than is open, `amount_is_zero` if nothing is,
  /// `account_not_found` if nothing was ever promised.
  Waived waive(Id128 id, std::string_view family, std::string_view venue,
               std::optional<std::chrono::seconds> amount = {}, std::string_view by = {});
  /// The family gives back no more: what is scheduled is cancelled and all that is left is waived,
  /// both or neither. Nothing else follows; it may promise anew. First books the expiry of claims
  /// that are due, as HoursLedger::advance does. @return as `waive`. O(entries of the account).
  Waived withdraw(Id128 id, std::string_view family, std::string_view venue,
                  std::string_view by = {});

  /// Of a family at a venue; all zero where nothing was promised. What is scheduled stays so until
  /// it is answered, or HoursLedger::advance has booked its expiry. O(entries of the account).
  ReciprocalFigures figures(std::string_view family, std::string_view venue);
  /// One row a family and venue, by these: family, venue, and in seconds accrued, open, scheduled,
  /// settled, waived. Families that were erased have an empty id. O(entries of the accounts,
  /// n log n).
  Table table();
  /// One row a scheduling at a venue for sessions that begin on the local days of a period, by
  /// begin, then family: schedule (its id), session, family, begins, ends, seconds, state (open,
  /// settled, cancelled, expired, corrected), settled (seconds). O(entries of the venue, n log n).
  Table schedules(std::string_view venue, const CalendarPeriod& period);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
