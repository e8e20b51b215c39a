#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/service_record.hpp"
#include "jiedui/hours/statement.hpp"
#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// What became of a part of a record, and of the whole.
enum class RecordState : std::uint8_t {
  claimed = 1,           ///< waits to be confirmed
  confirmed = 2,         ///< counts
  partly_confirmed = 3,  ///< some of it counts
  declined = 4,          ///< or expired
  corrected = 5,         ///< counted once, and was taken back
};
/// "partly_confirmed".
JIEDUI_API std::string_view to_string(RecordState state);

/// Seconds of a record that are booked, and decided on, together.
struct RecordPart {
  Id128 entry;
  Approver approver = Approver::automatic;  ///< who has to confirm it; automatic: it counts at once
  bool disputed = false;
  RecordState state = RecordState::claimed;
  Seconds seconds;    ///< booked or claimed
  Seconds confirmed;  ///< of these, those that count
  BookedTime booked;
  std::optional<BookedTime> answered;  ///< when it was confirmed, declined, expired or corrected
  std::string answered_by;             ///< empty where nobody was named, or was erased
  std::uint32_t reason = 0;            ///< of the answer; a HoursReason
};

/// A record from its claim to its correction.
struct RecordHistory {
  ServiceRecord record;
  Instant happened;  ///< when it began, or was booked if that is unknown
  RecordState state = RecordState::claimed;
  Hours hours;
  std::vector<RecordPart> parts;
};

/// A claim that waits for somebody.
struct InboxItem {
  Id128 record;
  Id128 part;  ///< the claim, for `confirm`, `decline` or `settle`
  std::string volunteer, organisation;
  std::vector<std::string> co_organisers;
  RecordSource source = RecordSource::organisation;
  Instant happened;
  Seconds seconds;
  Approver approver = Approver::automatic;
  bool disputed = false;
  /// Records of the volunteer that cover the disputed seconds now. Whoever is named by the
  /// organisation of either, or by one above it, can settle.
  std::vector<Id128> disputed_with;
  BookedTime claimed;
  std::optional<BookedTime> expires;
};

}  // namespace jiedui
