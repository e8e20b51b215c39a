#pragma once

#include <memory>

#include "jiedui/hours/directory.hpp"
#include "store/connection.hpp"

namespace jiedui::detail {

/// A directory in the store's file, in the same transactions as the entries.
class SqliteDirectory final : public Directory {
 public:
  explicit SqliteDirectory(std::shared_ptr<Connection> connection);

  std::optional<Party> find(PartyKind kind, std::string_view external_id) override;
  std::optional<PartyName> name_of(Id128 party) override;
  void add(PartyKind kind, std::string_view external_id, const Party& party) override;
  void remove(PartyKind kind, std::string_view external_id) override;
  std::optional<RecordDetails> find_record(Id128 entry) override;
  void save_record(Id128 entry, const RecordDetails& details) override;
  void remove_record(Id128 entry) override;
  std::optional<AnswerDetails> find_answer(Id128 entry) override;
  void save_answer(Id128 entry, const AnswerDetails& details) override;
  void remove_answer(Id128 entry) override;
  std::optional<TimeBankMember> find_member(std::string_view bank, std::string_view id) override;
  void save_member(std::string_view bank, const TimeBankMember& member) override;
  void remove_member(std::string_view bank, std::string_view id) override;
  void read_members(std::string_view bank, const MemberVisitor& visit) override;
  std::vector<std::string> banks_naming(std::string_view id) override;
  std::optional<AttestationRecord> find_attestation(Id128 id) override;
  void save_attestation(const AttestationRecord& attestation) override;
  void read_attestations(std::string_view volunteer, const AttestationVisitor& visit) override;
  std::optional<Revocation> find_revocation(std::string_view key_mark, Id128 attestation) override;
  void save_revocation(std::string_view key_mark, const Revocation& revocation) override;
  std::vector<Revocation> revocations_of(std::string_view key_mark) override;
  void forget(std::string_view person) override;

 private:
  void remove(Prepared& statement, Id128 entry);
  std::shared_ptr<Connection> connection_;
  Prepared party_, name_, add_party_, drop_party_, record_, put_record_, drop_record_, answer_,
      put_answer_, drop_answer_, member_, put_member_;
};

}  // namespace jiedui::detail
