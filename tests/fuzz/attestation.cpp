#include "jiedui/hours/attestation.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "jiedui/hours/attestation_verifier.hpp"

// Any text is judged and never accepted, as nobody has the key. Any content that a key holder
// signs is read within the limits, or refused.

namespace {

using namespace jiedui;

void expect(bool condition) {
  if (!condition) std::abort();
}

/// The content with room for a signature, as text.
std::string unsigned_text(std::string_view prefix, std::string_view content) {
  offline::Bytes bytes(content.begin(), content.end());
  bytes.resize(bytes.size() + crypto_sign_BYTES);
  return std::string(prefix) + offline::base45_encode(bytes);
}

template <class Parts>
void expect_total(const Parts& parts, std::uint64_t total) {
  std::uint64_t sum = 0;
  for (const auto& part : parts) sum += part.seconds;
  expect(parts.empty() || sum == total);
}

void look_into(const std::string& text) {
  const auto read = offline::read_attestation(text);
  if (!read) return;
  expect(read->first <= read->last && read->seconds >= 1);
  expect_total(read->sources, read->seconds);
  expect_total(read->organisations, read->seconds);
  expect_total(read->items, read->seconds);
  expect_total(read->days, read->seconds);
  for (const std::string& shown : {read->issuer_name, read->number, read->name, read->zone})
    expect(offline::is_showable(shown));
  expect(read_attestation(text).text == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr offline::Key key{1, 2, 3};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect(offline::verify(bytes, key, bytes).verdict >= offline::Verdict::key_differs);
  look_into(unsigned_text(offline::attestation_prefix, bytes));
  const std::string list = unsigned_text(offline::revocations_prefix, bytes);
  if (const auto read = offline::read_revocations(list)) {
    expect(read->revocations.size() == (size - 21) / offline::revocation_bytes);
    expect(read_revocations(list).revocations.size() == read->revocations.size());
  }
  return 0;
}
