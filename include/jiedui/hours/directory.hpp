#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/hours/revocation.hpp"
#include "jiedui/hours/service_record.hpp"
#include "jiedui/hours/time_bank_member.hpp"
#include "jiedui/ledger/hash.hpp"

namespace jiedui {

/// What an external id in the books names. Numbers are never reused.
enum class PartyKind : std::uint8_t {
  volunteer = 1,     ///< has an account: hours given
  organisation = 2,  ///< has an account: hours it was given; the empty id is the book's own
  need = 3,          ///< a reference
  activity = 4,      ///< a reference
};

/// What stands for an external id on the chain.
struct Party {
  Id128 id;      ///< of its account, or as a reference
  Hash256 salt;  ///< secret: what is derived from the external id is keyed with it
};

struct PartyName {
  PartyKind kind;
  std::string external_id;
  friend bool operator==(const PartyName&, const PartyName&) = default;
};

/// What a service record says beside volunteer, source and amount.
struct RecordDetails {
  /// With `id`, `volunteer` and `source` left empty, `served` the seconds that it counts and sets
  /// of intervals united. `served` is 0 where a store of schema 1 left it to the entry.
  ServiceRecord record;
  /// Opens the entry's commitment; zero once a part of the details was erased.
  Hash256 salt;
  friend bool operator==(const RecordDetails&, const RecordDetails&) = default;
};

/// Who confirmed, declined or corrected a record.
struct AnswerDetails {
  std::string by;
  Hash256 salt;
  friend bool operator==(const AnswerDetails&, const AnswerDetails&) = default;
};

/// An attestation that was issued. Volunteer and text are empty once the person was erased.
struct AttestationRecord {
  Id128 id;
  std::string volunteer;  ///< external id
  Instant issued;
  std::string key_mark;  ///< the first 16 hexadecimal digits of the issuer's public key
  std::string text;      ///< as it was handed out
  friend bool operator==(const AttestationRecord&, const AttestationRecord&) = default;
};

/// Is given one attestation after the other until it answers false.
using AttestationVisitor = std::function<bool(const AttestationRecord&)>;

/// Everything about people that the chain must not hold: it can be erased while the books stay as
/// they are. A journal on disk keeps it in the same transaction as its entries.
class JIEDUI_API Directory {
 public:
  Directory() = default;
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  virtual ~Directory();

  virtual std::optional<Party> find(PartyKind kind, std::string_view external_id) = 0;
  virtual std::optional<PartyName> name_of(Id128 party) = 0;
  virtual void add(PartyKind kind, std::string_view external_id, const Party& party) = 0;
  virtual void remove(PartyKind kind, std::string_view external_id) = 0;

  virtual std::optional<RecordDetails> find_record(Id128 entry) = 0;
  virtual void save_record(Id128 entry, const RecordDetails& details) = 0;
  virtual void remove_record(Id128 entry) = 0;

  virtual std::optional<AnswerDetails> find_answer(Id128 entry) = 0;
  virtual void save_answer(Id128 entry, const AnswerDetails& details) = 0;
  virtual void remove_answer(Id128 entry) = 0;

  /// A member of the time bank of that name.
  virtual std::optional<TimeBankMember> find_member(std::string_view bank, std::string_view id) = 0;
  /// Adds a member, or puts what is new about one in its place.
  virtual void save_member(std::string_view bank, const TimeBankMember& member) = 0;
  virtual void remove_member(std::string_view bank, std::string_view id) = 0;
  /// The members of a bank by id. The visitor must not change members.
  virtual void read_members(std::string_view bank, const MemberVisitor& visit) = 0;
  /// The names of the banks of which a member has this id, or names it as guardian or household.
  virtual std::vector<std::string> banks_naming(std::string_view id) = 0;

  virtual std::optional<AttestationRecord> find_attestation(Id128 id) = 0;
  virtual void save_attestation(const AttestationRecord& attestation) = 0;
  /// By time of issue, then id. @param volunteer of whom; empty: of all. The visitor must not
  /// change attestations.
  virtual void read_attestations(std::string_view volunteer, const AttestationVisitor& visit) = 0;
  /// What was said of an attestation under the issuer's key of that mark.
  virtual std::optional<Revocation> find_revocation(std::string_view key_mark,
                                                    Id128 attestation) = 0;
  virtual void save_revocation(std::string_view key_mark, const Revocation& revocation) = 0;
  /// All of one key, by attestation.
  virtual std::vector<Revocation> revocations_of(std::string_view key_mark) = 0;

  /// Blanks a person where others' records name them as served, as recorder or as the one who
  /// answered, and zeroes the salts of these records; and where members of time banks name them as
  /// guardian or household. Of attestations issued to them, volunteer and text go.
  virtual void forget(std::string_view person) = 0;
};

/// A directory in memory.
class JIEDUI_API MemoryDirectory final : public Directory {
 public:
  MemoryDirectory();
  ~MemoryDirectory() override;

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
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
