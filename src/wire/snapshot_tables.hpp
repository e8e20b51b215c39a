#pragma once

#include <span>
#include <string>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/network/network.hpp"
#include "jiedui/wire/jiedui.capnp.h"

namespace jiedui::wire {

/// How many words the tables take, about.
std::size_t words_of(std::span<const Table> tables);
/// @throws Error "table_invalid", "cell_invalid", "snapshot_too_large".
void write_tables(std::span<const Table> tables, schema::Tables::Builder out);
/// @throws Error "snapshot_invalid" naming `name`, and kj::Exception.
std::vector<Table> read_tables(schema::Tables::Reader in, const std::string& name);
/// @throws Error "snapshot_invalid", InputError.
Network network_from(std::vector<Table> tables, const std::string& name);

std::size_t words_of(const TextColumn& texts);
void write_texts(const TextColumn& texts, schema::Texts::Builder out, const std::string& place);
TextColumn read_texts(schema::Texts::Reader in, const std::string& name);

}  // namespace jiedui::wire
