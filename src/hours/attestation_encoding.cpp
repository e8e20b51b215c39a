#include "hours/attestation_encoding.hpp"

#include <algorithm>
#include <limits>

#include "ledger/sign.hpp"

namespace jiedui::detail {

namespace {

constexpr std::string_view counts_purpose = "jiedui-counts-v1";
constexpr std::uint8_t layout = 1;

/// Writes what offline::detail::Reader reads.
class Writer {
 public:
  template <class Whole>
  Writer& whole(Whole value) {
    for (unsigned i = 0; i < sizeof(Whole); ++i)
      bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return *this;
  }
  Writer& varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) whole(static_cast<std::uint8_t>(value | 0x80U));
    return whole(static_cast<std::uint8_t>(value));
  }
  Writer& id(Id128 id) { return whole(id.low).whole(id.high); }
  Writer& instant(Instant instant) { return whole(instant.time_since_epoch().count()); }
  Writer& day(Date day) { return whole(static_cast<std::int32_t>(day.time_since_epoch().count())); }
  template <class Range>
  Writer& raw(const Range& range) {
    bytes_.insert(bytes_.end(), range.begin(), range.end());
    return *this;
  }
  /// A text that was checked: its length fits a byte.
  Writer& text(std::string_view text) {
    return whole(static_cast<std::uint8_t>(text.size())).raw(text);
  }
  template <class Part, class WritePart>
  Writer& parts(const std::vector<Part>& parts, WritePart write_part) {
    varint(parts.size());
    for (const Part& part : parts) {
      write_part(part);
      varint(static_cast<std::uint64_t>(part.seconds.count()));
    }
    return *this;
  }
  const offline::Bytes& all() const { return bytes_; }

 private:
  offline::Bytes bytes_;
};

std::string sealed(std::string_view prefix, std::string_view purpose, const offline::Bytes& content,
                   const SigningKey& key) {
  Writer message, bytes;
  message.raw(purpose).raw(content);
  bytes.raw(content).raw(sign(message.all(), key));
  return std::string(prefix) + offline::base45_encode(bytes.all());
}

offline::KeyMark mark_of(const SigningKey& key) {
  return offline::mark_of(key.public_key().bytes);
}

std::string digits_of(const offline::KeyMark& mark) {
  Hash256 whole;
  std::copy(mark.begin(), mark.end(), whole.bytes.begin());
  return whole.to_string().substr(0, 2 * mark.size());
}

Id128 decoded(offline::Id id) {
  return {.high = id.high, .low = id.low};
}

std::vector<NamedSeconds> decoded(const std::vector<offline::NamedSeconds>& read) {
  std::vector<NamedSeconds> parts;
  for (const auto& part : read) parts.push_back({part.name, Seconds{part.seconds}});
  return parts;
}

}  // namespace

std::string encode(const Attestation& attestation, const SigningKey& key) {
  Writer bytes;
  bytes.whole(layout).id(attestation.id).id(attestation.replaces).instant(attestation.issued);
  bytes.raw(mark_of(key)).day(attestation.period.first()).day(attestation.period.last());
  bytes.whole(attestation.seconds.count());
  bytes.id(attestation.head.book).whole(attestation.head.count);
  bytes.whole(attestation.head.booked.time_since_epoch().count()).raw(attestation.head.hash.bytes);
  bytes.whole(attestation.entries).raw(attestation.entries_hash.bytes);
  bytes.whole(static_cast<std::uint8_t>(attestation.number_kind));
  bytes.text(attestation.issuer_id).text(attestation.issuer_name);
  bytes.text(attestation.number).text(attestation.name).text(attestation.zone);
  bytes.parts(attestation.sources, [&](const SourceSeconds& part) {
    bytes.whole(static_cast<std::uint8_t>(part.source));
  });
  const auto name = [&](const NamedSeconds& part) { bytes.text(part.name); };
  bytes.parts(attestation.organisations, name).parts(attestation.items, name);
  bytes.parts(attestation.days, [&](const DaySeconds& part) {
    bytes.varint(static_cast<std::uint64_t>((part.day - attestation.period.first()).count()));
  });
  const std::size_t length = bytes.all().size() + std::tuple_size_v<Signature>;
  if (length > offline::attestation_bytes_max)
    throw Error({.code = "attestation_too_long",
                 .place = "attestation",
                 .message = "it takes " + std::to_string(length) + " bytes",
                 .allowed = "at most " + std::to_string(offline::attestation_bytes_max) +
                            " bytes, so that a QR picture of it stays readable",
                 .way_out = "show fewer parts, shorter names, or a shorter period"});
  return sealed(offline::attestation_prefix, offline::attestation_purpose, bytes.all(), key);
}

std::string encode(const RevocationList& list, const SigningKey& key) {
  Writer bytes;
  bytes.whole(layout).instant(list.dated).raw(mark_of(key));
  bytes.whole(static_cast<std::uint32_t>(list.revocations.size()));
  for (const Revocation& one : list.revocations)
    bytes.id(one.attestation)
        .instant(one.when)
        .whole(static_cast<std::uint8_t>(one.reason))
        .id(one.successor);
  return sealed(offline::revocations_prefix, offline::revocations_purpose, bytes.all(), key);
}

Attestation decoded(const offline::Attestation& read, std::string_view text) {
  Attestation attestation{
      .id = decoded(read.id),
      .replaces = decoded(read.replaces),
      .issued = read.issued,
      .key_mark = digits_of(read.key_mark),
      .issuer_id = read.issuer_id,
      .issuer_name = read.issuer_name,
      .number_kind = static_cast<VolunteerNumberKind>(read.number_kind),
      .number = read.number,
      .name = read.name,
      .period = {read.first, read.last},
      .zone = read.zone,
      .seconds = Seconds{read.seconds},
      .head = {.book = decoded(read.book),
               .count = read.head_count,
               .hash = {read.head_hash},
               .booked = BookedTime{std::chrono::nanoseconds{read.head_booked}}},
      .entries = read.entries,
      .entries_hash = {read.entries_hash},
      .organisations = decoded(read.organisations),
      .items = decoded(read.items),
      .text = std::string(offline::detail::trimmed(text))};
  for (const auto& part : read.sources)
    attestation.sources.push_back({static_cast<RecordSource>(part.source), Seconds{part.seconds}});
  for (const auto& part : read.days) attestation.days.push_back({part.day, Seconds{part.seconds}});
  return attestation;
}

Revocation decoded(const offline::Revocation& read) {
  return {.attestation = decoded(read.attestation),
          .when = read.when,
          .reason = static_cast<RevocationReason>(read.reason),
          .successor = decoded(read.successor)};
}

RevocationList decoded(const offline::RevocationList& read) {
  RevocationList list{.dated = read.dated};
  for (const auto& one : read.revocations) list.revocations.push_back(decoded(one));
  return list;
}

CountedEntries counted(std::span<const StatementLine> lines) {
  std::vector<const StatementLine*> moved;
  for (const StatementLine& line : lines)
    if (line.change.confirmed.count() != 0) moved.push_back(&line);
  std::sort(moved.begin(), moved.end(),
            [](const StatementLine* a, const StatementLine* b) { return a->number < b->number; });
  Writer bytes;
  bytes.raw(counts_purpose);
  for (const StatementLine* line : moved)
    bytes.whole(line->number).id(line->entry).whole(line->change.confirmed.count());
  const std::int64_t count =
      checked_range(static_cast<std::int64_t>(moved.size()), 0,
                    std::numeric_limits<std::uint32_t>::max(), "entries of an attestation");
  return {.count = static_cast<std::uint32_t>(count), .hash = blake2b(bytes.all())};
}

void check_time(Instant instant, std::string_view place) {
  if (instant < Instant{} || instant >= Instant{latest_date + std::chrono::days{1}})
    throw Error({.code = "time_out_of_range",
                 .place = std::string(place),
                 .message = "the time is out of range",
                 .allowed = "1970-01-01 to 2199-12-31",
                 .way_out = "mend the time, or set the clock"});
}

}  // namespace jiedui::detail
