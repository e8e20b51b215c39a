#pragma once

#include <string>

#include "jiedui/wire/jiedui.capnp.h"
#include "jiedui/wire/snapshot.hpp"

namespace jiedui::wire {

std::size_t words_of(const EntryRun& run);
/// @throws Error "chain_broken" if the entries do not follow their head, "snapshot_too_large".
void write_entries(const EntryRun& run, schema::EntryRun::Builder out);
/// @throws Error "snapshot_invalid", "chain_broken" naming `name`, and kj::Exception.
EntryRun read_entries(schema::EntryRun::Reader in, const std::string& name);

}  // namespace jiedui::wire
