#pragma once

#include <unordered_map>

#include "hours/held_seconds.hpp"
#include "jiedui/hours/hours_ledger.hpp"

namespace jiedui {

/// What the accounts of the hours' books are for; the code of the account.
enum class HoursAccount : std::uint32_t { volunteer = 1, organisation = 2 };

namespace detail {

// The code of a record's entry: its source in the lowest byte, and above it whether the entry is a
// further part of the record that is its reference, and whether its breaks and its travel count.
inline constexpr std::uint32_t part_flag = 0x100;
inline constexpr std::uint32_t breaks_flag = 0x200;
inline constexpr std::uint32_t travel_flag = 0x400;
inline CountingRules counting_of(const Entry& entry) {
  return {.travel_counts = (entry.code & travel_flag) != 0,
          .breaks_count = (entry.code & breaks_flag) != 0};
}
inline RecordSource source_of(const Entry& entry) {
  return static_cast<RecordSource>(entry.code & 0xFFU);
}
inline bool is_further_part(const Entry& entry) {
  return (entry.code & part_flag) != 0;
}
inline bool is_part(const Entry& entry) {
  return entry.kind == EntryKind::transfer || entry.kind == EntryKind::claim;
}

/// What a pack asks of a record, beside what `check` does.
void check_rules(const ServiceRecord& record, const RulePack& pack, const Zone& zone, Instant now,
                 std::int64_t row, ProblemList& problems);

/// Whom a claim waits for, by its reason.
Approver approver_of(const Entry& claim);
bool is_disputed(const Entry& claim);
std::uint32_t reason_for(Approver approver);

/// So long that nobody waits for it, yet it puts a claim on the list of open ones.
inline constexpr std::chrono::seconds longest_timeout{0xFFFF'FFFF};

/// What became of a chain: of its last command, or of the one that made it fail.
Outcome outcome_of(std::span<const Outcome> chain);

/// What an account of a volunteer holds: credits are hours given.
Hours hours_of(const Balance& balance);
/// What an entry adds to the hours of an account that it moves.
Hours change_of(const Entry& entry, Id128 account);

}  // namespace detail

struct HoursLedger::State {
  Ledger books;
  Directory& directory;
  std::string zone;
  LedgerClock clock;
  IdGenerator ids;
  /// Parties met in the open transaction, by kind and external id: a time sheet names few parties
  /// many times.
  std::unordered_map<std::string, Party> met = {};

  /// One record on its way into the books.
  struct Draft {
    std::vector<Command> commands;  // accounts to open, then the movements, linked
    std::vector<std::pair<PartyName, Party>> parties;  // not yet in the directory
    Id128 entry;
    RecordDetails details;
  };
  /// How a record, or a part of one, is to be booked.
  struct Manner {
    bool claim = false;
    std::chrono::seconds timeout{0};
    std::uint32_t reason = 0;
    std::optional<std::chrono::seconds> seconds = {};  // empty: all that the record counts
    CountingRules counting = {};
  };

  /// Begins a transaction; what was known of the directory is looked up anew.
  LedgerTransaction begin();
  std::optional<Party> find_party(PartyKind kind, const std::string& external_id);
  /// Makes a party of an external id that has none; within a transaction.
  void introduce(PartyKind kind, std::string_view external_id);
  Party party(PartyKind kind, const std::string& external_id, Draft& draft);
  void open(LedgerTransaction& transaction, const Party& party, HoursAccount code, Draft& draft);
  /// Adds to a draft what books a record: in one part, or in several.
  void add_movements(LedgerTransaction& transaction, const ServiceRecord& record,
                     std::span<const Manner> parts, Draft& draft);
  Outcome book(LedgerTransaction& transaction, Draft& draft);
  std::vector<Outcome> book_all(std::span<const ServiceRecord> records, const Manner& manner);
  /// Whether a record is in the books, as it is or otherwise; empty if not.
  std::optional<Outcome> existing(LedgerTransaction& transaction, const ServiceRecord& record);

  /// Puts the records of a volunteer that count, or may come to, on a sheet.
  void fill(TimeSheet& sheet, const std::string& volunteer, const Zone& zone);
  Submission submit(LedgerTransaction& transaction, const ServiceRecord& record,
                    const RulePack& pack, Date today, TimeSheet& sheet);

  /// What answers a record: who, how much of it and why.
  struct Answer {
    EntryKind kind;
    const std::string& by;
    std::optional<std::chrono::seconds> seconds;
    HoursReason reason;
    Approver approver = Approver::province;
  };
  /// Commands that succeed together, and who is behind them.
  struct Chain {
    std::vector<Command> commands;
    std::vector<std::pair<Id128, AnswerDetails>> details;
  };
  void add(Chain& chain, EntryKind kind, Id128 entry, const Answer& answer);
  /// The commitment of an entry to who is behind it, whom `post` keeps; zero for nobody.
  Hash256 sign(Chain& chain, Id128 entry, std::string_view by);
  Outcome post(LedgerTransaction& transaction, Chain& chain);
  /// Nobody decides on their own claim. @throws Error "decides_own_claim".
  void check_not_own(const Entry& claim, const std::string& by);
  /// Who may confirm a claim, by its source. @throws Error "confirmer_missing" and as above.
  void check_confirmer(const Entry& claim, const std::string& by);
  Outcome answer(Id128 record, const Answer& answer);
  std::vector<Outcome> answer_all(std::span<const Id128> records, const Answer& answer);
  /// Adds the answer to a transaction that the caller commits.
  Outcome add_answer(LedgerTransaction& transaction, Id128 record, const Answer& answer);
  /// Takes back all parts of a record: what counts is corrected, what is claimed declined.
  void add_correction(LedgerTransaction& transaction, Id128 record, const Answer& answer,
                      Chain& chain);
  /// Adds what empties an account of a time bank for an erased person: what is left goes to the
  /// bank's pool, what is owed is written off.
  void settle_in_bank(const std::string& bank, const Account& account, Chain& chain);
  /// Adds what ends a family's obligation at a venue: open claims declined, the rest waived.
  /// @return the seconds waived.
  std::uint64_t add_withdrawal(LedgerTransaction& transaction, Id128 obligation, Id128 waiver,
                               const Answer& answer, Chain& chain);
  /// Takes seconds of a dispute back from a part that holds them.
  void take(const detail::HeldSeconds::Part& part, std::uint64_t seconds, const Answer& answer,
            Chain& chain);

  /// The entry that moved the seconds of a part: its confirmation, or itself.
  static Id128 moved_by(LedgerTransaction& transaction, const Entry& part);
  /// The claims and transfers of a record: its own first, then its further parts. A part by itself
  /// if the id is a part's.
  std::vector<Entry> parts_of(Id128 record);
  /// The entry of the service record that an entry is about.
  Entry root_of(const Entry& entry);
  StatementLine line_of(const Entry& entry, Id128 account);
  RecordPart part_of(const Entry& entry);
  ServiceRecord record_of(const RecordDetails& details, const Entry& own);
  std::optional<RecordHistory> history_of(Id128 record);
  std::vector<Id128> records_of(Id128 account);
  /// The records of all volunteers that began in a period: ids, times and seconds, by begin. Those
  /// of which nothing counts, nor may come to, are left out.
  std::vector<ServedRecord> read_served(const CalendarPeriod& period, const Control& control);
  std::vector<InboxItem> open_claims(bool disputed, Approver approver,
                                     std::span<const std::string> organisations);
  /// Which seconds each record of a volunteer holds now.
  detail::HeldSeconds held_by(Id128 account);
  void check_replacement(Id128 record, const ServiceRecord& replacement);
};

}  // namespace jiedui
