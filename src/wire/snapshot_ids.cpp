#include "wire/snapshot_ids.hpp"

#include "wire/table_check.hpp"

namespace jiedui::wire {

void write_ids(schema::Texts::Builder out, TextColumn texts, const char* place) {
  const Table table{.name = "plan",
                    .columns = {{.name = place, .cells = std::move(texts), .present = {}}}};
  check_texts(table);
  write_texts(std::get<TextColumn>(table.columns.front().cells), out, place);
}

std::vector<std::string> read_ids(schema::Texts::Reader in, const std::string& name) {
  const TextColumn texts = read_texts(in, name);
  if (!are_utf8(texts)) snapshot_invalid(name, "an id is not UTF-8");
  std::vector<std::string> ids;
  ids.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) ids.emplace_back(texts[i]);
  return ids;
}

}  // namespace jiedui::wire
