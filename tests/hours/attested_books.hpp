#pragma once

#include <array>
#include <string>

#include "hours/hours_books.hpp"
#include "jiedui/hours/attestation.hpp"
#include "jiedui/hours/attestation_verifier.hpp"
#include "support/error_code.hpp"

namespace jiedui::test {

/// Books in which the volunteer V-7 served three times in March 2026 and once in April.
struct AttestedBooks : HoursBooks {
  SigningKey key = SigningKey::generate();

  AttestedBooks() : HoursBooks("Asia/Shanghai") {
    post("N-1", "2026-03-05T01:00:00Z", 5'400, "O-1", "I-1", RecordSource::clock);
    post("N-2", "2026-03-05T06:00:00Z", 3'600, "O-2", "I-1", RecordSource::organisation);
    post("N-3", "2026-03-31T17:00:00Z", 600, "O-1", "I-2", RecordSource::clock);  // April there
    post("N-4", "2026-03-20T01:00:00Z", 1'800, "", "", RecordSource::backfilled);
  }
  static ServiceRecord record(std::string need, std::string_view begins, std::int64_t seconds,
                              std::string organisation, std::string item, RecordSource source) {
    const Instant begin = utc(begins);
    return {.volunteer = "V-7",
            .need = std::move(need),
            .organisation = std::move(organisation),
            .item = std::move(item),
            .beneficiary = "B-secret",
            .intervals = {{begin, begin + std::chrono::seconds{seconds}}},
            .source = source};
  }
  void post(std::string need, std::string_view begins, std::int64_t seconds,
            std::string organisation, std::string item, RecordSource source) {
    const auto outcome = ledger.post(
        record(std::move(need), begins, seconds, std::move(organisation), std::move(item), source));
    if (outcome != Outcome::booked) throw std::runtime_error("the record was not booked");
  }
  static AttestationRequest march() {
    return {.volunteer = "V-7",
            .period = std::chrono::year{2026} / 3,
            .issuer_id = "51330800MJ0000001X",
            .issuer_name = "衢州市志愿服务中心",
            .issued = utc("2026-04-02T03:04:05Z")};
  }
  static AttestationRequest all_of_march() {
    AttestationRequest request = march();
    request.name = "李青";
    request.national_number = "330800000123";
    request.shows = {.sources = true, .organisations = true, .items = true, .days = true};
    request.labels = {{"O-1", "和谐社区志愿服务队"}, {"I-1", "水电查修"}};
    return request;
  }
};

/// The bytes behind a text, signature included.
inline offline::Bytes bytes_of(std::string_view text) {
  return offline::base45_decode(text.substr(4)).value();
}
inline std::string text_of(std::string_view prefix, const offline::Bytes& bytes) {
  return std::string(prefix) + offline::base45_encode(bytes);
}
/// The same content signed again, as an issuer with a faulty or malicious program could.
inline std::string signed_again(std::string_view prefix, std::string_view purpose,
                                offline::Bytes bytes, const SigningKey& key) {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> half;
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(half.data(), secret.data(), key.bytes.data());
  bytes.erase(bytes.end() - crypto_sign_BYTES, bytes.end());
  offline::Bytes message(purpose.begin(), purpose.end());
  message.insert(message.end(), bytes.begin(), bytes.end());
  std::array<unsigned char, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return text_of(prefix, bytes);
}

}  // namespace jiedui::test
