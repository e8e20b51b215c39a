#include "hours/record_encoding.hpp"

#include <algorithm>

namespace jiedui::detail {

namespace {

/// Bytes in which each part carries its length, so that no two lists of parts look the same.
class Bytes {
 public:
  explicit Bytes(std::string_view purpose) { put(purpose); }
  void put(std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes_.push_back(static_cast<std::uint8_t>(number >> shift));
  }
  void put(std::int64_t number) { put(static_cast<std::uint64_t>(number)); }
  void put(std::string_view text) {
    put(std::uint64_t{text.size()});
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  void put(Id128 id) {
    put(id.low);
    put(id.high);
  }
  const std::vector<std::uint8_t>& all() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

std::uint64_t word(const Hash256& hash, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i)
    value |= static_cast<std::uint64_t>(hash.bytes[at + i]) << (8 * i);
  return value;
}

/// A UUID of version 8 whose first 48 bits are given.
Id128 uuid(std::uint64_t first_48_bits, const Hash256& hash) {
  return {.high = (first_48_bits << 16U) | 0x8000U | (word(hash, 0) & 0x0FFFU),
          .low = 0x8000'0000'0000'0000U | (word(hash, 8) >> 2U)};
}

std::int64_t seconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}

}  // namespace

Id128 derived_id(const ServiceRecord& record, const Hash256& salt) {
  Bytes bytes{"jiedui-record-id-v1"};
  bytes.put(record.need);
  bytes.put(record.activity);
  bytes.put(record.organisation);
  std::uint64_t milliseconds = 0;
  if (!record.intervals.empty()) {
    const Instant begins =
        std::min_element(record.intervals.begin(), record.intervals.end())->begins;
    bytes.put(seconds_of(begins));
    milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(seconds_of(begins), 0)) * 1000;
  }
  return uuid(milliseconds, keyed_blake2b(salt, bytes.all()));
}

Id128 answer_id(EntryKind kind, Id128 answered) {
  Bytes bytes{"jiedui-answer-id-v1"};
  bytes.put(static_cast<std::uint64_t>(kind));
  bytes.put(answered);
  return uuid(answered.high >> 16U, blake2b(bytes.all()));
}

Id128 successor_id(Id128 record) {
  Bytes bytes{"jiedui-successor-id-v1"};
  bytes.put(record);
  return uuid(record.high >> 16U, blake2b(bytes.all()));
}

Id128 part_id(Id128 record, std::uint32_t reason) {
  Bytes bytes{"jiedui-part-id-v1"};
  bytes.put(record);
  bytes.put(std::uint64_t{reason});
  return uuid(record.high >> 16U, blake2b(bytes.all()));
}

Id128 rest_id(Id128 taken_back) {
  constexpr std::uint32_t rest = 5;  // no part of a record waits for this reason
  return part_id(taken_back, rest);
}

Id128 time_bank_account(const Hash256& salt, std::string_view bank, std::uint32_t role,
                        std::string_view partner) {
  Bytes bytes{"jiedui-time-bank-account-v1"};
  bytes.put(bank);
  bytes.put(std::uint64_t{role});
  bytes.put(partner);
  const Hash256 hash = keyed_blake2b(salt, bytes.all());
  return uuid(word(hash, 24) >> 16U, hash);
}

RecordDetails details_of(const ServiceRecord& record, const Hash256& salt) {
  RecordDetails details{record, salt};
  details.record.id = {};
  details.record.volunteer.clear();
  details.record.source = ServiceRecord{}.source;
  details.record.served = counted_seconds(record);
  for (auto* intervals : {&details.record.intervals, &details.record.planned,
                          &details.record.breaks, &details.record.travel})
    *intervals = united(std::move(*intervals));
  return details;
}

namespace {

/// What the first layout had no place for.
bool is_of_version_2(const ServiceRecord& record) {
  return !record.planned.empty() || !record.breaks.empty() || !record.travel.empty() ||
         !record.co_organisers.empty() || record.people_served != 0 ||
         record.evidence != RecordEvidence{};
}

void put(Bytes& bytes, const std::vector<ServiceInterval>& intervals) {
  for (const auto& [begins, ends] : intervals) {
    bytes.put(seconds_of(begins));
    bytes.put(seconds_of(ends));
  }
}

void put_version_2(Bytes& bytes, const ServiceRecord& record) {
  for (const auto* intervals : {&record.planned, &record.breaks, &record.travel}) {
    const auto set = united(*intervals);
    bytes.put(std::uint64_t{set.size()});
    put(bytes, set);
  }
  bytes.put(std::uint64_t{record.co_organisers.size()});
  for (const std::string& other : record.co_organisers) bytes.put(other);
  bytes.put(record.people_served);
  const RecordEvidence& evidence = record.evidence;
  for (const std::string& text :
       {evidence.document, evidence.device, evidence.time_code, evidence.reason})
    bytes.put(text);
  bytes.put(std::int64_t{evidence.position.latitude});
  bytes.put(std::int64_t{evidence.position.longitude});
}

}  // namespace

Hash256 commitment_to(const ServiceRecord& record, const Hash256& salt) {
  const bool version_2 = is_of_version_2(record);
  Bytes bytes{version_2 ? "jiedui-record-v2" : "jiedui-record-v1"};
  for (const std::string& text :
       {record.volunteer, record.need, record.activity, record.organisation, record.place,
        record.item, record.beneficiary, record.recorded_by})
    bytes.put(text);
  bytes.put(static_cast<std::uint64_t>(record.source));
  bytes.put(std::int64_t{counted_seconds(record).count()});
  const auto intervals = united(record.intervals);
  if (version_2) {
    bytes.put(std::uint64_t{intervals.size()});
    put(bytes, intervals);
    put_version_2(bytes, record);
  } else {
    put(bytes, intervals);
  }
  return keyed_blake2b(salt, bytes.all());
}

Hash256 commitment_to(const AnswerDetails& answer) {
  Bytes bytes{"jiedui-answer-v1"};
  bytes.put(answer.by);
  return keyed_blake2b(answer.salt, bytes.all());
}

}  // namespace jiedui::detail
