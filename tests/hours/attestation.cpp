#include "jiedui/hours/attestation.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "hours/attested_books.hpp"
#include "jiedui/hours/attestation_register.hpp"
#include "jiedui/hours/hours_report.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;

using Sources = std::vector<SourceSeconds>;
using Names = std::vector<NamedSeconds>;
using Days = std::vector<DaySeconds>;

Date march(unsigned day) {
  return std::chrono::year{2026} / std::chrono::March / std::chrono::day{day};
}

}  // namespace

TEST_CASE("an attestation counts what is confirmed in the period", "[hours]") {
  AttestedBooks books;
  const ServiceRecord open = AttestedBooks::record("N-5", "2026-03-09T01:00:00Z", 7'200, "O-1",
                                                   "I-1", RecordSource::declared);
  REQUIRE(books.ledger.claim(open) == Outcome::booked);
  const Attestation before = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  CHECK(before.seconds == Seconds{10'800});
  CHECK(before.entries == 3);
  CHECK(before.sources == Sources{{RecordSource::clock, Seconds{5'400}},
                                  {RecordSource::organisation, Seconds{3'600}},
                                  {RecordSource::backfilled, Seconds{1'800}}});
  CHECK(before.organisations == Names{{"", Seconds{1'800}},
                                      {"O-2", Seconds{3'600}},
                                      {"和谐社区志愿服务队", Seconds{5'400}}});
  CHECK(before.items == Names{{"", Seconds{1'800}}, {"水电查修", Seconds{9'000}}});
  CHECK(before.days == Days{{march(5), Seconds{9'000}}, {march(20), Seconds{1'800}}});
  CHECK(before.head == books.ledger.books().head());
  CHECK(before.number_kind == VolunteerNumberKind::national);
  CHECK(before.name == "李青");
  CHECK(books.key.public_key().to_string().find(" " + before.key_mark) != std::string::npos);
  CHECK(before.zone == "Asia/Shanghai");

  REQUIRE(books.ledger.confirm(open, {.seconds = 3'600s}) == Outcome::booked);
  const Attestation after = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  CHECK(after.seconds == Seconds{14'400});
  CHECK(after.entries == 4);
  CHECK(after.id != before.id);
}

TEST_CASE("organisations that ran an activity together share it as in the reports", "[hours]") {
  std::mt19937 random{seed()};
  AttestationRequest request = AttestedBooks::march();
  request.shows.organisations = request.shows.items = true;
  for (std::int64_t i = scaled(60); i > 0; --i) {
    AttestedBooks books;
    for (unsigned number = 0; number < 1 + random() % 12; ++number) {
      ServiceRecord record = AttestedBooks::record(
          "A-" + std::to_string(number),
          "2026-03-0" + std::to_string(1 + random() % 9) + "T01:00:00Z",
          1 + static_cast<std::int64_t>(random() % 9'000), "O-1", "I-1", RecordSource::clock);
      for (unsigned other = 2; other < 2 + random() % 4; ++other)
        record.co_organisers.push_back("O-" + std::to_string(other));
      REQUIRE(books.ledger.post(record) == Outcome::booked);
      if (random() % 4 == 0) REQUIRE(books.ledger.correct(record) == Outcome::booked);
    }
    const Attestation attestation = attest(books.ledger, request, books.key);
    const auto served = books.ledger.served_records(request.period);
    Names reported;
    Seconds total;
    for (const HoursLine& line : hours_report(served, {GroupBy::organisation}).lines) {
      total += line.confirmed;
      if (line.confirmed > Seconds{}) reported.push_back({line.keys.front(), line.confirmed});
    }
    REQUIRE(attestation.organisations == reported);
    REQUIRE(attestation.seconds == total);
  }
}

TEST_CASE("what is not chosen is not shown, and a beneficiary never", "[hours]") {
  AttestedBooks books;
  const Attestation bare = attest(books.ledger, AttestedBooks::march(), books.key);
  CHECK(bare.name.empty());
  CHECK(bare.number_kind == VolunteerNumberKind::pseudonym);
  CHECK(bare.number == books.ledger.account_of("V-7")->to_string());
  CHECK((bare.sources.empty() && bare.organisations.empty() && bare.items.empty() &&
         bare.days.empty()));
  for (const Attestation& shown :
       {bare, attest(books.ledger, AttestedBooks::all_of_march(), books.key)}) {
    const auto bytes = bytes_of(shown.text);
    const std::string content(bytes.begin(), bytes.end());
    for (const char* hidden : {"B-secret", "V-7", "N-1"})
      CHECK(content.find(hidden) == std::string::npos);
    CHECK(content.find("衢州市志愿服务中心") != std::string::npos);
  }
}

TEST_CASE("an attestation is bound to its entries and to the chain", "[hours]") {
  AttestedBooks books;
  const Attestation attestation = attest(books.ledger, AttestedBooks::march(), books.key);
  CHECK(still_holds(books.ledger, "V-7", attestation));
  CHECK_FALSE(still_holds(books.ledger, "V-8", attestation));
  books.post("N-6", "2026-04-05T01:00:00Z", 60, "", "", RecordSource::clock);
  CHECK(still_holds(books.ledger, "V-7", attestation));
  CHECK(books.ledger.books().verify(std::vector{attestation.head}).covered ==
        attestation.head.count);

  Attestation changed = attestation;
  changed.head.hash.bytes[5] ^= 1U;
  CHECK_FALSE(still_holds(books.ledger, "V-7", changed));
  changed = attestation;
  changed.entries_hash.bytes[0] ^= 1U;
  CHECK_FALSE(still_holds(books.ledger, "V-7", changed));
  AttestedBooks others;
  CHECK_FALSE(still_holds(others.ledger, "V-7", attestation));

  const ServiceRecord served = AttestedBooks::record("N-1", "2026-03-05T01:00:00Z", 5'400, "O-1",
                                                     "I-1", RecordSource::clock);
  REQUIRE(books.ledger.correct(served) == Outcome::booked);
  CHECK_FALSE(still_holds(books.ledger, "V-7", attestation));
}

TEST_CASE("a correction that is taken back gives the same totals, by other entries", "[hours]") {
  AttestedBooks books;
  const Attestation first = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  const ServiceRecord served = AttestedBooks::record("N-1", "2026-03-05T01:00:00Z", 5'400, "O-1",
                                                     "I-1", RecordSource::clock);
  REQUIRE(books.ledger.correct(served) == Outcome::booked);
  const Attestation less = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  CHECK(less.seconds == first.seconds - Seconds{5'400});
  CHECK(less.organisations == Names{{"", Seconds{1'800}}, {"O-2", Seconds{3'600}}});
  const auto correction = books.ledger.books().find_answer(books.ledger.id_of(served));
  REQUIRE(books.ledger.books().post(Correct{.id = id(77), .entry = correction->id}) ==
          Outcome::booked);
  const Attestation again = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  CHECK(again.seconds == first.seconds);
  CHECK(again.items == first.items);
  CHECK(again.entries == first.entries + 2);
  CHECK(again.entries_hash != first.entries_hash);
}

TEST_CASE("after a correction it is issued anew and the older one is superseded", "[hours]") {
  AttestedBooks books;
  const Attestation older = attest(books.ledger, AttestedBooks::march(), books.key);
  books.post("N-9", "2026-03-25T01:00:00Z", 3'600, "O-1", "I-1", RecordSource::clock);
  const Attestation anew = reissue(books.ledger, older, AttestedBooks::march(), books.key);
  CHECK(anew.replaces == older.id);
  CHECK(anew.seconds == older.seconds + Seconds{3'600});
  const PublicKey half = books.key.public_key();
  const RevocationList list = revocation_list(books.ledger, half, anew.issued);
  CHECK(list.dated == anew.issued);
  CHECK(list.revocations == std::vector{Revocation{.attestation = older.id,
                                                   .when = anew.issued,
                                                   .reason = RevocationReason::superseded,
                                                   .successor = anew.id}});
  const std::string signed_list = sign_revocations(list, books.key);
  const auto old_check = verify_attestation(older.text, half, signed_list);
  CHECK(old_check.verdict == AttestationVerdict::superseded);
  CHECK(old_check.revocation->successor == anew.id);
  CHECK_FALSE(old_check);
  CHECK(verify_attestation(anew.text, half, signed_list).verdict == AttestationVerdict::valid);

  const auto reissued = [&](const Attestation& old, const SigningKey& key) {
    return error_code([&] { (void)reissue(books.ledger, old, AttestedBooks::march(), key); });
  };
  CHECK(reissued(older, SigningKey::generate()) == "attestation_foreign");
  AttestedBooks others;
  CHECK(reissued(attest(others.ledger, AttestedBooks::march(), books.key), books.key) ==
        "attestation_foreign");
  Attestation forged = older;
  forged.text.back() = forged.text.back() == '0' ? '1' : '0';
  CHECK(reissued(forged, books.key) == "attestation_signature_wrong");
  forged.text = "JD1:";
  CHECK(reissued(forged, books.key) == "attestation_unreadable");
}

TEST_CASE("what must not be attested is refused", "[hours]") {
  AttestedBooks books;
  const auto refused = [&](auto change) {
    AttestationRequest request = AttestedBooks::all_of_march();
    change(request);
    return error_code([&] { (void)attest(books.ledger, request, books.key); });
  };
  CHECK(refused([](auto&) {}).empty());
  CHECK(refused([](auto& r) { r.period = std::chrono::year{2025}; }) == "attestation_empty");
  CHECK(refused([](auto& r) { r.volunteer = "V-8"; }) == "attestation_empty");
  CHECK(refused([](auto& r) { r.issuer_name = ""; }) == "attestation_text_invalid");
  CHECK(refused([](auto& r) { r.issuer_id = std::string(201, 'a'); }) ==
        "attestation_text_invalid");
  CHECK(refused([](auto& r) { r.issuer_id = std::string(200, 'a'); }).empty());
  CHECK(refused([](auto& r) { r.name = "a\nb"; }) == "attestation_text_invalid");
  CHECK(refused([](auto& r) { r.name = "\xC0\x80"; }) == "attestation_text_invalid");
  CHECK(refused([](auto& r) { r.name = "a\u202Eb"; }) == "attestation_text_invalid");
  CHECK(refused([](auto& r) { r.name = " \u3000"; }) == "attestation_text_invalid");
  // The example of GB 11643-1999.
  const std::string card = "11010519491231002X";
  CHECK(refused([&](auto& r) { r.national_number = card; }) == "attestation_id_card");
  CHECK(refused([&](auto& r) { r.name = "李青 " + card; }) == "attestation_id_card");
  CHECK(refused([&](auto& r) { r.issuer_id = card; }) == "attestation_id_card");
  CHECK(refused([&](auto& r) { r.labels["O-1"] = card; }) == "attestation_id_card");
  CHECK(refused([&](auto& r) { r.labels["I-1"] = card; }) == "attestation_id_card");
  CHECK(refused([](auto& r) { r.issued = at(-1); }) == "time_out_of_range");
  CHECK(refused([](auto& r) {
          r.name = r.issuer_id = std::string(200, 'a');
          r.issuer_name = r.labels["O-1"] = r.labels["I-1"] = std::string(200, 'b');
        }) == "attestation_too_long");
}

TEST_CASE("numbers of identity cards are found, others let through", "[hours]") {
  CHECK(holds_id_card_number("11010519491231002X"));
  CHECK(holds_id_card_number("440524188001010014"));
  CHECK(holds_id_card_number("id:11010519491231002x."));
  CHECK(holds_id_card_number("110105 1949-1231 002X"));
  CHECK(holds_id_card_number("１１０１０５１９４９１２３１００２Ｘ"));
  CHECK(holds_id_card_number("0011010519491231002X"));
  CHECK_FALSE(holds_id_card_number("110105194912310020"));  // check digit
  CHECK_FALSE(holds_id_card_number("11010519491331002X"));  // no such month
  CHECK_FALSE(holds_id_card_number("11010519491231002"));
  for (const char* between : {" ",      "\u00A0", "\u2013", "\u2014", ".",      "_",       "/",
                              "\u00B7", ":",      "(",      ")",      ",",      "'",       "\u3000",
                              "\uFF0F", "\uFF08", "\u30FB", "\u2212", "\u3001", " \u2013 "}) {
    INFO(between);
    CHECK(holds_id_card_number("110105" + std::string(between) + "19491231" + between + "002X"));
  }
  std::string mathematical;
  for (const char digit : std::string("440524188001010014")) {
    mathematical += "\xF0\x9D\x9F";  // U+1D7CE, a bold 0, ends in 0x8E
    mathematical += static_cast<char>(0x8E + (digit - '0'));
  }
  CHECK(holds_id_card_number(mathematical));
  CHECK(holds_id_card_number("11010519491231002\u0425"));    // Cyrillic
  CHECK_FALSE(holds_id_card_number("110105a19491231002X"));  // not one number
  CHECK_FALSE(holds_id_card_number("110105号19491231002X"));
  CHECK_FALSE(holds_id_card_number("3308000001234567"));
  CHECK_FALSE(holds_id_card_number(""));
}

TEST_CASE("a check says in words what it found", "[hours]") {
  AttestedBooks books;
  const Attestation attestation = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  const auto said = [&](std::string_view text, std::optional<std::string_view> list) {
    std::ostringstream out;
    out << verify_attestation(text, books.key.public_key(), list);
    return out.str();
  };
  const std::string unchecked = said(attestation.text, std::nullopt);
  CHECK(unchecked.starts_with("SIGNATURE VALID, REVOCATION NOT CHECKED"));
  for (const char* fact : {"3:00:00", "2026-03-01 to 2026-03-31", "李青", "330800000123",
                           "水电查修", "2026-03-05", "衢州市志愿服务中心"})
    CHECK(unchecked.find(fact) != std::string::npos);
  CHECK(std::count(unchecked.begin(), unchecked.end(), '\n') < 30);
  CHECK(said("JD1:", std::nullopt).starts_with("UNREADABLE"));
  const std::string list = sign_revocations({.dated = attestation.issued}, books.key);
  CHECK(said(attestation.text, list).starts_with("VALID"));
}
