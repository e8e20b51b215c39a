#include "jiedui/hours/revocation.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "hours/attested_books.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

Revocation revoked(std::uint64_t number, std::int64_t second) {
  return {.attestation = id(number), .when = at(second)};
}

}  // namespace

TEST_CASE("a revocation list keeps each attestation once, in order", "[hours]") {
  RevocationList list{.dated = at(10)};
  list.add(revoked(9, 20));
  list.add(revoked(3, 15));
  list.add(revoked(9, 20));
  CHECK(list == RevocationList{.dated = at(20), .revocations = {revoked(3, 15), revoked(9, 20)}});
  CHECK(*list.find(id(9)) == revoked(9, 20));
  CHECK(list.find(id(4)) == nullptr);
  const auto refused = [&](const Revocation& revocation) {
    return error_code([&] { list.add(revocation); });
  };
  CHECK(refused(revoked(9, 21)) == "revocation_differs");
  CHECK(refused({id(5), at(1), RevocationReason::superseded}) == "revocation_invalid");
  CHECK(refused({id(5), at(1), RevocationReason::superseded, id(5)}) == "revocation_invalid");
  CHECK(refused({id(5), at(1), RevocationReason::revoked, id(6)}) == "revocation_invalid");
  CHECK(refused({id(5), at(-1)}) == "time_out_of_range");
  CHECK(list.revocations.size() == 2);
}

TEST_CASE("a signed list comes back", "[hours]") {
  const SigningKey key = SigningKey::generate();
  std::mt19937_64 random{seed()};
  for (std::int64_t i = scaled(50); i > 0; --i) {
    RevocationList list{.dated = at(1'000'000)};
    for (auto entries = random() % 40; entries > 0; --entries) {
      const Id128 attestation{random() % 4, random()};
      if (random() % 2 == 0)
        list.add({attestation, at(static_cast<std::int64_t>(random() % 2'000'000))});
      else
        list.add({attestation, at(7), RevocationReason::superseded, Id128{random(), 1}});
    }
    const std::string text = sign_revocations(list, key);
    REQUIRE(text.starts_with("JR1:"));
    REQUIRE(check_revocations(text, key.public_key()) == list);
    REQUIRE(read_revocations(text) == list);
  }
}

TEST_CASE("a list that cannot be trusted is refused", "[hours]") {
  const SigningKey key = SigningKey::generate();
  const std::string text = sign_revocations({at(5), {revoked(1, 2)}}, key);
  const auto refused = [&](const std::string& changed, const SigningKey& by) {
    return error_code([&] { check_revocations(changed, by.public_key()); });
  };
  CHECK(refused(text, key).empty());
  CHECK(refused(text, SigningKey::generate()) == "revocations_signature_wrong");
  CHECK(refused(text.substr(0, 40), key) == "revocations_unreadable");
  CHECK(refused("", key) == "revocations_unreadable");
  auto bytes = bytes_of(text);
  bytes.back() ^= 1U;
  CHECK(refused(text_of("JR1:", bytes), key) == "revocations_signature_wrong");
  CHECK(error_code([&] { sign_revocations({at(-5)}, key); }) == "time_out_of_range");
  CHECK(error_code([&] {
          sign_revocations({at(5), {revoked(1, 2), revoked(1, 3)}}, key);
        }) == "revocation_differs");
}

TEST_CASE("the largest list is read, a larger one is not made", "[hours]") {
  const SigningKey key = SigningKey::generate();
  RevocationList list{.dated = at(5)};
  for (std::uint64_t i = 1; i <= offline::revocations_max; ++i)
    list.revocations.push_back(revoked(i, 2));
  CHECK(check_revocations(sign_revocations(list, key), key.public_key()) == list);
  CHECK(error_code([&] { list.add(revoked(offline::revocations_max + 1, 2)); }) ==
        "revocations_too_many");
}
