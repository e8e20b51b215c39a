#include "jiedui/hours/attestation_verifier.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "hours/attested_books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

offline::Bytes bytes_from(std::string_view text) {
  return {text.begin(), text.end()};
}

offline::Verdict verdict_of(std::string_view text, const SigningKey& key) {
  return offline::verify(text, key.public_key().bytes).verdict;
}

std::string resigned(const offline::Bytes& bytes, const SigningKey& key) {
  return signed_again(offline::attestation_prefix, offline::attestation_purpose, bytes, key);
}

}  // namespace

TEST_CASE("Base45 is that of RFC 9285", "[hours]") {
  const std::vector<std::pair<std::string, std::string>> examples{
      {"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"}, {"base-45", "UJCLQE7W581"}, {"ietf!", "QED8WEX0"}};
  for (const auto& [plain, coded] : examples) {
    CHECK(offline::base45_encode(bytes_from(plain)) == coded);
    CHECK(offline::base45_decode(coded) == bytes_from(plain));
  }
  CHECK(offline::base45_decode("") == offline::Bytes{});
  CHECK(offline::base45_decode("FGW") == offline::Bytes{0xFF, 0xFF});
  // The RFC's examples of what has to be refused: 65,536, and a length that no bytes have.
  for (const char* wrong : {"GGW", ":::", "BB8A", "A", "::", "bb8", "B\nB", "\xC3\xA4"})
    CHECK_FALSE(offline::base45_decode(wrong));
  std::mt19937 random{seed()};
  for (std::int64_t i = scaled(2'000); i > 0; --i) {
    offline::Bytes bytes(random() % 40);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    REQUIRE(offline::base45_decode(offline::base45_encode(bytes)) == bytes);
  }
}

TEST_CASE("texts that could look like others are not shown", "[hours]") {
  for (const char* sound : {"", "a b", "衢州", "\xF0\xA0\x80\x80", "é"})
    CHECK(offline::is_showable(sound));
  for (const char* wrong :
       {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5",
        "\xE8\xA1", "\x1B[2J", "\x7F", "\xC2\x85", "\xE2\x80\xAE", "\xE2\x80\x8B", "\xEF\xBB\xBF"})
    CHECK_FALSE(offline::is_showable(wrong));
  for (const char* between : {"\u3164", "\uFE00", "\uFE0F", "\u034F", "\u115F", "\u1160", "\u180E",
                              "\u17B4", "\u17B5", "\uFFA0", "\u2800", "\u206A", "\U000E0100"}) {
    INFO(between);
    CHECK_FALSE(offline::is_showable("李" + std::string(between) + "青"));
  }
  for (const char* blanks : {" ", "   ", "\u3000", "\u00A0 \u2003"})
    CHECK_FALSE(offline::is_showable(blanks));
  CHECK(offline::is_showable("李\u3000青"));
  CHECK(offline::is_showable(std::string(200, 'a')));
  CHECK_FALSE(offline::is_showable(std::string(201, 'a')));
}

TEST_CASE("each verdict has its case", "[hours]") {
  using offline::Verdict;
  AttestedBooks books;
  const Attestation attestation = attest(books.ledger, AttestedBooks::march(), books.key);
  const SigningKey other = SigningKey::generate();
  const auto verdict = [&](const std::string& text, const std::string& list) {
    return offline::verify(text, books.key.public_key().bytes, list).verdict;
  };
  const auto list_at = [&](Instant dated, std::vector<Revocation> revocations = {}) {
    return sign_revocations({dated, std::move(revocations)}, books.key);
  };
  const Instant issued = attestation.issued;
  const std::chrono::seconds second{1};
  CHECK(verdict_of(attestation.text, books.key) == Verdict::not_checked);
  CHECK(verdict_of("\n" + attestation.text + " \r\n", books.key) == Verdict::not_checked);
  CHECK(verdict_of(attestation.text, other) == Verdict::key_differs);
  CHECK(verdict_of("", books.key) == Verdict::unreadable);
  CHECK(verdict(attestation.text, list_at(issued)) == Verdict::valid);
  CHECK(verdict(attestation.text, list_at(issued - second)) == Verdict::list_older);
  CHECK(verdict(attestation.text, "JR1:") == Verdict::list_unusable);
  CHECK(verdict(attestation.text, attestation.text) == Verdict::list_unusable);
  CHECK(verdict(attestation.text, sign_revocations({issued}, other)) == Verdict::list_unusable);
  CHECK(verdict(attestation.text, list_at(issued, {{attestation.id, issued}})) == Verdict::revoked);
  CHECK(verdict(attestation.text,
                list_at(issued, {{attestation.id, issued, RevocationReason::superseded, id(5)}})) ==
        Verdict::superseded);
  CHECK(verdict(attestation.text, list_at(issued, {{id(5), issued}})) == Verdict::valid);
  auto bytes = bytes_of(attestation.text);
  bytes.back() ^= 1U;
  CHECK(verdict_of(text_of("JD1:", bytes), books.key) == Verdict::signature_wrong);
  // Who holds a key of another issuer cannot pass as this one by writing its mark.
  CHECK(verdict_of(resigned(bytes_of(attestation.text), other), books.key) ==
        Verdict::signature_wrong);
  // A signature for one purpose is none for another.
  CHECK(verdict_of(signed_again("JD1:", offline::revocations_purpose, bytes, books.key),
                   books.key) == Verdict::signature_wrong);
}

TEST_CASE("nothing that was cut or changed is accepted", "[hours]") {
  AttestedBooks books;
  const std::string text = attest(books.ledger, AttestedBooks::all_of_march(), books.key).text;
  const auto refused = [&](const std::string& changed) {
    return verdict_of(changed, books.key) >= offline::Verdict::key_differs;
  };
  REQUIRE_FALSE(refused(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    REQUIRE(refused(text.substr(0, length)));
    REQUIRE(refused(text.substr(text.size() - length)));
  }
  for (std::size_t i = 0; i < text.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1U << bit));
      REQUIRE(refused(changed));
    }
  const auto bytes = bytes_of(text);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto changed = bytes;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << bit));
      REQUIRE(refused(text_of("JD1:", changed)));
    }
    auto shorter = bytes, longer = bytes;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), 0);
    REQUIRE(refused(text_of("JD1:", shorter)));
    REQUIRE(refused(text_of("JD1:", longer)));
  }
}

TEST_CASE("a list that was cut or changed is not used", "[hours]") {
  AttestedBooks books;
  const Attestation attestation = attest(books.ledger, AttestedBooks::march(), books.key);
  const std::string list =
      sign_revocations({attestation.issued, {{attestation.id, attestation.issued}}}, books.key);
  const auto unusable = [&](const std::string& changed) {
    return offline::verify(attestation.text, books.key.public_key().bytes, changed).verdict ==
           offline::Verdict::list_unusable;
  };
  REQUIRE_FALSE(unusable(list));
  for (std::size_t i = 0; i < list.size(); ++i) {
    REQUIRE(unusable(list.substr(0, i)));
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = list;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1U << bit));
      REQUIRE(unusable(changed));
    }
  }
}

TEST_CASE("what a key holder signs has one form, or is unreadable", "[hours]") {
  AttestedBooks books;
  Attestation original = attest(books.ledger, AttestedBooks::all_of_march(), books.key);
  const auto bytes = bytes_of(original.text);
  original.text.clear();
  std::mt19937 random{seed()};
  std::int64_t readable = 0;
  const std::int64_t tries = scaled(20'000);
  for (std::int64_t i = 0; i < tries; ++i) {
    auto changed = bytes;
    const std::size_t end = changed.size() - crypto_sign_BYTES;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const auto place = static_cast<std::ptrdiff_t>(random() % end);
      const auto value = static_cast<std::uint8_t>(random());
      if (const auto how = random() % 6; how == 0)
        changed.insert(changed.begin() + place, value);
      else if (how == 1)
        changed.erase(changed.begin() + place);
      else
        changed[static_cast<std::size_t>(place)] = value;
    }
    if (changed == bytes) continue;
    const std::string text = resigned(changed, books.key);
    const auto read = offline::read_attestation(text);
    if (!read) continue;
    ++readable;
    Attestation other = read_attestation(text);
    REQUIRE(other.text == text);
    other.text.clear();
    // All but the key's mark is in the value.
    if (read->key_mark == offline::mark_of(books.key.public_key().bytes))
      REQUIRE_FALSE(other == original);
  }
  CHECK(readable > tries / 10);
  CHECK(readable < tries);
}

TEST_CASE("parts that do not make up the total are unreadable", "[hours]") {
  AttestedBooks books;
  AttestationRequest request = AttestedBooks::march();
  request.shows.sources = true;
  auto bytes = bytes_of(attest(books.ledger, request, books.key).text);
  REQUIRE(verdict_of(resigned(bytes, books.key), books.key) == offline::Verdict::not_checked);
  constexpr std::size_t total_at = 57;
  bytes[total_at] = static_cast<std::uint8_t>(bytes[total_at] + 1);
  CHECK(verdict_of(resigned(bytes, books.key), books.key) == offline::Verdict::unreadable);
}
