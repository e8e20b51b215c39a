#include "jiedui/hours/directory.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "jiedui/ledger/detail/id_hash.hpp"

namespace jiedui {

Directory::~Directory() = default;

struct MemoryDirectory::State {
  template <class Value>
  using ById = std::unordered_map<Id128, Value, detail::IdHash>;
  std::map<std::pair<PartyKind, std::string>, Party, std::less<>> parties;
  ById<PartyName> names;
  ById<RecordDetails> records;
  ById<AnswerDetails> answers;
  std::map<std::string, std::map<std::string, TimeBankMember, std::less<>>, std::less<>> banks;
  ById<AttestationRecord> attestations;
  std::map<std::string, std::map<Id128, Revocation>, std::less<>> revocations;  // by key mark

  auto find(PartyKind kind, std::string_view external_id) {
    return parties.find(std::pair{kind, std::string(external_id)});
  }
  template <class Value>
  static std::optional<Value> in(const ById<Value>& values, Id128 id) {
    const auto at = values.find(id);
    return at == values.end() ? std::nullopt : std::optional(at->second);
  }
};

MemoryDirectory::MemoryDirectory() : state_(std::make_unique<State>()) {}
MemoryDirectory::~MemoryDirectory() = default;

std::optional<Party> MemoryDirectory::find(PartyKind kind, std::string_view external_id) {
  const auto at = state_->find(kind, external_id);
  return at == state_->parties.end() ? std::nullopt : std::optional(at->second);
}

std::optional<PartyName> MemoryDirectory::name_of(Id128 party) {
  return State::in(state_->names, party);
}

void MemoryDirectory::add(PartyKind kind, std::string_view external_id, const Party& party) {
  state_->parties.emplace(std::pair{kind, std::string(external_id)}, party);
  state_->names.emplace(party.id, PartyName{kind, std::string(external_id)});
}

void MemoryDirectory::remove(PartyKind kind, std::string_view external_id) {
  const auto at = state_->find(kind, external_id);
  if (at == state_->parties.end()) return;
  state_->names.erase(at->second.id);
  state_->parties.erase(at);
}

std::optional<RecordDetails> MemoryDirectory::find_record(Id128 entry) {
  return State::in(state_->records, entry);
}
void MemoryDirectory::save_record(Id128 entry, const RecordDetails& details) {
  state_->records[entry] = details;
}
void MemoryDirectory::remove_record(Id128 entry) {
  state_->records.erase(entry);
}

std::optional<AnswerDetails> MemoryDirectory::find_answer(Id128 entry) {
  return State::in(state_->answers, entry);
}
void MemoryDirectory::save_answer(Id128 entry, const AnswerDetails& details) {
  state_->answers[entry] = details;
}
void MemoryDirectory::remove_answer(Id128 entry) {
  state_->answers.erase(entry);
}

std::optional<TimeBankMember> MemoryDirectory::find_member(std::string_view bank,
                                                           std::string_view id) {
  const auto members = state_->banks.find(bank);
  if (members == state_->banks.end()) return std::nullopt;
  const auto at = members->second.find(id);
  return at == members->second.end() ? std::nullopt : std::optional(at->second);
}
void MemoryDirectory::save_member(std::string_view bank, const TimeBankMember& member) {
  state_->banks[std::string(bank)][member.id] = member;
}
void MemoryDirectory::remove_member(std::string_view bank, std::string_view id) {
  const auto members = state_->banks.find(bank);
  if (members != state_->banks.end()) members->second.erase(std::string(id));
}
void MemoryDirectory::read_members(std::string_view bank, const MemberVisitor& visit) {
  const auto members = state_->banks.find(bank);
  if (members == state_->banks.end()) return;
  for (const auto& [id, member] : members->second)
    if (!visit(member)) return;
}
std::vector<std::string> MemoryDirectory::banks_naming(std::string_view id) {
  std::vector<std::string> names;
  for (const auto& [name, members] : state_->banks)
    if (std::any_of(members.begin(), members.end(), [&](const auto& entry) {
          const TimeBankMember& member = entry.second;
          return member.id == id || member.guardian == id || member.household == id;
        }))
      names.push_back(name);
  return names;
}

std::optional<AttestationRecord> MemoryDirectory::find_attestation(Id128 id) {
  return State::in(state_->attestations, id);
}
void MemoryDirectory::save_attestation(const AttestationRecord& attestation) {
  state_->attestations[attestation.id] = attestation;
}
void MemoryDirectory::read_attestations(std::string_view volunteer,
                                        const AttestationVisitor& visit) {
  std::vector<const AttestationRecord*> found;
  for (const auto& [id, attestation] : state_->attestations)
    if (volunteer.empty() || attestation.volunteer == volunteer) found.push_back(&attestation);
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return std::tie(a->issued, a->id) < std::tie(b->issued, b->id);
  });
  for (const AttestationRecord* attestation : found)
    if (!visit(*attestation)) return;
}
std::optional<Revocation> MemoryDirectory::find_revocation(std::string_view key_mark,
                                                           Id128 attestation) {
  const auto of_key = state_->revocations.find(key_mark);
  if (of_key == state_->revocations.end()) return std::nullopt;
  const auto at = of_key->second.find(attestation);
  return at == of_key->second.end() ? std::nullopt : std::optional(at->second);
}
void MemoryDirectory::save_revocation(std::string_view key_mark, const Revocation& revocation) {
  state_->revocations[std::string(key_mark)][revocation.attestation] = revocation;
}
std::vector<Revocation> MemoryDirectory::revocations_of(std::string_view key_mark) {
  std::vector<Revocation> all;
  if (const auto of_key = state_->revocations.find(key_mark); of_key != state_->revocations.end())
    for (const auto& [id, revocation] : of_key->second) all.push_back(revocation);
  return all;
}

void MemoryDirectory::forget(std::string_view person) {
  for (auto& [entry, details] : state_->records)
    for (std::string* name : {&details.record.beneficiary, &details.record.recorded_by})
      if (*name == person) {
        name->clear();
        details.salt = {};
      }
  std::erase_if(state_->answers, [&](const auto& answer) { return answer.second.by == person; });
  for (auto& [name, members] : state_->banks)
    for (auto& [id, member] : members)
      for (std::string* named : {&member.guardian, &member.household})
        if (*named == person) named->clear();
  for (auto& [id, attestation] : state_->attestations)
    if (attestation.volunteer == person) {
      attestation.volunteer.clear();
      attestation.text.clear();
    }
}

}  // namespace jiedui
