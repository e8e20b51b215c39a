#pragma once

#include "jiedui/hours/directory.hpp"
#include "jiedui/ledger/entry.hpp"

namespace jiedui::detail {

/// The id under which a record without one is booked: a UUID of version 8 (RFC 9562, section 5.8)
/// that begins with the time of service, so that ids rise with it, and goes on with a hash that
/// only the holder of the volunteer's salt can make. What identifies a service is the need, the
/// activity, the organisation and the begin; not how long it took.
Id128 derived_id(const ServiceRecord& record, const Hash256& salt);

/// The id of the answer of one kind to an entry: each entry has one at most.
Id128 answer_id(EntryKind kind, Id128 answered);
/// The id of the record that takes the place of another.
Id128 successor_id(Id128 record);

/// The id of a further part of a record, which tells apart what it waits for.
Id128 part_id(Id128 record, std::uint32_t reason);

/// The id of what a dispute leaves of a part, by the entry that it takes back.
Id128 rest_id(Id128 taken_back);

/// The account that a party has in a time bank, in one role; with whom, where it has several.
Id128 time_bank_account(const Hash256& salt, std::string_view bank, std::uint32_t role,
                        std::string_view partner);

/// What a directory keeps of a record.
RecordDetails details_of(const ServiceRecord& record, const Hash256& salt);

/// The commitment to a record's details under their salt, and to who answered one.
Hash256 commitment_to(const ServiceRecord& record, const Hash256& salt);
Hash256 commitment_to(const AnswerDetails& answer);

}  // namespace jiedui::detail
