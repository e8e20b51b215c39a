#include "jiedui/hours/attestation.hpp"

#include <algorithm>

#include "hours/attestation_encoding.hpp"
#include "hours/attestation_register.hpp"

namespace jiedui {

namespace {

using std::chrono::milliseconds;

void check_shown(std::string_view text, std::string_view place) {
  if (text.empty() || !offline::is_showable(text))
    throw Error({.code = "attestation_text_invalid",
                 .place = std::string(place),
                 .message = "the text cannot be shown",
                 .allowed = "1 to " + std::to_string(offline::text_bytes_max) +
                            " bytes of UTF-8 without control or invisible characters",
                 .way_out = "mend the text, or give a label for the id"});
  if (holds_id_card_number(text))
    throw Error({.code = "attestation_id_card",
                 .place = std::string(place),
                 .message = "the text holds the number of an identity card",
                 .allowed = "the national volunteer number, or none: a pseudonym stands then",
                 .way_out = "leave it out, or give a label for the id"});
}

[[noreturn]] void issue_time_invalid(const char* message) {
  throw Error({.code = "attestation_time_invalid",
               .place = "issued",
               .message = message,
               .allowed = "from the end of the service that is counted to now",
               .way_out = "leave the time open, mend it or the clock, or choose another period"});
}

/// The part of a period that was over, or running, when an attestation was issued.
CalendarPeriod until_issue(const CalendarPeriod& period, Instant issued, const Zone& zone) {
  const Date day = zone.local_date(issued);
  if (day < period.first()) issue_time_invalid("it lies before the period");
  return {period.first(), std::min(period.last(), day)};
}

/// What the books say at one moment.
struct Reading {
  Statement statement;
  ChainHead head;
};

Reading read_books(HoursLedger& ledger, std::string_view volunteer, const CalendarPeriod& period) {
  const LedgerSnapshot still = ledger.books().snapshot();
  return {ledger.statement(volunteer, period), ledger.books().head()};
}

/// The parts of a total, those that came to nothing left out.
template <class Part, class Key>
std::vector<Part> parts_of(const std::map<Key, Seconds>& sums, std::string_view place) {
  std::vector<Part> parts;
  for (const auto& [key, seconds] : sums) {
    if (seconds < Seconds{})
      throw Error({.code = "attestation_part_negative",
                   .place = std::string(place),
                   .message = "more was taken back than served",
                   .allowed = "parts of at least 1 s",
                   .way_out = "leave these parts out, or choose a longer period"});
    if (seconds > Seconds{}) parts.push_back({key, seconds});
  }
  return parts;
}

/// What the period counts of one service record.
struct CountedRecord {
  Seconds confirmed;
  ServiceRecord record;  ///< bare once it was erased
};

std::vector<CountedRecord> counted_records(HoursLedger& ledger, const Statement& statement) {
  std::map<Id128, Seconds> sums;
  for (const StatementLine& line : statement.lines) sums[line.record] += line.change.confirmed;
  std::vector<CountedRecord> counted;
  for (const auto& [record, confirmed] : sums) {
    if (confirmed == Seconds{}) continue;
    auto details = ledger.directory().find_record(record);
    counted.push_back({confirmed, details ? std::move(details->record) : ServiceRecord{}});
  }
  return counted;
}

using IdSums = std::map<std::string, Seconds>;

IdSums organisation_sums(const std::vector<CountedRecord>& counted) {
  IdSums sums;
  for (const auto& [confirmed, record] : counted)
    for (const auto& [organisation, share] :
         organisation_shares(record, std::chrono::seconds{confirmed.count()}))
      sums[organisation] += Seconds{share.count()};
  return sums;
}

IdSums item_sums(const std::vector<CountedRecord>& counted) {
  IdSums sums;
  for (const auto& [confirmed, record] : counted) sums[record.item] += confirmed;
  return sums;
}

std::vector<NamedSeconds> named_parts(const AttestationRequest& request, const IdSums& by_id,
                                      std::string_view place) {
  IdSums sums;
  for (const auto& [own, seconds] : by_id) {
    if (seconds == Seconds{}) continue;
    const auto label = request.labels.find(own);
    const std::string& shown = label == request.labels.end() ? own : label->second;
    if (!shown.empty()) check_shown(shown, place);
    sums[shown] += seconds;
  }
  return parts_of<NamedSeconds>(sums, place);
}

std::vector<SourceSeconds> source_parts(const Statement& statement) {
  std::map<RecordSource, Seconds> sums;
  for (const StatementLine& line : statement.lines) sums[line.source] += line.change.confirmed;
  return parts_of<SourceSeconds>(sums, "sources");
}

std::vector<DaySeconds> day_parts(const Statement& statement) {
  const Zone zone{statement.zone};
  std::map<Date, Seconds> sums;
  for (const StatementLine& line : statement.lines) {
    // Where clocks go back at midnight, an hour of the first day bears the date of the day before.
    const Date day = std::clamp(zone.local_date(line.happened), statement.period.first(),
                                statement.period.last());
    sums[day] += line.change.confirmed;
  }
  return parts_of<DaySeconds>(sums, "days");
}

std::string shown_number(HoursLedger& ledger, const AttestationRequest& request) {
  if (request.national_number.empty()) return ledger.account_of(request.volunteer)->to_string();
  check_shown(request.national_number, "national number");
  return request.national_number;
}

Attestation attest_in_place_of(Id128 older, HoursLedger& ledger, const AttestationRequest& request,
                               const SigningKey& key) {
  const Instant issued = request.issued.value_or(detail::this_second());
  detail::check_time(issued, "issued");
  check_shown(request.issuer_id, "issuer id");
  check_shown(request.issuer_name, "issuer name");
  if (!request.name.empty()) check_shown(request.name, "name");
  if (issued > detail::future_begins()) issue_time_invalid("it lies ahead of the clock");
  const CalendarPeriod period = until_issue(request.period, issued, Zone{ledger.zone()});
  const auto [statement, head] = read_books(ledger, request.volunteer, period);
  if (statement.confirmed() <= Seconds{})
    throw Error({.code = "attestation_empty",
                 .place = "period " + period.to_string(),
                 .message = "no service of this volunteer is confirmed in the period",
                 .allowed = "at least 1 s",
                 .way_out = older.is_zero()
                                ? "check volunteer and period; claims count once they are confirmed"
                                : "revoke the older attestation: nothing of it is left"});
  check_shown(statement.zone, "zone");
  const ShownParts& shows = request.shows;
  const auto entries = detail::counted(statement.lines);
  const std::vector<CountedRecord> counted = counted_records(ledger, statement);
  for (const CountedRecord& one : counted)
    for (const ServiceInterval& interval : one.record.intervals)
      if (interval.ends > issued) issue_time_invalid("service that it counts was not over");
  for (const StatementLine& line : statement.lines)  // one without intervals has no other time
    if (line.happened > issued) issue_time_invalid("service that it counts was not over");
  Attestation attestation{.id = request.id,
                          .replaces = older,
                          .issued = issued,
                          .issuer_id = request.issuer_id,
                          .issuer_name = request.issuer_name,
                          .number_kind = request.national_number.empty()
                                             ? VolunteerNumberKind::pseudonym
                                             : VolunteerNumberKind::national,
                          .number = shown_number(ledger, request),
                          .name = request.name,
                          .period = period,
                          .zone = statement.zone,
                          .seconds = statement.confirmed(),
                          .head = head,
                          .entries = entries.count,
                          .entries_hash = entries.hash};
  if (attestation.id.is_zero())
    attestation.id = IdGenerator{}.next(milliseconds(issued.time_since_epoch()).count());
  if (shows.sources) attestation.sources = source_parts(statement);
  if (shows.organisations)
    attestation.organisations = named_parts(request, organisation_sums(counted), "organisations");
  if (shows.items) attestation.items = named_parts(request, item_sums(counted), "items");
  if (shows.days) attestation.days = day_parts(statement);
  const std::string text = detail::encode(attestation, key);
  const auto read = offline::read_attestation(text);
  JIEDUI_CHECK(read.has_value());
  return detail::decoded(*read, text);
}

bool is_of_period(const Attestation& attestation, const CalendarPeriod& period) {
  if (attestation.period == period) return true;
  return period.first() == attestation.period.first() &&
         until_issue(period, attestation.issued, Zone{attestation.zone}) == attestation.period;
}

/// Whether the books had counted for a volunteer what an attestation counts.
bool is_of_volunteer(HoursLedger& ledger, std::string_view volunteer,
                     const Attestation& attestation) {
  auto lines = ledger.statement(volunteer, attestation.period).lines;
  std::erase_if(lines, [&](const auto& line) { return line.number > attestation.head.count; });
  return detail::counted(lines).hash == attestation.entries_hash;
}

/// Whether an attestation is what a request asks for; labels are not compared.
bool answers(const Attestation& attestation, const AttestationRequest& request) {
  if (attestation.issued != request.issued.value_or(attestation.issued)) return false;

  const ShownParts shown{.sources = !attestation.sources.empty(),
                         .organisations = !attestation.organisations.empty(),
                         .items = !attestation.items.empty(),
                         .days = !attestation.days.empty()};
  const bool national = attestation.number_kind == VolunteerNumberKind::national;
  return is_of_period(attestation, request.period) && attestation.issuer_id == request.issuer_id &&
         attestation.issuer_name == request.issuer_name && attestation.name == request.name &&
         (national ? attestation.number : std::string()) == request.national_number &&
         shown == request.shows;
}

/// The attestation that was issued under the id of a request, if there is one.
std::optional<Attestation> issued_before(Directory& directory, Id128 older,
                                         const AttestationRequest& request,
                                         const std::string& key_mark) {
  const auto record = request.id.is_zero() ? std::nullopt : directory.find_attestation(request.id);
  if (!record) return std::nullopt;
  if (!record->text.empty() && record->volunteer == request.volunteer &&
      record->key_mark == key_mark) {
    Attestation attestation = read_attestation(record->text);
    if (attestation.replaces == older && answers(attestation, request)) return attestation;
  }
  throw Error({.code = "attestation_differs",
               .place = "attestation " + request.id.to_string(),
               .message = "another one was issued under this id",
               .allowed = "the same request, or an id of its own",
               .way_out = "leave the id open, or choose another"});
}

void save(Directory& directory, const std::string& volunteer, const Attestation& attestation) {
  directory.save_attestation({.id = attestation.id,
                              .volunteer = volunteer,
                              .issued = attestation.issued,
                              .key_mark = attestation.key_mark,
                              .text = attestation.text});
}

[[noreturn]] void foreign(const char* message, const char* way_out) {
  throw Error({.code = "attestation_foreign",
               .place = "older attestation",
               .message = message,
               .allowed = "one of these books, of this volunteer and period, signed with this key, "
                          "under another id",
               .way_out = way_out});
}

}  // namespace

std::string_view to_string(VolunteerNumberKind kind) {
  return kind == VolunteerNumberKind::national ? "national" : "pseudonym";
}

Attestation attest(HoursLedger& ledger, const AttestationRequest& request, const SigningKey& key) {
  LedgerTransaction transaction = ledger.books().begin();
  Directory& directory = ledger.directory();
  const std::string key_mark = detail::key_mark_of(key.public_key());
  if (auto before = issued_before(directory, {}, request, key_mark)) return *std::move(before);
  Attestation attestation = attest_in_place_of({}, ledger, request, key);
  save(directory, request.volunteer, attestation);
  transaction.commit();
  return attestation;
}

Attestation reissue(HoursLedger& ledger, const Attestation& older,
                    const AttestationRequest& request, const SigningKey& key) {
  const AttestationCheck check = verify_attestation(older.text, key.public_key());
  if (check.verdict == AttestationVerdict::key_differs)
    foreign("another key signed it", "sign with that key");
  if (check.verdict == AttestationVerdict::signature_wrong)
    throw Error({.code = "attestation_signature_wrong",
                 .place = "older attestation",
                 .message = "it was changed, or forged",
                 .allowed = "an attestation as it was issued",
                 .way_out = "take another copy of it"});
  const Attestation signed_one = read_attestation(older.text);
  if (signed_one.head.book != ledger.books().head().book)
    foreign("it is of other books", "use the books that it was issued from");
  if (signed_one.id == request.id)
    foreign("the new attestation has its id", "leave the id open, or choose another");

  LedgerTransaction transaction = ledger.books().begin();
  Directory& directory = ledger.directory();
  const auto known = directory.find_attestation(signed_one.id);
  if (known && known->volunteer != request.volunteer)
    foreign("it was issued to another volunteer, or to one who was erased",
            "name the volunteer to whom it was issued");
  if (!is_of_volunteer(ledger, request.volunteer, signed_one))
    foreign("what it counts is not of this volunteer", "name the volunteer to whom it was issued");
  if (!is_of_period(signed_one, request.period))
    foreign("it is of another period", "name its period; revoke it if that was wrong");
  if (auto before = issued_before(directory, signed_one.id, request, signed_one.key_mark))
    return *std::move(before);
  Attestation attestation = attest_in_place_of(signed_one.id, ledger, request, key);
  if (attestation.issued < signed_one.issued)
    issue_time_invalid("it lies before the issue of the older one");
  const Revocation revocation{.attestation = signed_one.id,
                              .when = attestation.issued,
                              .reason = RevocationReason::superseded,
                              .successor = attestation.id};
  detail::enter(directory, attestation.key_mark, std::span(&revocation, 1));
  if (!known) save(directory, request.volunteer, signed_one);
  save(directory, request.volunteer, attestation);
  transaction.commit();
  return attestation;
}

bool still_holds(HoursLedger& ledger, std::string_view volunteer, const Attestation& attestation) {
  const LedgerSnapshot still = ledger.books().snapshot();
  const auto [statement, head] = read_books(ledger, volunteer, attestation.period);
  if (head.book != attestation.head.book || statement.zone != attestation.zone) return false;
  bool of_this_chain = false;
  ledger.books().read_entries(attestation.head.count, attestation.head.count,
                              [&](const Entry&, const Hash256& hash) {
                                of_this_chain = hash == attestation.head.hash;
                                return false;
                              });
  const auto entries = detail::counted(statement.lines);
  return of_this_chain && statement.confirmed() == attestation.seconds &&
         entries.count == attestation.entries && entries.hash == attestation.entries_hash;
}

}  // namespace jiedui
