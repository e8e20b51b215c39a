#include "store/sqlite_directory.hpp"

#include <algorithm>
#include <array>

#include "store/cells.hpp"

namespace jiedui::detail {

namespace {

/// "2026-03-05T01:30:00Z/2026-03-05T03:00:00Z", as ISO 8601 writes intervals, with blanks between.
std::string text_of(const std::vector<ServiceInterval>& intervals) {
  std::string text;
  for (const auto& [begins, ends] : intervals) {
    if (!text.empty()) text += ' ';
    text += format(begins) + '/' + format(ends);
  }
  return text;
}

std::vector<ServiceInterval> intervals_of(const std::string& text) {
  constexpr std::size_t instant_length = 20;
  constexpr std::size_t length = 2 * instant_length + 1;
  std::vector<ServiceInterval> intervals;
  for (std::size_t at = 0; at < text.size(); at += length + 1) {
    const auto begins = parse_instant(std::string_view(text).substr(at, instant_length));
    const auto rest = std::string_view(text).substr(std::min(text.size(), at + instant_length + 1));
    const auto ends = parse_instant(rest.substr(0, instant_length));
    if (!begins || !ends) corrupt("the intervals of a service record cannot be read");
    intervals.push_back({*begins, *ends});
  }
  return intervals;
}

/// One id or tag a line: they are checked to hold no line feed before they come here.
std::string text_of(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += id + '\n';
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// The texts of a record, in the order of the columns.
template <class Record>
auto texts_of(Record& record) {
  return std::array{&record.need,
                    &record.activity,
                    &record.organisation,
                    &record.place,
                    &record.item,
                    &record.beneficiary,
                    &record.recorded_by,
                    &record.evidence.document,
                    &record.evidence.device,
                    &record.evidence.time_code,
                    &record.evidence.reason};
}

TimeBankMember member_of(const Prepared& statement) {
  Cells from{statement};
  TimeBankMember member{.id = from.text(), .organisation = from.yes()};
  if (const std::string born = from.text(); !born.empty()) {
    member.born = parse_date(born);
    if (!member.born) corrupt("the day of birth of a member cannot be read");
  }
  member.guardian = from.text();
  member.household = from.text();
  member.tags = lines_of(from.text());
  return member;
}

AttestationRecord attestation_of(const Prepared& statement) {
  Cells from{statement};
  AttestationRecord attestation;
  attestation.id = from.id();
  attestation.volunteer = from.text();
  attestation.issued = Instant{std::chrono::seconds{from.whole()}};
  attestation.key_mark = from.text();
  attestation.text = from.text();
  return attestation;
}

Revocation revocation_of(const Prepared& statement) {
  Cells from{statement};
  Revocation revocation;
  revocation.attestation = from.id();
  revocation.when = Instant{std::chrono::seconds{from.whole()}};
  revocation.reason = static_cast<RevocationReason>(from.whole());
  revocation.successor = from.id();
  return revocation;
}

template <class Record>
auto interval_sets_of(Record& record) {
  return std::array{&record.intervals, &record.planned, &record.breaks, &record.travel};
}

}  // namespace

SqliteDirectory::SqliteDirectory(std::shared_ptr<Connection> connection)
    : connection_(std::move(connection)),
      party_(connection_->database(),
             "SELECT id, salt FROM parties WHERE kind = ? AND external_id = ?"),
      name_(connection_->database(), "SELECT kind, external_id FROM parties WHERE id = ?"),
      add_party_(connection_->database(),
                 "INSERT INTO parties (kind, external_id, id, salt) VALUES (?, ?, ?, ?)"),
      drop_party_(connection_->database(),
                  "DELETE FROM parties WHERE kind = ? AND external_id = ?"),
      record_(
          connection_->database(),
          "SELECT need, activity, organisation, place, item, beneficiary, recorded_by, document,"
          " device, time_code, reason, intervals, planned, breaks, travel, co_organisers,"
          " served, people_served, latitude, longitude, salt FROM service_records WHERE entry = ?"),
      put_record_(
          connection_->database(),
          "INSERT OR REPLACE INTO service_records (entry, need, activity, organisation,"
          " place, item, beneficiary, recorded_by, document, device, time_code, reason,"
          " intervals, planned, breaks, travel, co_organisers, served, people_served, latitude,"
          " longitude, salt)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      drop_record_(connection_->database(), "DELETE FROM service_records WHERE entry = ?"),
      answer_(connection_->database(),
              "SELECT answered_by, salt FROM service_answers WHERE entry = ?"),
      put_answer_(connection_->database(),
                  "INSERT OR REPLACE INTO service_answers (entry, answered_by, salt)"
                  " VALUES (?, ?, ?)"),
      drop_answer_(connection_->database(), "DELETE FROM service_answers WHERE entry = ?"),
      member_(connection_->database(),
              "SELECT id, organisation, born, guardian, household, tags FROM time_bank_members"
              " WHERE bank = ? AND id = ?"),
      put_member_(
          connection_->database(),
          "INSERT OR REPLACE INTO time_bank_members (bank, id, organisation, born, guardian,"
          " household, tags) VALUES (?, ?, ?, ?, ?, ?, ?)") {}

std::optional<Party> SqliteDirectory::find(PartyKind kind, std::string_view external_id) {
  return connection_->run([&]() -> std::optional<Party> {
    Use use{party_};
    Binder to{*use};
    to.whole(static_cast<std::int64_t>(kind));
    to.text_always(std::string(external_id));
    if (!use->step()) return std::nullopt;
    Cells from{*use};
    Party party;
    party.id = from.id();
    party.salt = from.hash();
    return party;
  });
}

std::optional<PartyName> SqliteDirectory::name_of(Id128 party) {
  return connection_->run([&]() -> std::optional<PartyName> {
    Use use{name_};
    Binder{*use}.id_always(party);
    if (!use->step()) return std::nullopt;
    Cells from{*use};
    const auto kind = static_cast<PartyKind>(from.whole());
    return PartyName{kind, from.text()};
  });
}

void SqliteDirectory::add(PartyKind kind, std::string_view external_id, const Party& party) {
  connection_->run([&] {
    Use use{add_party_};
    Binder to{*use};
    to.whole(static_cast<std::int64_t>(kind));
    to.text_always(std::string(external_id));
    to.id_always(party.id);
    to.hash(party.salt);
    use->exec();
  });
}

void SqliteDirectory::remove(PartyKind kind, std::string_view external_id) {
  connection_->run([&] {
    Use use{drop_party_};
    Binder to{*use};
    to.whole(static_cast<std::int64_t>(kind));
    to.text_always(std::string(external_id));
    use->exec();
  });
  connection_->wipe_at_commit();
}

std::optional<RecordDetails> SqliteDirectory::find_record(Id128 entry) {
  return connection_->run([&]() -> std::optional<RecordDetails> {
    Use use{record_};
    Binder{*use}.id_always(entry);
    if (!use->step()) return std::nullopt;
    Cells from{*use};
    RecordDetails details;
    ServiceRecord& record = details.record;
    for (std::string* text : texts_of(record)) *text = from.text();
    for (auto* intervals : interval_sets_of(record)) *intervals = intervals_of(from.text());
    record.co_organisers = lines_of(from.text());
    record.served = std::chrono::seconds{from.whole()};
    record.people_served = from.whole();
    record.evidence.position = from.position();
    details.salt = from.hash();
    return details;
  });
}

void SqliteDirectory::save_record(Id128 entry, const RecordDetails& details) {
  connection_->run([&] {
    Use use{put_record_};
    Binder to{*use};
    to.id_always(entry);
    const ServiceRecord& record = details.record;
    for (const std::string* text : texts_of(record)) to.text(*text);
    for (const auto* intervals : interval_sets_of(record)) to.text(text_of(*intervals));
    to.text(text_of(record.co_organisers));
    to.whole(record.served.count());
    to.whole(record.people_served);
    to.position(record.evidence.position);
    to.hash(details.salt);
    use->exec();
  });
}

void SqliteDirectory::remove_record(Id128 entry) {
  remove(drop_record_, entry);
}

std::optional<AnswerDetails> SqliteDirectory::find_answer(Id128 entry) {
  return connection_->run([&]() -> std::optional<AnswerDetails> {
    Use use{answer_};
    Binder{*use}.id_always(entry);
    if (!use->step()) return std::nullopt;
    Cells from{*use};
    AnswerDetails details;
    details.by = from.text();
    details.salt = from.hash();
    return details;
  });
}

void SqliteDirectory::save_answer(Id128 entry, const AnswerDetails& details) {
  connection_->run([&] {
    Use use{put_answer_};
    Binder to{*use};
    to.id_always(entry);
    to.text_always(details.by);
    to.hash(details.salt);
    use->exec();
  });
}

void SqliteDirectory::remove_answer(Id128 entry) {
  remove(drop_answer_, entry);
}

void SqliteDirectory::remove(Prepared& statement, Id128 entry) {
  connection_->run([&] {
    Use use{statement};
    Binder{*use}.id_always(entry);
    use->exec();
  });
  connection_->wipe_at_commit();
}

std::optional<TimeBankMember> SqliteDirectory::find_member(std::string_view bank,
                                                           std::string_view id) {
  return connection_->run([&]() -> std::optional<TimeBankMember> {
    Use use{member_};
    Binder to{*use};
    to.text_always(std::string(bank));
    to.text_always(std::string(id));
    if (!use->step()) return std::nullopt;
    return member_of(*use);
  });
}

void SqliteDirectory::save_member(std::string_view bank, const TimeBankMember& member) {
  connection_->run([&] {
    Use use{put_member_};
    Binder to{*use};
    to.text_always(std::string(bank));
    to.text_always(member.id);
    to.whole(member.organisation ? 1 : 0);
    to.text(member.born ? format(*member.born) : std::string());
    to.text(member.guardian);
    to.text(member.household);
    to.text(text_of(member.tags));
    use->exec();
  });
}

void SqliteDirectory::remove_member(std::string_view bank, std::string_view id) {
  connection_->run([&] {
    Prepared statement{connection_->database(),
                       "DELETE FROM time_bank_members WHERE bank = ? AND id = ?"};
    Binder to{statement};
    to.text_always(std::string(bank));
    to.text_always(std::string(id));
    statement.exec();
  });
  connection_->wipe_at_commit();
}

void SqliteDirectory::read_members(std::string_view bank, const MemberVisitor& visit) {
  connection_->run([&] {
    Prepared statement{connection_->database(),
                       "SELECT id, organisation, born, guardian, household, tags"
                       " FROM time_bank_members WHERE bank = ? ORDER BY id"};
    Binder{statement}.text_always(std::string(bank));
    while (statement.step())
      if (!visit(member_of(statement))) return;
  });
}

std::vector<std::string> SqliteDirectory::banks_naming(std::string_view id) {
  return connection_->run([&] {
    Prepared statement{connection_->database(),
                       "SELECT bank FROM time_bank_members WHERE id = ?1"
                       " UNION SELECT bank FROM time_bank_members WHERE guardian = ?1"
                       " UNION SELECT bank FROM time_bank_members WHERE household = ?1"};
    Binder{statement}.text_always(std::string(id));
    std::vector<std::string> names;
    while (statement.step()) names.push_back(Cells{statement}.text());
    return names;
  });
}

std::optional<AttestationRecord> SqliteDirectory::find_attestation(Id128 id) {
  return connection_->run([&]() -> std::optional<AttestationRecord> {
    Prepared statement{
        connection_->database(),
        "SELECT id, volunteer, issued, key_mark, text FROM attestations WHERE id = ?"};
    Binder{statement}.id_always(id);
    if (!statement.step()) return std::nullopt;
    return attestation_of(statement);
  });
}

void SqliteDirectory::save_attestation(const AttestationRecord& attestation) {
  connection_->run([&] {
    Prepared statement{connection_->database(),
                       "INSERT OR REPLACE INTO attestations (id, volunteer, issued, key_mark, text)"
                       " VALUES (?, ?, ?, ?, ?)"};
    Binder to{statement};
    to.id_always(attestation.id);
    to.text(attestation.volunteer);
    to.whole(attestation.issued.time_since_epoch().count());
    to.text_always(attestation.key_mark);
    to.text(attestation.text);
    statement.exec();
  });
}

void SqliteDirectory::read_attestations(std::string_view volunteer,
                                        const AttestationVisitor& visit) {
  connection_->run([&] {
    Prepared statement{connection_->database(),
                       volunteer.empty()
                           ? "SELECT id, volunteer, issued, key_mark, text FROM attestations"
                             " ORDER BY issued, id"
                           : "SELECT id, volunteer, issued, key_mark, text FROM attestations"
                             " WHERE volunteer = ? ORDER BY issued, id"};
    if (!volunteer.empty()) Binder{statement}.text_always(std::string(volunteer));
    while (statement.step())
      if (!visit(attestation_of(statement))) return;
  });
}

std::optional<Revocation> SqliteDirectory::find_revocation(std::string_view key_mark,
                                                           Id128 attestation) {
  return connection_->run([&]() -> std::optional<Revocation> {
    Prepared statement{connection_->database(),
                       "SELECT attestation, since, reason, successor FROM revocations"
                       " WHERE key_mark = ? AND attestation = ?"};
    Binder to{statement};
    to.text_always(std::string(key_mark));
    to.id_always(attestation);
    if (!statement.step()) return std::nullopt;
    return revocation_of(statement);
  });
}

void SqliteDirectory::save_revocation(std::string_view key_mark, const Revocation& revocation) {
  connection_->run([&] {
    Prepared statement{
        connection_->database(),
        "INSERT OR REPLACE INTO revocations (key_mark, attestation, since, reason, successor)"
        " VALUES (?, ?, ?, ?, ?)"};
    Binder to{statement};
    to.text_always(std::string(key_mark));
    to.id_always(revocation.attestation);
    to.whole(revocation.when.time_since_epoch().count());
    to.whole(static_cast<std::int64_t>(revocation.reason));
    to.id(revocation.successor);
    statement.exec();
  });
}

std::vector<Revocation> SqliteDirectory::revocations_of(std::string_view key_mark) {
  return connection_->run([&] {
    Prepared statement{connection_->database(),
                       "SELECT attestation, since, reason, successor FROM revocations"
                       " WHERE key_mark = ? ORDER BY attestation"};
    Binder{statement}.text_always(std::string(key_mark));
    std::vector<Revocation> all;
    while (statement.step()) all.push_back(revocation_of(statement));
    return all;
  });
}

void SqliteDirectory::forget(std::string_view person) {
  connection_->run([&] {
    for (const char* sql :
         {"UPDATE service_records SET beneficiary = NULL, salt = NULL WHERE beneficiary = ?",
          "UPDATE service_records SET recorded_by = NULL, salt = NULL WHERE recorded_by = ?",
          "DELETE FROM service_answers WHERE answered_by = ?",
          "UPDATE time_bank_members SET guardian = NULL WHERE guardian = ?",
          "UPDATE time_bank_members SET household = NULL WHERE household = ?",
          "UPDATE attestations SET volunteer = NULL, text = NULL WHERE volunteer = ?"}) {
      Prepared statement{connection_->database(), sql};
      Binder{statement}.text_always(std::string(person));
      statement.exec();
    }
  });
  connection_->wipe_at_commit();
}

}  // namespace jiedui::detail
