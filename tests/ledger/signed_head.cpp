#include "jiedui/ledger/signed_head.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include "jiedui/base/error.hpp"
#include "ledger/books.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

ChainHead head_at_seven() {
  return {.book = Id128{7, 9},
          .count = 7,
          .hash = Hash256{blake2b({}).bytes},
          .booked = booked_at(1'772'000'000'000'000'001)};
}

/// The seed of the first test vector of RFC 8032, 7.1.
SigningKey known_key() {
  return SigningKey{
      Hash256::parse("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")->bytes};
}

struct KeyFolder {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("jiedui-keys-" + random_secret().to_string().substr(0, 16));
  KeyFolder() { std::filesystem::create_directory(path); }
  KeyFolder(const KeyFolder&) = delete;
  KeyFolder& operator=(const KeyFolder&) = delete;
  ~KeyFolder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("keys are those of RFC 8032", "[ledger]") {
  CHECK(known_key().public_key().to_string() ==
        "jiedui-public-key-v1 d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(SigningKey::generate().bytes != SigningKey::generate().bytes);
}

TEST_CASE("the signed head of the documentation", "[ledger]") {
  const ChainHead head{
      .book = *Id128::parse("00112233445566778899aabbccddeeff"),
      .count = 3,
      .hash = *Hash256::parse("1baf06bfc8bca6c91b125c390273ce0a236080140a1a24dcded56caed9d62ae1"),
      .booked = booked_at(1'772'692'200'000'000'003)};
  std::ifstream page("docs/ledger.md");
  REQUIRE(page);
  std::ostringstream text;
  text << page.rdbuf();
  CHECK(text.str().find(sign_head(head, known_key())) != std::string::npos);
}

TEST_CASE("a signed head comes back, however it was mailed", "[ledger]") {
  const ChainHead head = head_at_seven();
  const SigningKey key = known_key();
  const std::string text = sign_head(head, key);
  CHECK(check_head(text, key.public_key()) == head);
  CHECK(read_head(text) == head);
  CHECK(read_head(head_text(head)) == head);
  std::string mailed = "Dear auditor,\r\nhere is our head:\r\n";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') mailed += "\r";
    mailed += text[i];
  }
  CHECK(check_head(mailed + "Yours, the book-keeper\r\n", key.public_key()) == head);
}

TEST_CASE("what was not signed with the key is refused", "[ledger]") {
  const ChainHead head = head_at_seven();
  const SigningKey key = known_key();
  const PublicKey half = key.public_key();
  const std::string text = sign_head(head, key);
  CHECK(error_code([&] { check_head(text, SigningKey::generate().public_key()); }) ==
        "head_signature_wrong");
  CHECK(error_code([&] { check_head(head_text(head), half); }) == "head_unsigned");
  CHECK(error_code([&] { check_head("", half); }) == "head_unreadable");
  CHECK(error_code([&] { read_head(text.substr(0, text.size() - 4)); }) == "head_unreadable");
  // Another key's signature under this key's name.
  std::string swapped = sign_head(head, SigningKey::generate());
  const std::string name = half.to_string().substr(21);
  swapped.replace(swapped.find("key       ") + 10, 64, name);
  CHECK(error_code([&] { check_head(swapped, half); }) == "head_signature_wrong");
}

TEST_CASE("each changed sign of a signed head is refused", "[ledger]") {
  const ChainHead head = head_at_seven();
  const SigningKey key = known_key();
  const std::string text = sign_head(head, key);
  const std::string signs = "0123456789abcdef -\nz";
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char other : signs) {
      std::string changed = text;
      changed[i] = other;
      INFO("at " << i << ": " << text[i] << " becomes " << other);
      std::optional<ChainHead> read;
      const std::string code = error_code([&] { read = check_head(changed, key.public_key()); });
      if (read) {
        REQUIRE(*read == head);  // no more than white space changed
      } else {
        REQUIRE((code == "head_unreadable" || code == "head_signature_wrong"));
      }
    }
}

TEST_CASE("heads of any content come back", "[ledger]") {
  const auto seed = jiedui::test::seed();
  INFO("seed " << seed);
  std::mt19937_64 random{seed};
  const SigningKey key = SigningKey::generate();
  for (std::int64_t round = scaled(500); round > 0; --round) {
    ChainHead head{.book = Id128{random(), random()},
                   .count = random() >> (random() % 64),
                   .booked = booked_at(static_cast<std::int64_t>(random()))};
    for (std::uint8_t& byte : head.hash.bytes) byte = static_cast<std::uint8_t>(random());
    REQUIRE(check_head(sign_head(head, key), key.public_key()) == head);
  }
}

TEST_CASE("keys in files", "[ledger]") {
  const KeyFolder folder;
  const SigningKey key = SigningKey::generate();
  write_key(key, folder.path / "town.key");
  write_key(key.public_key(), folder.path / "town.pub");
  CHECK(read_signing_key(folder.path / "town.key").bytes == key.bytes);
  CHECK(read_public_key(folder.path / "town.pub") == key.public_key());
  using std::filesystem::perms;
  const perms others = std::filesystem::status(folder.path / "town.key").permissions() &
                       (perms::group_all | perms::others_all);
  CHECK(others == perms::none);
  CHECK(error_code([&] { write_key(key, folder.path / "town.key"); }) == "file_exists");
  CHECK(error_code([&] { write_key(key, folder.path / "none" / "k"); }) == "file_unwritable");
  CHECK(error_code([&] { read_signing_key(folder.path / "town.pub"); }) == "key_unreadable");
  CHECK(error_code([&] { read_public_key(folder.path / "town.key"); }) == "key_unreadable");
  CHECK(error_code([&] { read_public_key(folder.path / "none"); }) == "file_unreadable");
}

TEST_CASE("a verdict says what exported heads vouch for", "[ledger]") {
  Books books;
  const ChainHead before = books.ledger.head();
  for (std::uint64_t i = 0; i < 5; ++i)
    REQUIRE(books.ledger.post(transfer(50 + i, 1)) == Outcome::booked);
  const auto verdict = [&](const std::vector<ChainHead>& heads) {
    const AuditReport report = books.ledger.verify(heads);
    std::ostringstream text;
    text << report;
    return std::pair{report, text.str()};
  };
  CHECK(verdict({}).first.covered == 0);
  CHECK(verdict({}).second.find("vouches for entries 1 to 7") != std::string::npos);
  CHECK(verdict({before}).first.covered == 2);
  CHECK(verdict({before}).second.find("vouches for entries 3 to 7") != std::string::npos);
  const auto whole = verdict({books.ledger.head(), before});
  CHECK(whole.first.covered == 7);
  CHECK(whole.second.find("vouches for") == std::string::npos);
  CHECK(whole.second.find("whether entries after number 7 were cut off") != std::string::npos);
  ChainHead later = books.ledger.head();
  later.count = 9;
  const auto cut = verdict({before, later});
  CHECK(cut.first.finding == Finding::tail_missing);
  CHECK(cut.first.covered == 2);
  CHECK(cut.second.find("in doubt            entries 8 to 9") != std::string::npos);
  CHECK(cut.second.find("vouches for entries 3 to 7") != std::string::npos);
}
