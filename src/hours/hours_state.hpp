#pragma once

#include "jiedui/hours/hours_ledger.hpp"

namespace jiedui {

/// What the accounts of the hours' books are for; the code of the account.
enum class HoursAccount : std::uint32_t { volunteer = 1, organisation = 2 };

struct HoursLedger::State {
  Ledger books;
  Directory& directory;
  std::string zone;
  LedgerClock clock;
  IdGenerator ids;

  /// One record on its way into the books.
  struct Draft {
    std::vector<Command> commands;  // accounts to open, then the movement, linked
    std::vector<std::pair<PartyName, Party>> parties;  // not yet in the directory
    Id128 entry;
    RecordDetails details;
  };
  /// How a record is to be booked.
  struct Manner {
    bool claim = false;
    std::chrono::seconds timeout{0};
  };

  Party party(PartyKind kind, const std::string& external_id, Draft& draft);
  void open(LedgerTransaction& transaction, const Party& party, HoursAccount code, Draft& draft);
  void add_movement(LedgerTransaction& transaction, const ServiceRecord& record,
                    const Manner& manner, Draft& draft);
  Outcome book(LedgerTransaction& transaction, Draft& draft);
  std::vector<Outcome> book_all(std::span<const ServiceRecord> records, const Manner& manner);

  /// What answers a record: who, how much of it and why.
  struct Answer {
    EntryKind kind;
    const std::string& by;
    std::optional<std::chrono::seconds> seconds;
    HoursReason reason;
  };
  Outcome answer(Id128 record, const Answer& answer);
  std::vector<Outcome> answer_all(std::span<const Id128> records, const Answer& answer);
  /// Adds the answer to a transaction that the caller commits.
  Outcome add_answer(LedgerTransaction& transaction, Id128 record, const Answer& answer);
  /// The commitment to who answers, and the details to keep; none for nobody.
  std::optional<AnswerDetails> answer_details(Id128 entry, const std::string& by);
  /// The entry that moved the seconds of a record: its confirmation, or itself.
  static Id128 moved_by(LedgerTransaction& transaction, Id128 record);

  Entry root_of(const Entry& entry);
  StatementLine line_of(const Entry& entry, Id128 account);
};

}  // namespace jiedui
