#include "wire/encoding.hpp"

#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <iconv.h>

#include "jiedui/base/error.hpp"

namespace jiedui::wire {

namespace {

/// The length of the well-formed character at `at` that is not ASCII, or 0.
std::size_t character(const unsigned char* at, const unsigned char* end) {
  const auto left = static_cast<std::size_t>(end - at);
  const auto follows = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xBF) {
    return i < left && at[i] >= least && at[i] <= most;
  };
  const unsigned first = *at;
  if (first >= 0xE1 && first <= 0xEC) return follows(1) && follows(2) ? 3 : 0;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  switch (first) {
    case 0xE0:
      return follows(1, 0xA0) && follows(2) ? 3 : 0;
    case 0xED:
      return follows(1, 0x80, 0x9F) && follows(2) ? 3 : 0;
    case 0xEE:
    case 0xEF:
      return follows(1) && follows(2) ? 3 : 0;
    case 0xF0:
      return follows(1, 0x90) && follows(2) && follows(3) ? 4 : 0;
    case 0xF1:
    case 0xF2:
    case 0xF3:
      return follows(1) && follows(2) && follows(3) ? 4 : 0;
    case 0xF4:
      return follows(1, 0x80, 0x8F) && follows(2) && follows(3) ? 4 : 0;
    default:
      return 0;
  }
}

const unsigned char* first_not_ascii(const unsigned char* at, const unsigned char* end) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t high = 0x8080'8080'8080'8080;
  for (; end - at >= 32; at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & high) != 0) break;
  }
  for (; end - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if ((word & high) != 0) return at + std::countr_zero(word & high) / 8;
  }
  while (at < end && *at < 0x80) ++at;
  return at;
}

class Converter {
 public:
  Converter() : handle_(::iconv_open("UTF-8", "GB18030")) {
    if (handle_ == reinterpret_cast<iconv_t>(-1))
      throw Error({.code = "encoding_unknown",
                   .place = "GB18030",
                   .message = "this system cannot convert GB18030",
                   .way_out = "install the C library's conversion tables, or save as UTF-8"});
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ::iconv_close(handle_); }
  iconv_t handle() const { return handle_; }

 private:
  iconv_t handle_;
};

}  // namespace

std::size_t valid_utf8(std::string_view text) {
  const auto* begin = reinterpret_cast<const unsigned char*>(text.data());
  const auto* end = begin + text.size();
  const auto* at = begin;
  while (true) {
    at = first_not_ascii(at, end);
    if (at == end) return text.size();
    do {
      const std::size_t length = character(at, end);
      if (length == 0) return static_cast<std::size_t>(at - begin);
      at += length;
    } while (at < end && *at >= 0x80);
  }
}

Converted from_gb18030(std::string_view text) {
  // One byte grows to at most two here: 0x80 and two-byte characters become three bytes.
  const Converter converter;
  std::string utf8(text.size() * 2 + 16, '\0');
  std::vector<std::size_t> bad;
  char* in = const_cast<char*>(text.data());  // iconv's signature; it does not write
  std::size_t in_left = text.size();
  char* out = utf8.data();
  std::size_t out_left = utf8.size();
  while (in_left > 0) {
    if (::iconv(converter.handle(), &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1))
      break;
    const auto have = static_cast<std::size_t>(out - utf8.data());
    if (errno == EILSEQ || errno == EINVAL) {  // a wrong byte, or a character cut off at the end
      constexpr std::string_view replacement = "\xEF\xBF\xBD";
      if (out_left >= replacement.size()) {
        bad.push_back(have);
        std::memcpy(out, replacement.data(), replacement.size());
        out += replacement.size();
        out_left -= replacement.size();
        ++in;
        --in_left;
        continue;
      }
    }
    utf8.resize(utf8.size() + in_left * 3 + 16);
    out = utf8.data() + have;
    out_left = utf8.size() - have;
  }
  utf8.resize(static_cast<std::size_t>(out - utf8.data()));
  return {std::move(utf8), std::move(bad)};
}

}  // namespace jiedui::wire
