#include "wire/snapshot_entries.hpp"

#include <algorithm>

#include "wire/frame.hpp"

namespace jiedui::wire {

namespace {

template <class Group>
void set_id(Group group, Id128 id) {
  group.setHigh(id.high);
  group.setLow(id.low);
}

template <class Group>
Id128 id_of(Group group) {
  return {.high = group.getHigh(), .low = group.getLow()};
}

kj::ArrayPtr<const kj::byte> bytes_of(const Hash256& hash) {
  return kj::arrayPtr(hash.bytes.data(), hash.bytes.size());
}

Hash256 hash_of(capnp::Data::Reader data, const std::string& name) {
  Hash256 hash;
  if (data.size() != hash.bytes.size()) snapshot_invalid(name, "a hash does not have 32 bytes");
  std::copy(data.begin(), data.end(), hash.bytes.begin());
  return hash;
}

void write_head(const ChainHead& head, schema::ChainHead::Builder out) {
  set_id(out.initBook(), head.book);
  out.setCount(head.count);
  out.setHash(bytes_of(head.hash));
  out.setBookedNanoseconds(head.booked.time_since_epoch().count());
}

ChainHead read_head(schema::ChainHead::Reader in, const std::string& name) {
  return {.book = id_of(in.getBook()),
          .count = in.getCount(),
          .hash = hash_of(in.getHash(), name),
          .booked = BookedTime(std::chrono::nanoseconds(in.getBookedNanoseconds()))};
}

void write_entry(const Entry& entry, schema::Entry::Builder out) {
  out.setNumber(entry.number);
  out.setKind(static_cast<std::uint16_t>(entry.kind));
  out.setLinked(entry.linked);
  set_id(out.initId(), entry.id);
  set_id(out.initDebit(), entry.debit);
  set_id(out.initCredit(), entry.credit);
  set_id(out.initAnswers(), entry.answers);
  set_id(out.initReference(), entry.reference);
  out.setAmount(entry.amount);
  out.setReleased(entry.released);
  out.setUnit(entry.unit.value());
  out.setCode(entry.code);
  out.setReason(entry.reason);
  out.setTimeoutSeconds(static_cast<std::uint32_t>(entry.timeout.count()));
  out.setHappenedSeconds(entry.happened.time_since_epoch().count());
  out.setBookedNanoseconds(entry.booked.time_since_epoch().count());
  out.setHasDebitsOverCreditsMax(entry.limits.debits_over_credits_max.has_value());
  out.setHasCreditsOverDebitsMax(entry.limits.credits_over_debits_max.has_value());
  out.setDebitsOverCreditsMax(entry.limits.debits_over_credits_max.value_or(0));
  out.setCreditsOverDebitsMax(entry.limits.credits_over_debits_max.value_or(0));
  if (!entry.commitment.is_zero()) out.setCommitment(bytes_of(entry.commitment));
}

Entry read_entry(schema::Entry::Reader in, const std::string& name) {
  Entry entry;
  entry.number = in.getNumber();
  entry.kind = static_cast<EntryKind>(in.getKind());
  entry.linked = in.getLinked();
  entry.id = id_of(in.getId());
  entry.debit = id_of(in.getDebit());
  entry.credit = id_of(in.getCredit());
  entry.answers = id_of(in.getAnswers());
  entry.reference = id_of(in.getReference());
  entry.amount = in.getAmount();
  entry.released = in.getReleased();
  const std::optional<Unit> unit = Unit::from_value(in.getUnit());
  if (!unit) snapshot_invalid(name, "an entry has an unknown unit");
  entry.unit = *unit;
  entry.code = in.getCode();
  entry.reason = in.getReason();
  entry.timeout = std::chrono::seconds(in.getTimeoutSeconds());
  entry.happened = Instant(std::chrono::seconds(in.getHappenedSeconds()));
  entry.booked = BookedTime(std::chrono::nanoseconds(in.getBookedNanoseconds()));
  if (in.getHasDebitsOverCreditsMax())
    entry.limits.debits_over_credits_max = in.getDebitsOverCreditsMax();
  if (in.getHasCreditsOverDebitsMax())
    entry.limits.credits_over_debits_max = in.getCreditsOverDebitsMax();
  if (const auto commitment = in.getCommitment(); commitment.size() > 0)
    entry.commitment = hash_of(commitment, name);
  if (read_canonical(canonical_bytes(entry)) != entry)
    snapshot_invalid(name, "an entry contradicts itself");
  return entry;
}

[[noreturn]] void chain_broken(const std::string& name, std::uint64_t entry) {
  throw Error({.code = "chain_broken",
               .place = name + " entry " + std::to_string(entry),
               .message = "the entries do not form the chain between their heads",
               .allowed = "entries as they were booked, without a gap",
               .way_out = "fetch them from the book again"});
}

/// The head behind the entries.
ChainHead follow(const EntryRun& run, const std::string& name) {
  ChainHead head = run.before;
  for (const Entry& entry : run.entries) {
    if (entry.number != head.count + 1 || entry.booked <= head.booked)
      chain_broken(name, entry.number);
    head = next_head(head, entry);
  }
  return head;
}

}  // namespace

std::size_t words_of(const EntryRun& run) {
  return 64 + run.entries.size() * 36;
}

void write_entries(const EntryRun& run, schema::EntryRun::Builder out) {
  // A list of structures counts words, so that fewer items fit than into other lists.
  check_list(words_of(run), "entries");
  const ChainHead after = follow(run, "entries");
  write_head(run.before, out.initBefore());
  auto entries = out.initEntries(static_cast<unsigned>(run.entries.size()));
  for (unsigned i = 0; i < entries.size(); ++i) write_entry(run.entries[i], entries[i]);
  write_head(after, out.initAfter());
}

EntryRun read_entries(schema::EntryRun::Reader in, const std::string& name) {
  EntryRun run;
  run.before = read_head(in.getBefore(), name);
  for (const auto entry : in.getEntries()) run.entries.push_back(read_entry(entry, name));
  if (follow(run, name) != read_head(in.getAfter(), name))
    chain_broken(name, run.before.count + run.entries.size());
  return run;
}

}  // namespace jiedui::wire
