#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/hours/hours_ledger.hpp"

namespace jiedui {

/// What becomes of credits above the limit of a day.
enum class AboveDailyLimit : std::uint8_t {
  to_pool = 1,
  dropped = 2,  ///< they are not booked
};

/// What became of earned credits; together the seconds that were handed in, less those dropped.
struct Earned {
  Outcome outcome = Outcome::booked;
  std::chrono::seconds kept{0};     ///< on the member's account
  std::chrono::seconds to_pool{0};  ///< above the limit of the day, or of what may be held
  friend bool operator==(const Earned&, const Earned&) = default;
};

/// Somebody who asks for donated time.
struct GrantRequest {
  Id128 id;  ///< of the entry
  std::string member;
  std::chrono::seconds amount{0};  ///< at least 1
  Instant asked{};
  friend bool operator==(const GrantRequest&, const GrantRequest&) = default;
};
struct Grant {
  Id128 request;
  Outcome outcome = Outcome::booked;  ///< `debit_limit_exceeded` when the pool is empty
  std::chrono::seconds granted{0};    ///< may be less than asked
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// How far two time banks may owe each other.
struct PartnerLimits {
  std::chrono::seconds we_owe{0};
  std::chrono::seconds they_owe{0};
  friend bool operator==(const PartnerLimits&, const PartnerLimits&) = default;
};

/// A time bank: credits in seconds, earned by service and spent on help, under a pack's rules.
///
/// Credits are a unit of their own in the books of hours: never money, never hours of service
/// (Regulations on Volunteer Service, State Council Order 685, articles 21 and 25). They come from
/// an account of issue and go back to it, so all accounts of a bank add up to zero after every
/// entry. Limits are also those of the ledger's accounts, which no entry passes. Each movement has
/// an id that the caller chooses; sent again it answers `exists`. On the chain stand accounts whose
/// ids are keyed with the party's secret.
///
/// Amounts are 1 to 2^62 seconds: Error "credits_out_of_range" else. Who is not enrolled: Error
/// "member_unknown". Members are kept with the books and looked up one by one. Not thread-safe.
/// Each movement is durable when it returns, and takes O(1) but for `earn`: O(entries of the
/// account) where a day is limited.
class JIEDUI_API TimeBank {
 public:
  /// @param hours must outlive the bank; days are those of its zone.
  /// @param name of the bank, where the books hold several.
  explicit TimeBank(HoursLedger& hours, const TimeBankRules& rules, std::string_view name = {});
  TimeBank(TimeBank&&) noexcept;
  TimeBank& operator=(TimeBank&&) noexcept;
  ~TimeBank();

  /// Opens the member's account, or answers `exists` and keeps what is new about them.
  /// @return `account_closed` for who has left.
  /// @throws Error "member_invalid" if they are not as TimeBankMember says.
  Outcome enrol(const TimeBankMember& member);
  /// Enrols many, durable together. One outcome a member. @throws Error as for one; then nobody is
  /// enrolled.
  [[nodiscard]] std::vector<Outcome> enrol(std::span<const TimeBankMember> members);
  /// A member as last enrolled, less what named people who were erased; also one who has left.
  std::optional<TimeBankMember> member(std::string_view id);
  /// One row a member, by id: id, organisation (0 or 1), born ("2008-03-06"), guardian, household,
  /// tags (";" between). O(members).
  Table members();

  /// Credits for service that was given; what is above a limit goes to the pool.
  /// @param id of the entry; for service in the books best earned_id.
  Earned earn(Id128 id, std::string_view member, std::chrono::seconds amount, Instant happened,
              AboveDailyLimit above = AboveDailyLimit::to_pool);
  /// The id under which a part of a service record earns (RecordPart::entry): so it earns once.
  static Id128 earned_id(Id128 part);
  /// Credits for help received; down to the credit line.
  /// @param by who spends: for the young their guardian, else empty or the member.
  /// @throws Error "guardian_needed", "organisation_only_donates".
  Outcome spend(Id128 id, std::string_view member, std::chrono::seconds amount, Instant happened,
                std::string_view by = {});
  /// From one member to another. @throws Error as `spend`.
  Outcome give(Id128 id, std::string_view from, std::string_view to, std::chrono::seconds amount,
               Instant happened, std::string_view by = {});
  /// To the pool; only what is held, no credit line. @throws Error "guardian_needed".
  Outcome donate(Id128 id, std::string_view member, std::chrono::seconds amount, Instant happened,
                 std::string_view by = {});
  /// From a member to the pool of the household; only what is held. @throws Error as `spend`,
  /// "household_missing".
  Outcome share(Id128 id, std::string_view member, std::chrono::seconds amount, Instant happened,
                std::string_view by = {});
  /// From the pool of the household to a member of it. @throws Error "household_missing".
  Outcome draw(Id128 id, std::string_view member, std::chrono::seconds amount, Instant happened);

  /// Grants from the pool: by the first of the rules' tags that a member has, without any last; of
  /// equals who asked earlier, then by member and id. Each gets what is asked for, what the
  /// member may still hold or what the pool has, whichever is least. One answer a request, in the
  /// order in which they were taken. O(n log n).
  [[nodiscard]] std::vector<Grant> grant(std::span<const GrantRequest> requests);

  /// Moves credits that have expired to the pool: those not spent within the rules' days after they
  /// came onto a member's account; what was spent was spent from the oldest. Of all members, in one
  /// transaction. O(entries of the members). @return how many seconds.
  std::chrono::seconds advance(Instant now);

  /// An organisation helped another out (G3): what they owe each other, apart from credits.
  Outcome lend(Id128 id, std::string_view lender, std::string_view borrower,
               std::chrono::seconds amount, Instant happened);
  /// What `other` owes an organisation in hands lent; below 0 the other way round.
  std::chrono::seconds lent(std::string_view organisation, std::string_view other);

  /// Agrees with another bank on how far each may owe the other; anew if there was an agreement.
  /// @return `limits_below_balance` if more is owed already.
  Outcome partner(Id128 id, std::string_view bank, const PartnerLimits& limits);
  /// A member here pays for help by a member there. @throws Error as `spend`.
  Outcome send(Id128 id, std::string_view member, std::string_view bank,
               std::chrono::seconds amount, Instant happened, std::string_view by = {});
  /// A member here helped one there: earned, with the limits of `earn`. Without an agreement:
  /// `debit_not_found`.
  Earned receive(Id128 id, std::string_view bank, std::string_view member,
                 std::chrono::seconds amount, Instant happened,
                 AboveDailyLimit above = AboveDailyLimit::to_pool);
  /// What we owe another bank; below 0: what it owes us.
  std::chrono::seconds owed_to(std::string_view bank);

  /// Closes a member's account for good, what is left on it goes to the pool. What is known of the
  /// member stays until HoursLedger::erase. @param by as `donate`. @return `debit_limit_exceeded`
  /// for an account below zero. @throws Error "guardian_needed".
  Outcome leave(Id128 id, std::string_view member, std::string_view by = {});

  /// Takes back a movement that was wrong, whole: of what was earned also the part above a limit.
  /// Correct service in the books by itself. @return `entry_not_found` if it is none of credits.
  Outcome correct(Id128 movement);

  /// Credits of a member; below 0 on credit.
  std::chrono::seconds balance(std::string_view member);
  std::chrono::seconds pool();
  std::chrono::seconds household_pool(std::string_view household);
  /// Issued less spent: what members and pools hold together and what we owe other banks, what they
  /// owe us taken off.
  std::chrono::seconds outstanding();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
