#pragma once

// Checks attestations of volunteer service offline. This one file needs C++20, its standard library
// and libsodium, and nothing else of jiedui: copy it into a program of your own. All that it reads
// is taken to be hostile. The layouts are in docs/attestations.md.

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

namespace jiedui::offline {

using Bytes = std::vector<std::uint8_t>;
/// The 32 bytes of an Ed25519 public key (RFC 8032).
using Key = std::array<std::uint8_t, 32>;
using Hash = std::array<std::uint8_t, 32>;
/// The first bytes of a public key, by which a reader finds the right one. Proves nothing.
using KeyMark = std::array<std::uint8_t, 8>;

struct Id {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
  constexpr bool is_zero() const { return high == 0 && low == 0; }
};

/// What a signature is made over: these 16 letters, then the bytes. So that it is good for nothing
/// else.
inline constexpr std::string_view attestation_purpose = "jiedui-attest-v1";
inline constexpr std::string_view revocations_purpose = "jiedui-revoke-v1";
inline constexpr std::string_view attestation_prefix = "JD1:";
inline constexpr std::string_view revocations_prefix = "JR1:";

// Limits of what is read. They keep a QR picture readable and a list in memory.
inline constexpr std::size_t attestation_bytes_max = 1'200;  ///< signature included
inline constexpr std::size_t text_bytes_max = 200;           ///< of one text within
inline constexpr std::uint32_t revocations_max = 65'536;
inline constexpr std::size_t revocation_bytes = 41;
inline constexpr std::size_t revocations_bytes_max =
    21 + revocations_max * revocation_bytes + crypto_sign_BYTES;

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_seconds;
inline constexpr Date earliest_date = std::chrono::year{1900} / 1 / 1;
inline constexpr Date latest_date = std::chrono::year{2199} / 12 / 31;

struct SourceSeconds {
  std::uint8_t source = 0;  ///< 1 clock, 2 organisation, 3 declared, 4 back-filled; others may come
  std::uint64_t seconds = 0;
};
struct NamedSeconds {
  std::string name;  ///< empty: not stated in the books
  std::uint64_t seconds = 0;
};
struct DaySeconds {
  Date day;
  std::uint64_t seconds = 0;
};

/// What an attestation says. A part that the volunteer chose not to show is empty.
struct Attestation {
  Id id;
  Id replaces;  ///< the attestation in whose place it was issued; zero: none
  Instant issued;
  KeyMark key_mark{};
  std::string issuer_id;
  std::string issuer_name;
  std::uint8_t number_kind = 0;  ///< 1: national volunteer number; 2: pseudonym
  std::string number;
  std::string name;
  Date first;  ///< of the period, both days included
  Date last;
  std::string zone;
  std::uint64_t seconds = 0;  ///< confirmed in the period
  Id book;
  std::uint64_t head_count = 0;  ///< entries in the book when it was issued
  std::int64_t head_booked = 0;  ///< UTC nanoseconds
  Hash head_hash{};
  std::uint32_t entries = 0;  ///< that it counts
  Hash entries_hash{};
  std::vector<SourceSeconds> sources;
  std::vector<NamedSeconds> organisations;
  std::vector<NamedSeconds> items;
  std::vector<DaySeconds> days;
};

struct Revocation {
  Id attestation;
  Instant when;
  std::uint8_t reason = 0;  ///< 1: revoked; 2: superseded
  Id successor;             ///< zero unless superseded
};

struct RevocationList {
  Instant dated;
  KeyMark key_mark{};
  std::vector<Revocation> revocations;  ///< by attestation, each once
};

enum class Verdict : std::uint8_t {
  valid = 0,            ///< signed with the key, and not on the list, as of the list's date
  not_checked = 1,      ///< signed with the key; no list was given
  list_older = 2,       ///< signed with the key; the list is older and cannot know it
  list_unusable = 3,    ///< signed with the key; the list is unreadable or not signed with it
  superseded = 4,       ///< signed with the key; another one was issued in its place
  revoked = 5,          ///< signed with the key, and taken back
  key_differs = 6,      ///< signed with another key
  signature_wrong = 7,  ///< names the key; but was changed, or forged
  unreadable = 8,       ///< no attestation, or a part of one, or one of a later version
};

struct Check {
  Verdict verdict = Verdict::unreadable;
  std::optional<Attestation> attestation = {};  ///< only if it is signed with the key
  std::optional<Revocation> revocation = {};    ///< of this attestation
  std::optional<Instant> list_dated = {};       ///< of a list that is signed with the key
};

// Base45 (RFC 9285).

inline constexpr std::string_view base45_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// O(bytes).
inline std::string base45_encode(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() / 2 + 1) * 3);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const bool pair = at + 1 < bytes.size();
    std::size_t number = pair ? std::size_t{bytes[at]} * 256 + bytes[at + 1] : bytes[at];
    for (int digit = 0; digit < (pair ? 3 : 2); ++digit, number /= 45)
      text += base45_alphabet[number % 45];
  }
  return text;
}

/// Empty unless it is the text of some bytes. O(text).
inline std::optional<Bytes> base45_decode(std::string_view text) {
  if (text.size() % 3 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 3 * 2 + 1);
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const std::string_view group = text.substr(at, 3);
    std::size_t number = 0;
    for (std::size_t i = group.size(); i-- > 0;) {
      const std::size_t digit = base45_alphabet.find(group[i]);
      if (digit == std::string_view::npos) return std::nullopt;
      number = number * 45 + digit;
    }
    if (number > (group.size() == 3 ? 0xFFFFU : 0xFFU)) return std::nullopt;
    if (group.size() == 3) bytes.push_back(static_cast<std::uint8_t>(number / 256));
    bytes.push_back(static_cast<std::uint8_t>(number % 256));
  }
  return bytes;
}

/// Takes one code point off the front of a text that is not empty; empty unless it is well-formed
/// UTF-8 (RFC 3629).
inline std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  const bool leads = byte(0) < 0x80 || (byte(0) >= 0xC2 && byte(0) <= 0xF4);
  if (!leads || length > text.size()) return std::nullopt;
  char32_t point = length == 1 ? byte(0) : byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    point = point << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x1'0000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < least[length] || point > 0x10'FFFF || surrogate) return std::nullopt;
  text.remove_prefix(length);
  return point;
}

/// Whether a text can be shown as it is: well-formed UTF-8 of at most text_bytes_max bytes without
/// control, invisible or direction-changing characters, which would make it look like another, and
/// not of blanks alone. Empty can be shown.
inline bool is_showable(std::string_view text) {
  using Range = std::pair<char32_t, char32_t>;
  // As Unicode 15 has them: Cc, Cf, Default_Ignorable_Code_Point; and the empty Braille pattern.
  constexpr std::array<Range, 18> hidden{
      Range{0, 0x1F},   {0x7F, 0x9F},     {0xAD, 0xAD},         {0x34F, 0x34F},   {0x61C, 0x61C},
      {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},     {0x200B, 0x200F}, {0x2028, 0x202E},
      {0x2060, 0x206F}, {0x2800, 0x2800}, {0x3164, 0x3164},     {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
      {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFF}, {0xE'0000, 0x10'FFFF}};
  constexpr std::array<Range, 7> blank{Range{0x20, 0x20}, {0xA0, 0xA0},     {0x1680, 0x1680},
                                       {0x2000, 0x200A},  {0x202F, 0x202F}, {0x205F, 0x205F},
                                       {0x3000, 0x3000}};
  if (text.size() > text_bytes_max) return false;
  bool shows = text.empty();
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point) return false;
    const auto has = [&](const Range& range) {
      return *point >= range.first && *point <= range.second;
    };
    if (std::any_of(hidden.begin(), hidden.end(), has)) return false;
    shows = shows || std::none_of(blank.begin(), blank.end(), has);
  }
  return shows;
}

namespace detail {

/// Reads from the front; once something is amiss all that follows is zero.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}
  bool sound() const { return sound_; }
  bool done() const { return sound_ && rest_.empty(); }
  void require(bool condition) { sound_ = sound_ && condition; }

  template <std::size_t size>
  std::array<std::uint8_t, size> array() {
    std::array<std::uint8_t, size> bytes{};
    require(rest_.size() >= size);
    if (!sound_) return bytes;
    std::copy_n(rest_.begin(), size, bytes.begin());
    rest_ = rest_.subspan(size);
    return bytes;
  }
  /// Lowest byte first.
  template <class Whole>
  Whole whole() {
    std::uint64_t value = 0;
    const auto bytes = array<sizeof(Whole)>();
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8U | bytes[i];
    return static_cast<Whole>(value);
  }
  /// LEB128 without a sign: seven bits a byte, the lowest first, in as few bytes as do.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = whole<std::uint8_t>();
      const std::uint64_t bits = byte & 0x7FU;
      require(shift < 63 || bits <= 1);
      value |= bits << shift;
      if (byte < 0x80) {
        require(bits != 0 || shift == 0);
        return sound_ ? value : 0;
      }
    }
    require(false);
    return 0;
  }
  Id id() {
    const auto low = whole<std::uint64_t>();
    return {.high = whole<std::uint64_t>(), .low = low};
  }
  Date day() {
    const Date day{std::chrono::days{whole<std::int32_t>()}};
    require(day >= earliest_date && day <= latest_date);
    return day;
  }
  /// From 1970 on.
  Instant instant() {
    const Instant instant{std::chrono::seconds{whole<std::int64_t>()}};
    require(instant >= Instant{} && instant < latest_date + std::chrono::days{1});
    return instant;
  }
  std::string text(bool may_be_empty) {
    const std::size_t length = whole<std::uint8_t>();
    require(length <= rest_.size() && (length > 0 || may_be_empty));
    if (!sound_) return {};
    std::string text(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(length));
    rest_ = rest_.subspan(length);
    require(is_showable(text));
    return text;
  }

 private:
  std::span<const std::uint8_t> rest_;
  bool sound_ = true;
};

/// Reads parts that together make up `total`, each at least 1 s, in rising order; or none.
template <class Part, class ReadPart, class Order>
std::vector<Part> read_parts(Reader& from, std::uint64_t total, ReadPart read_part, Order rises) {
  std::vector<Part> parts;
  std::uint64_t left = total;
  const std::uint64_t count = from.varint();
  for (std::uint64_t i = 0; i < count && from.sound(); ++i) {
    Part part = read_part();
    part.seconds = from.varint();
    from.require(part.seconds >= 1 && part.seconds <= left);
    from.require(parts.empty() || rises(parts.back(), part));
    left -= from.sound() ? part.seconds : 0;
    parts.push_back(std::move(part));
  }
  from.require(parts.empty() || left == 0);
  return parts;
}

inline std::vector<NamedSeconds> read_named(Reader& from, std::uint64_t total) {
  return read_parts<NamedSeconds>(
      from, total, [&] { return NamedSeconds{.name = from.text(true)}; },
      [](const NamedSeconds& a, const NamedSeconds& b) { return a.name < b.name; });
}

/// Content and signature of a text; nothing is known of either yet.
struct Sealed {
  Bytes bytes;
  std::span<const std::uint8_t> content() const {
    return std::span(bytes).first(bytes.size() - crypto_sign_BYTES);
  }
  bool is_signed_with(const Key& key, std::string_view purpose) const {
    Bytes message(purpose.begin(), purpose.end());
    message.insert(message.end(), content().begin(), content().end());
    return sodium_init() >= 0 &&
           crypto_sign_verify_detached(bytes.data() + content().size(), message.data(),
                                       message.size(), key.data()) == 0;
  }
};

/// Neither text can end in a blank: the highest digit of a group is small.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(white), text.size()));
  return text.substr(0, text.find_last_not_of(white) + 1);
}

inline std::optional<Sealed> unseal(std::string_view text, std::string_view prefix,
                                    std::size_t bytes_max) {
  text = trimmed(text);
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  if (text.size() > (bytes_max + 1) / 2 * 3) return std::nullopt;
  auto bytes = base45_decode(text);
  if (!bytes || bytes->size() < crypto_sign_BYTES || bytes->size() > bytes_max) return std::nullopt;
  return Sealed{std::move(*bytes)};
}

inline std::optional<Attestation> parse_attestation(std::span<const std::uint8_t> content) {
  Reader from{content};
  Attestation read;
  from.require(from.whole<std::uint8_t>() == 1);
  read.id = from.id();
  read.replaces = from.id();
  from.require(!read.id.is_zero() && read.id != read.replaces);
  read.issued = from.instant();
  read.key_mark = from.array<8>();
  read.first = from.day();
  read.last = from.day();
  from.require(read.first <= read.last);
  read.seconds = from.whole<std::uint64_t>();
  from.require(read.seconds >= 1 && read.seconds <= std::numeric_limits<std::int64_t>::max());
  read.book = from.id();
  read.head_count = from.whole<std::uint64_t>();
  read.head_booked = from.whole<std::int64_t>();
  read.head_hash = from.array<32>();
  read.entries = from.whole<std::uint32_t>();
  from.require(read.entries >= 1 && read.entries <= read.head_count);
  read.entries_hash = from.array<32>();
  read.number_kind = from.whole<std::uint8_t>();
  from.require(read.number_kind == 1 || read.number_kind == 2);
  read.issuer_id = from.text(false);
  read.issuer_name = from.text(false);
  read.number = from.text(false);
  read.name = from.text(true);
  read.zone = from.text(false);
  read.sources = read_parts<SourceSeconds>(
      from, read.seconds, [&] { return SourceSeconds{.source = from.whole<std::uint8_t>()}; },
      [](const SourceSeconds& a, const SourceSeconds& b) { return a.source < b.source; });
  read.organisations = read_named(from, read.seconds);
  read.items = read_named(from, read.seconds);
  read.days = read_parts<DaySeconds>(
      from, read.seconds,
      [&] {
        const std::uint64_t after = from.varint();
        const bool within = after <= static_cast<std::uint64_t>((read.last - read.first).count());
        from.require(within);
        return DaySeconds{.day = read.first + std::chrono::days{within ? after : 0}};
      },
      [](const DaySeconds& a, const DaySeconds& b) { return a.day < b.day; });
  return from.done() ? std::optional(std::move(read)) : std::nullopt;
}

inline std::optional<RevocationList> parse_revocations(std::span<const std::uint8_t> content) {
  Reader from{content};
  RevocationList list;
  from.require(from.whole<std::uint8_t>() == 1);
  list.dated = from.instant();
  list.key_mark = from.array<8>();
  const auto count = from.whole<std::uint32_t>();
  from.require(count <= revocations_max);
  for (std::uint32_t i = 0; i < count && from.sound(); ++i) {
    Revocation read;
    read.attestation = from.id();
    read.when = from.instant();
    read.reason = from.whole<std::uint8_t>();
    read.successor = from.id();
    from.require(list.revocations.empty() ||
                 list.revocations.back().attestation < read.attestation);
    from.require(read.when <= list.dated && (read.reason == 1 || read.reason == 2));
    from.require(read.successor.is_zero() == (read.reason == 1));
    list.revocations.push_back(read);
  }
  return from.done() ? std::optional(std::move(list)) : std::nullopt;
}

}  // namespace detail

/// What stands at the front of texts that are signed with a key.
inline KeyMark mark_of(const Key& key) {
  KeyMark mark{};
  std::copy_n(key.begin(), mark.size(), mark.begin());
  return mark;
}

/// What a text says; its signature is not looked at. Empty if it is no attestation.
inline std::optional<Attestation> read_attestation(std::string_view text) {
  const auto sealed = detail::unseal(text, attestation_prefix, attestation_bytes_max);
  return sealed ? detail::parse_attestation(sealed->content()) : std::nullopt;
}

/// What a list says; its signature is not looked at. Empty if it is no revocation list.
inline std::optional<RevocationList> read_revocations(std::string_view text) {
  const auto sealed = detail::unseal(text, revocations_prefix, revocations_bytes_max);
  return sealed ? detail::parse_revocations(sealed->content()) : std::nullopt;
}

/// The list, if it is signed with the key.
inline std::optional<RevocationList> check_revocations(std::string_view text, const Key& key) {
  const auto sealed = detail::unseal(text, revocations_prefix, revocations_bytes_max);
  if (!sealed || !sealed->is_signed_with(key, revocations_purpose)) return std::nullopt;
  return detail::parse_revocations(sealed->content());
}

/// Judges the text of an attestation. O(attestation + list). Throws nothing but bad_alloc.
/// @param key of the issuer, from a source that is trusted: not from the attestation.
/// @param list text of the issuer's revocation list, if there is one.
inline Check verify(std::string_view text, const Key& key,
                    std::optional<std::string_view> list = std::nullopt) {
  const auto sealed = detail::unseal(text, attestation_prefix, attestation_bytes_max);
  auto read = sealed ? detail::parse_attestation(sealed->content()) : std::nullopt;
  if (!read) return {.verdict = Verdict::unreadable};
  if (read->key_mark != mark_of(key)) return {.verdict = Verdict::key_differs};
  if (!sealed->is_signed_with(key, attestation_purpose))
    return {.verdict = Verdict::signature_wrong};

  Check check{.verdict = Verdict::not_checked, .attestation = std::move(read)};
  if (!list) return check;
  const auto revocations = check_revocations(*list, key);
  if (!revocations) {
    check.verdict = Verdict::list_unusable;
    return check;
  }
  check.list_dated = revocations->dated;
  check.verdict =
      revocations->dated < check.attestation->issued ? Verdict::list_older : Verdict::valid;
  const auto found = std::lower_bound(
      revocations->revocations.begin(), revocations->revocations.end(), check.attestation->id,
      [](const Revocation& revocation, const Id& id) { return revocation.attestation < id; });
  if (found != revocations->revocations.end() && found->attestation == check.attestation->id) {
    check.revocation = *found;
    check.verdict = found->reason == 2 ? Verdict::superseded : Verdict::revoked;
  }
  return check;
}

}  // namespace jiedui::offline
