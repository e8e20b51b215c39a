#include "jiedui/hours/attestation_register.hpp"

#include <catch2/catch.hpp>

#include "hours/attested_books.hpp"
#include "store/on_both.hpp"
#include "support/error_code.hpp"

// The register of attestations, in memory and in a store.

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

const SigningKey key = SigningKey::generate();
const PublicKey half = key.public_key();
const ServiceRecord first_record =
    AttestedBooks::record("N-1", "2026-03-05T01:00:00Z", 5'400, "O-1", "I-1", RecordSource::clock);
const ServiceRecord second_record = AttestedBooks::record("N-2", "2026-03-06T01:00:00Z", 3'600,
                                                          "O-2", "I-1", RecordSource::organisation);

void serve(HoursLedger& ledger) {
  REQUIRE(ledger.post(first_record) == Outcome::booked);
  REQUIRE(ledger.post(second_record) == Outcome::booked);
  ServiceRecord others = first_record;
  others.volunteer = "V-8";
  REQUIRE(ledger.post(others) == Outcome::booked);
}

AttestationRequest march_of(std::string volunteer) {
  AttestationRequest request = AttestedBooks::march();
  request.volunteer = std::move(volunteer);
  return request;
}

std::vector<std::pair<Id128, AttestationState>> states(HoursLedger& ledger,
                                                       std::string_view volunteer = {}) {
  std::vector<std::pair<Id128, AttestationState>> all;
  for (const IssuedAttestation& one : issued_attestations(ledger, volunteer))
    all.emplace_back(one.id, one.state);
  return all;
}

using States = std::vector<std::pair<Id128, AttestationState>>;

}  // namespace

TEST_CASE("the register follows an attestation from issue to revocation", "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    const Attestation first = attest(ledger, march_of("V-7"), key);
    AttestationRequest later = march_of("V-8");
    *later.issued += 1s;
    const Attestation others = attest(ledger, later, key);
    CHECK(issued_attestations(ledger, "V-7") ==
          std::vector<IssuedAttestation>{{.id = first.id,
                                          .volunteer = "V-7",
                                          .issued = first.issued,
                                          .state = AttestationState::valid,
                                          .revocation = {},
                                          .text = first.text}});
    CHECK(states(ledger) ==
          States{{first.id, AttestationState::valid}, {others.id, AttestationState::valid}});
    CHECK(outdated_attestations(ledger).empty());

    REQUIRE(ledger.correct(first_record) == Outcome::booked);
    REQUIRE(outdated_attestations(ledger).size() == 1);
    const IssuedAttestation outdated = outdated_attestations(ledger)[0];
    CHECK(outdated.id == first.id);
    CHECK_FALSE(outdated.revocation);
    AttestationRequest anew = march_of("V-7");
    *anew.issued += 2s;
    const Attestation second = reissue(ledger, read_attestation(outdated.text), anew, key);
    CHECK(second.seconds == Seconds{3'600});
    CHECK(outdated_attestations(ledger).empty());
    CHECK(states(ledger, "V-7") ==
          States{{first.id, AttestationState::superseded}, {second.id, AttestationState::valid}});
    const Revocation superseded{first.id, second.issued, RevocationReason::superseded, second.id};
    CHECK(issued_attestations(ledger, "V-7")[0].revocation == superseded);

    const Instant when = second.issued + 1h;
    const Revocation taken_back{.attestation = second.id, .when = when};
    CHECK(revoke(ledger, second.id, when) == taken_back);
    CHECK(revoke(ledger, second.id, when + 1h) == taken_back);
    CHECK(error_code([&] { revoke(ledger, first.id); }) == "revocation_differs");
    CHECK(error_code([&] { revoke(ledger, id(404)); }) == "attestation_unknown");
    CHECK(error_code([&] { revoke(ledger, others.id, at(-1)); }) == "time_out_of_range");
    CHECK(states(ledger, "V-7") ==
          States{{first.id, AttestationState::superseded}, {second.id, AttestationState::revoked}});

    const RevocationList list = revocation_list(ledger, half, first.issued);
    CHECK(list.dated == when);
    CHECK(list.revocations.size() == 2);
    const std::string text = sign_revocations(list, key);
    const auto verdict = [&](const Attestation& one) {
      return verify_attestation(one.text, half, text).verdict;
    };
    CHECK(verdict(first) == AttestationVerdict::superseded);
    CHECK(verdict(second) == AttestationVerdict::revoked);
    CHECK(verdict(others) == AttestationVerdict::valid);
    CHECK(revocation_list(ledger, SigningKey::generate().public_key()).revocations.empty());
  });
}

TEST_CASE("an id issues one attestation, however often it is asked for", "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    AttestationRequest request = march_of("V-7");
    request.shows.items = true;
    request.id = id(5);
    const Attestation first = attest(ledger, request, key);
    REQUIRE(ledger.correct(first_record) == Outcome::booked);
    CHECK(attest(ledger, request, key) == first);
    AttestationRequest at_any_time = request;
    at_any_time.issued.reset();
    CHECK(attest(ledger, at_any_time, key) == first);
    const auto refused = [&](auto change) {
      AttestationRequest other = request;
      change(other);
      return error_code([&] { (void)attest(ledger, other, key); });
    };
    CHECK(refused([](auto&) {}).empty());
    const char* differs = "attestation_differs";
    CHECK(refused([](auto& r) { r.volunteer = "V-8"; }) == differs);
    CHECK(refused([](auto& r) { r.period = std::chrono::year{2026}; }) == differs);
    CHECK(refused([](auto& r) { r.issuer_id = "I"; }) == differs);
    CHECK(refused([](auto& r) { r.issuer_name = "I"; }) == differs);
    CHECK(refused([](auto& r) { r.name = "N"; }) == differs);
    CHECK(refused([](auto& r) { r.national_number = "330800000123"; }) == differs);
    CHECK(refused([](auto& r) { r.shows.days = true; }) == differs);
    CHECK(refused([](auto& r) { *r.issued += 1s; }) == differs);
    CHECK(error_code([&] { (void)attest(ledger, request, SigningKey::generate()); }) == differs);
    CHECK(issued_attestations(ledger).size() == 1);

    request.id = id(6);
    const Attestation second = reissue(ledger, first, request, key);
    CHECK(reissue(ledger, first, request, key) == second);
    CHECK(error_code([&] { (void)attest(ledger, request, key); }) == differs);
    request.id = {};
    CHECK(error_code([&] { (void)reissue(ledger, first, request, key); }) == "revocation_differs");
    CHECK(error_code([&] { (void)reissue(ledger, second, march_of("V-8"), key); }) ==
          "attestation_foreign");
    CHECK(issued_attestations(ledger).size() == 2);
  });
}

TEST_CASE("no list leaves valid what was taken back, unless it is told to",
          "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    const Attestation first = attest(ledger, march_of("V-7"), key);
    const Attestation others = attest(ledger, march_of("V-8"), key);
    const auto refused = [&](const PublicKey& whose) {
      return error_code([&] { (void)revocation_list(ledger, whose); });
    };
    const auto verdict = [&](const Attestation& one) {
      const std::string list = sign_revocations(revocation_list(ledger, half), key);
      return verify_attestation(one.text, half, list).verdict;
    };
    ServiceRecord late = second_record;
    late.need = "N-9";
    late.intervals[0].begins += 24h;
    late.intervals[0].ends += 24h;
    REQUIRE(ledger.post(late) == Outcome::booked);
    CHECK(states(ledger, "V-7") == States{{first.id, AttestationState::outdated}});
    CHECK(verdict(first) == AttestationVerdict::valid);  // what it says was served all the same
    REQUIRE(ledger.correct(late) == Outcome::booked);
    CHECK(refused(half).empty());

    REQUIRE(ledger.correct(first_record) == Outcome::booked);
    CHECK(refused(half) == "attestations_outdated");
    CHECK(refused(SigningKey::generate().public_key()).empty());
    CHECK(revocation_list(ledger, half, {}, true).revocations.empty());
    try {
      (void)revocation_list(ledger, half);
    } catch (const Error& error) {
      CHECK(error.parts().place.find(first.id.to_string()) != std::string::npos);
      CHECK(error.parts().place.find(others.id.to_string()) == std::string::npos);
    }
    AttestationRequest anew = march_of("V-7");
    *anew.issued += 1s;
    const Attestation second = reissue(ledger, first, anew, key);
    CHECK(verdict(first) == AttestationVerdict::superseded);
    CHECK(verdict(second) == AttestationVerdict::valid);

    REQUIRE(ledger.correct(second_record) == Outcome::booked);
    CHECK(refused(half) == "attestations_outdated");
    *anew.issued += 1s;
    try {
      (void)reissue(ledger, second, anew, key);
      FAIL("nothing is left to attest");
    } catch (const Error& error) {
      CHECK(error.code() == "attestation_empty");
      CHECK(error.parts().way_out.find("revoke") != std::string::npos);
    }
    revoke(ledger, second.id);
    CHECK(verdict(second) == AttestationVerdict::revoked);
    CHECK(verdict(others) == AttestationVerdict::valid);
  });
}

TEST_CASE("times that cannot be are refused", "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    const auto in = [&](CalendarPeriod period, std::string_view issued) {
      AttestationRequest request = march_of("V-7");
      request.period = period;
      request.issued = utc(issued);
      return request;
    };
    const auto attested = [&](const AttestationRequest& request) {
      return error_code([&] { (void)attest(ledger, request, key); });
    };
    const CalendarPeriod march = std::chrono::year{2026} / 3;
    const char* wrong = "attestation_time_invalid";
    CHECK(attested(in(march, "2025-01-01T00:00:00Z")) == wrong);
    CHECK(attested(in(march, "2190-01-01T00:00:00Z")) == wrong);
    CHECK(attested(in(march, "2026-03-06T01:59:59Z")) == wrong);  // the second service ends later
    CHECK(attested(in(std::chrono::year{2198}, "2026-04-02T00:00:00Z")) == wrong);

    // A period that is not over ends with the day of issue, in the zone of the books.
    const CalendarPeriod year = std::chrono::year{2026};
    const Attestation early = attest(ledger, in(year, "2026-03-05T15:00:00Z"), key);
    CHECK(early.period.to_string() == "2026-01-01 to 2026-03-05");
    CHECK(early.seconds == Seconds{5'400});
    AttestationRequest again = in(year, "2026-03-06T16:30:00Z");
    again.id = id(9);
    const Attestation next_day = attest(ledger, again, key);
    CHECK(next_day.period.last() == Date{std::chrono::year{2026} / 3 / 7});
    CHECK(next_day.seconds == Seconds{9'000});
    CHECK(attest(ledger, again, key) == next_day);
    CHECK(outdated_attestations(ledger).empty());

    const auto reissued = [&](const AttestationRequest& request) {
      return error_code([&] { (void)reissue(ledger, next_day, request, key); });
    };
    CHECK(reissued(in(year, "2026-03-06T16:29:59Z")) == wrong);
    CHECK(reissued(in(march, "2026-04-02T00:00:00Z")) == "attestation_foreign");
    CHECK(reissued(in(std::chrono::year{2025}, "2026-04-02T00:00:00Z")) == "attestation_foreign");
    AttestationRequest others = in(year, "2026-04-02T00:00:00Z");
    others.volunteer = "V-8";
    CHECK(reissued(others) == "attestation_foreign");
    CHECK(reissued(in(year, "2026-04-02T00:00:00Z")).empty());

    const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto revoked = [&](Instant when) {
      return error_code([&] { revoke(ledger, early.id, when); });
    };
    CHECK(revoked(early.issued - 1s) == "revocation_time_invalid");
    CHECK(revoked(now + 1h) == "revocation_time_invalid");
    CHECK(error_code([&] {
            enter_revocations(ledger, {now, {{early.id, now + 48h}}}, half);
          }) == "revocation_time_invalid");
    CHECK(revocation_list(ledger, half).dated < now + 1h);
    CHECK(error_code([&] { (void)revocation_list(ledger, half, now + 48h); }) ==
          "revocation_time_invalid");
    CHECK(revoked(early.issued).empty());
  });
}

TEST_CASE("of an erased volunteer the register keeps what names nobody", "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    AttestationRequest request = march_of("V-7");
    request.id = id(5);
    const Attestation erased = attest(ledger, request, key);
    request.id = id(6);
    const Attestation revoked = attest(ledger, request, key);
    revoke(ledger, revoked.id, revoked.issued);
    const Attestation others = attest(ledger, march_of("V-8"), key);
    REQUIRE(ledger.erase("V-7") == Outcome::booked);
    for (const Id128 one : {erased.id, revoked.id}) {
      const auto all = issued_attestations(ledger);
      const auto found = std::find_if(all.begin(), all.end(),
                                      [&](const auto& issued) { return issued.id == one; });
      REQUIRE(found != all.end());
      CHECK(found->volunteer.empty());
      CHECK(found->text.empty());
      CHECK(found->state ==
            (one == erased.id ? AttestationState::erased : AttestationState::revoked));
    }
    CHECK(states(ledger, "V-8") == States{{others.id, AttestationState::valid}});
    CHECK(issued_attestations(ledger, "V-7").empty());
    CHECK(outdated_attestations(ledger).empty());
    CHECK(error_code([&] { (void)attest(ledger, request, key); }) == "attestation_differs");
    CHECK(error_code([&] { (void)reissue(ledger, erased, march_of("V-8"), key); }) ==
          "attestation_foreign");
    CHECK(revoke(ledger, erased.id).reason == RevocationReason::revoked);
    CHECK(revocation_list(ledger, half).revocations.size() == 2);
  });
}

TEST_CASE("a list that was kept elsewhere goes into the register whole", "[store][attestation]") {
  on_both([](HoursLedger& ledger) {
    serve(ledger);
    const Attestation own = attest(ledger, march_of("V-7"), key);
    RevocationList old{.dated = at(50)};
    old.add({.attestation = id(2), .when = at(20)});
    old.add({id(3), at(30), RevocationReason::superseded, id(4)});
    enter_revocations(ledger, old, half);
    enter_revocations(ledger, old, half);
    CHECK(revocation_list(ledger, half, at(50)) == old);
    CHECK(error_code([&] { revoke(ledger, id(2)); }) == "attestation_unknown");

    RevocationList other{.dated = at(60)};
    other.add({.attestation = id(1), .when = at(60)});
    other.add({.attestation = id(2), .when = at(60)});
    CHECK(error_code([&] { enter_revocations(ledger, other, half); }) == "revocation_differs");
    CHECK(revocation_list(ledger, half, at(50)) == old);
    const PublicKey another = SigningKey::generate().public_key();
    enter_revocations(ledger, other, another);
    CHECK(revocation_list(ledger, another, at(60)) == other);

    old.add({.attestation = own.id, .when = at(70)});
    enter_revocations(ledger, old, half);
    CHECK(states(ledger) == States{{own.id, AttestationState::revoked}});
  });
}

TEST_CASE("a register holds as many revocations as a list", "[store][attestation]") {
  HoursBooks books{"Asia/Shanghai"};
  serve(books.ledger);
  const Attestation own = attest(books.ledger, march_of("V-7"), key);
  RevocationList full{.dated = at(5)};
  for (std::uint64_t i = 1; i <= offline::revocations_max; ++i)
    full.revocations.push_back({.attestation = id(i), .when = at(2)});
  enter_revocations(books.ledger, full, half);
  CHECK(error_code([&] { revoke(books.ledger, own.id); }) == "revocations_too_many");
  CHECK(revocation_list(books.ledger, half, at(5)) == full);
}

TEST_CASE("the register is in the file, and what was never in it can be reissued",
          "[store][attestation]") {
  const Town town;
  const Attestation first = [&] {
    Store store = Store::open_or_create(town.path, {.zone = "Asia/Shanghai"});
    serve(store.ledger());
    return attest(store.ledger(), march_of("V-7"), key);
  }();
  {
    Store store = Store::open(town.path, StoreAccess::read_only);
    CHECK(states(store.ledger()) == States{{first.id, AttestationState::valid}});
    CHECK(error_code([&] { (void)attest(store.ledger(), march_of("V-7"), key); }) ==
          "store_read_only");
  }
  town.tamper("DELETE FROM attestations");  // as if it had been issued before there was a register
  Store store = Store::open(town.path);
  REQUIRE(store.ledger().correct(first_record) == Outcome::booked);
  CHECK(outdated_attestations(store.ledger()).empty());
  CHECK(error_code([&] { (void)reissue(store.ledger(), first, march_of("V-8"), key); }) ==
        "attestation_foreign");
  const Attestation second = reissue(store.ledger(), first, march_of("V-7"), key);
  std::vector<Id128> superseded;
  for (const IssuedAttestation& one : issued_attestations(store.ledger(), "V-7"))
    if (one.state == AttestationState::superseded) superseded.push_back(one.id);
  CHECK(superseded == std::vector{first.id});
  CHECK(second.replaces == first.id);
}
