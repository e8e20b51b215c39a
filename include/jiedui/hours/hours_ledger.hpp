#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/control.hpp"
#include "jiedui/hours/directory.hpp"
#include "jiedui/hours/record_history.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/served_record.hpp"
#include "jiedui/hours/service_record.hpp"
#include "jiedui/hours/statement.hpp"
#include "jiedui/hours/time_sheet.hpp"
#include "jiedui/ledger/ledger.hpp"

namespace jiedui {

/// Why an entry about hours was made. Numbers are never reused; the user's own start at 1,000.
enum class HoursReason : std::uint32_t {
  none = 0,
  mistake = 1,     ///< written down wrongly
  not_served = 2,  ///< the service did not take place
  duplicate = 3,   ///< the same service is booked under another record
  disputed = 4,
  withdrawn = 5,  ///< by the volunteer
  replaced = 6,   ///< by a corrected record
  erased = 7,     ///< the person asked to be erased
  awaits_organisation = 11,
  awaits_parent_organisation = 12,
  awaits_province = 13,
};

/// How a claim is confirmed.
struct Confirmation {
  std::string by = {};                               ///< who confirms; kept off the chain
  std::optional<std::chrono::seconds> seconds = {};  ///< 1 to the claimed ones; empty: all
  HoursReason reason = HoursReason::none;
  /// As whom they confirm: what awaits a higher approver stays claimed.
  Approver approver = Approver::organisation;
};

/// How a claim is declined, or a record taken back.
struct Refusal {
  std::string by = {};  ///< who decides; kept off the chain
  HoursReason reason = HoursReason::mistake;
};

/// What became of a record that was handed in under the rules of a pack.
struct Submission {
  Outcome outcome = Outcome::booked;  ///< `amount_is_zero` if nothing of it may count
  Id128 record;                       ///< its id
  Assessment assessment;              ///< all zero for a record that existed
};

/// One row a submission: record, outcome, and the seconds: confirmed, organisation,
/// parent_organisation, province (those that wait for each), disputed, over_cap.
JIEDUI_API Table submission_table(std::span<const Submission> submissions);

/// How disputed seconds are settled.
struct Settlement {
  std::string by;      ///< who decides; must be given, kept off the chain
  bool award = false;  ///< to the record that came later; else they stay with the one before
  HoursReason reason = HoursReason::disputed;
};

struct HoursOptions {
  std::string zone = "UTC";  ///< IANA name; in which the days of statements begin and end
  LedgerClock clock = utc_clock();
};

/// The books of hours, by people's external ids: service records in, statements out.
///
/// Each volunteer has one account in seconds served. Hours come from the account of the
/// organisation that the record names, or from the book's own. On the chain stand random ids,
/// times, amounts and salted commitments; the directory knows who they are. Not thread-safe.
class JIEDUI_API HoursLedger {
 public:
  /// @param journal and @param directory must outlive the ledger.
  template <Journal J>
  HoursLedger(J& journal, Directory& directory, const HoursOptions& options = {})
      : HoursLedger(Ledger(journal, options.clock), directory, options) {}
  HoursLedger(HoursLedger&&) noexcept;
  HoursLedger& operator=(HoursLedger&&) noexcept;
  ~HoursLedger();

  // Booking. A record that does not pass `check` throws InputError, and nothing is booked. Posting
  // the same again answers `exists`. Every outcome is durable when it is returned.

  /// Books service that counts at once. The raw way in: no rules apply, and seconds that another
  /// record covers too count again; see submit.
  Outcome post(const ServiceRecord& record);
  [[nodiscard]] std::vector<Outcome> post(std::span<const ServiceRecord> records);
  /// Posts the rows of a table, with the columns of service_records, in order: 10,000 at a time
  /// become durable together. Rows are checked before anything is posted. When it throws later, or
  /// is stopped, what is durable stays: post the same table again, and those rows answer `exists`.
  /// @return a table with the columns volunteer and outcome, one row a record.
  /// @throws Error as service_records, of the journal, or "interrupted".
  [[nodiscard]] Table post_many(const Table& records, const Control& control = {});
  /// Books service that counts once it is confirmed; as `post`, without rules and whatever
  /// overlaps.
  /// @param timeout after which the claim expires, see advance; 0: never.
  Outcome claim(const ServiceRecord& record, std::chrono::seconds timeout = {});
  [[nodiscard]] std::vector<Outcome> claim(std::span<const ServiceRecord> records,
                                           std::chrono::seconds timeout = {});
  /// Hands records in under the rules of a pack: seconds that count at once are booked, those that
  /// somebody must approve and those that another record covers too are claimed, those over a cap
  /// are left out. All of a record is booked or nothing; all records are checked before the first
  /// is booked. They are taken by volunteer, source and begin, then by all else that they say, so
  /// that the order of the rows does not matter; that of the calls decides which record holds what
  /// two cover. O(n log n), and what the books hold of the volunteers in question.
  /// @throws InputError with the codes of `check` and "service_not_over",
  /// "backfill_author_missing", "backfill_reason_missing", "backfill_evidence_missing",
  /// "backfill_too_late", "pack_not_in_force" (the day of the service lies outside the pack's);
  /// Error "pack_zone_differs" where the pack is of another zone than the books.
  [[nodiscard]] std::vector<Submission> submit(std::span<const ServiceRecord> records,
                                               const RulePack& pack);
  Submission submit(const ServiceRecord& record, const RulePack& pack);
  /// Submits the rows of a table with the columns of service_records, local times in the zone of
  /// the pack. All that is wrong, in the cells, the records and by the pack, is told at once.
  /// @return submission_table, one row a record. @throws as service_records and `submit`.
  [[nodiscard]] Table submit_table(const Table& table, const RulePack& pack);
  /// Decides on disputed seconds: declines them, or confirms them and takes them from the records
  /// that hold them now, if any, in one transaction. What is taken has the reason `disputed`.
  /// O(entries of the volunteer).
  /// @param part the claim in dispute, see inbox. @throws Error "settler_missing",
  /// "part_not_disputed", "decides_own_claim" where the volunteer settles it.
  Outcome settle(Id128 part, const Settlement& settlement);
  /// Open claims that wait for an approver, or are in dispute, in order of booking; none for
  /// claims without a time-out that `claim` made. O(open claims).
  /// @param organisations whose records; empty: all.
  std::vector<InboxItem> inbox(Approver approver, std::span<const std::string> organisations = {});
  std::vector<InboxItem> disputes(std::span<const std::string> organisations = {});

  /// Confirms a claim, whole or in part: of a record, all that this approver may confirm.
  /// @throws Error "approver_too_low", "dispute_unsettled" where a claim of the record is open but
  /// not for this approver; "part_unclear" for seconds of a record of which several parts are open;
  /// "confirmer_missing" for a back-filled record without `by`; "decides_own_claim" where the
  /// volunteer confirms what they declared, or what was back-filled for them.
  Outcome confirm(Id128 record, const Confirmation& confirmation = {});
  Outcome confirm(const ServiceRecord& record, const Confirmation& confirmation = {});
  /// Confirms many claims in one transaction.
  [[nodiscard]] std::vector<Outcome> confirm(std::span<const ServiceRecord> records,
                                             const Confirmation& confirmation = {});
  /// Declines a claim.
  Outcome decline(Id128 record, const Refusal& refusal = {});
  Outcome decline(const ServiceRecord& record, const Refusal& refusal = {});
  /// Declines many claims in one transaction.
  [[nodiscard]] std::vector<Outcome> decline(std::span<const ServiceRecord> records,
                                             const Refusal& refusal = {});
  /// Takes back a record that counts, by a reversing entry; what of it is still claimed is
  /// declined.
  Outcome correct(Id128 record, const Refusal& refusal = {});
  Outcome correct(const ServiceRecord& record, const Refusal& refusal = {});
  /// Takes back a record and books another in its place, both or neither: what counts at once, of
  /// the same source, without a pack's approval. If `replacement` has no id it gets
  /// replacement_id(record). O(the volunteer's entries).
  /// @throws Error "source_changes"; "replacement_disputed" where another record of the volunteer
  /// holds seconds of it.
  Outcome replace(Id128 record, const ServiceRecord& replacement, const Refusal& refusal = {});
  /// Books the expiry of claims whose time-out has passed. @return how many.
  std::size_t advance();

  /// The id under which a record is booked: its own, or the derived one. Zero while the volunteer
  /// is unknown to the books.
  Id128 id_of(const ServiceRecord& record);
  /// The id that the replacement of a record gets.
  static Id128 replacement_id(Id128 record);
  /// A record that was posted or claimed, as far as it was not erased.
  std::optional<ServiceRecord> find(Id128 record);
  /// The life of a record: its parts and what became of each. Empty if there is no such record.
  std::optional<RecordHistory> history(Id128 record);
  /// The lives of a volunteer's records, by begin; those that were erased are not among them.
  std::vector<RecordHistory> histories(std::string_view volunteer);
  /// The lives of all records that began in a period and count or may come to, by begin, then id;
  /// for recount. O(entries of the book). @throws Error "interrupted".
  std::vector<RecordHistory> all_histories(const CalendarPeriod& period,
                                           const Control& control = {});

  /// Confirmed and claimed seconds, now; zero for a volunteer without hours.
  Hours balance(std::string_view volunteer);
  /// What happened in a period; empty for a volunteer without hours. O(n log n) in the volunteer's
  /// entries.
  Statement statement(std::string_view volunteer, const CalendarPeriod& period);
  /// Every record that began in a period and counts or may come to, by begin, then id; corrections
  /// are taken off. The seconds of a volunteer add up to those of `statement`. A record counts as a
  /// whole for the local day on which it began. One pass over the book, O(n log n).
  /// @throws Error "interrupted", "books_inconsistent".
  std::vector<ServedRecord> served_records(const CalendarPeriod& period,
                                           const Control& control = {});
  /// The account of a volunteer; empty if there are no hours.
  std::optional<Id128> account_of(std::string_view volunteer);

  /// Erases a person: what names them goes, open claims are declined, the account is closed. The
  /// amounts stay, under an id that leads to nobody, and the books still balance and verify.
  /// Where others' records name the person as served or as recorder, the name is blanked. A family
  /// is withdrawn from reciprocal service at all venues. In each time bank that they are a member
  /// of, what is left goes to the pool, and what they owe is written off (issued anew); where
  /// members name them as guardian or household, the name is blanked, and the pool of such a
  /// household goes to the bank's. These accounts are closed too. All of it or nothing, but that
  /// first the expiry of claims that are due is booked, as `advance` does.
  /// @return booked; account_not_found for a person without an account, after the blanking.
  Outcome erase(std::string_view person);

  const std::string& zone() const;
  /// What is kept about people, off the chain.
  Directory& directory();
  /// The books underneath: trial balance, head, verification, other units.
  Ledger& books();

 private:
  // They keep accounts of other units in the same books, by the same directory.
  friend class TimeBank;
  friend class ReciprocalService;
  HoursLedger(Ledger books, Directory& directory, const HoursOptions& options);
  std::vector<Id128> ids_of(std::span<const ServiceRecord> records);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
