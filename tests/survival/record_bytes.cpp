#include "survival/record_bytes.hpp"

#include <stdexcept>

namespace jiedui::test {

namespace {

// https://sqlite.org/fileformat2.html
enum PageKind : unsigned { inner_index = 2, inner_table = 5, leaf_index = 10, leaf_table = 13 };

class Walk {
 public:
  explicit Walk(const std::string& file) : file_(file), page_bytes_(number(16, 2)) {}

  void page(std::size_t number_of_page, std::vector<RecordBytes>& found) const {
    const std::size_t begin = (number_of_page - 1) * page_bytes_;
    const std::size_t head = number_of_page == 1 ? 100 : begin;
    const unsigned kind = byte(head);
    const bool inner = kind == inner_index || kind == inner_table;
    if (!inner && kind != leaf_index && kind != leaf_table) throw std::runtime_error("no b-tree");
    const std::size_t cells = number(head + 3, 2);
    for (std::size_t i = 0; i < cells; ++i) {
      std::size_t at = begin + number(head + (inner ? 12 : 8) + 2 * i, 2);
      if (inner) {
        page(number(at, 4), found);
        at += 4;
      }
      if (kind == inner_table) continue;
      const std::size_t bytes = variable(at);
      if (kind == leaf_table) variable(at);  // the row's number
      std::size_t body = at;
      const std::size_t header_bytes = variable(body);
      found.push_back({.header = at, .body = at + header_bytes, .end = at + bytes});
    }
    if (inner) page(number(head + 8, 4), found);
  }

  /// The root page of a table, from the schema's rows (type, name, tbl_name, rootpage, sql).
  std::size_t root_of(const std::string& table) const {
    std::vector<RecordBytes> rows;
    page(1, rows);
    for (const RecordBytes& row : rows) {
      std::size_t at = row.header;
      variable(at);
      const std::size_t type = text_bytes(variable(at));
      const std::size_t name = text_bytes(variable(at));
      const std::size_t of_table = text_bytes(variable(at));
      const std::size_t root_bytes = variable(at);
      const bool is_table = file_.compare(row.body, type, "table") == 0;
      if (is_table && file_.compare(row.body + type, name, table) == 0)
        return number(row.body + type + name + of_table, root_bytes);
    }
    throw std::runtime_error("there is no table " + table);
  }

 private:
  static std::size_t text_bytes(std::size_t type) { return (type - 13) / 2; }
  unsigned byte(std::size_t at) const { return static_cast<unsigned char>(file_.at(at)); }
  std::size_t number(std::size_t at, std::size_t bytes) const {
    std::size_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8U | byte(at + i);
    return value;
  }
  std::size_t variable(std::size_t& at) const {
    std::size_t value = 0;
    unsigned next = 0x80;
    while ((next & 0x80U) != 0) {
      next = byte(at++);
      value = value << 7U | (next & 0x7FU);
    }
    return value;
  }

  const std::string& file_;
  std::size_t page_bytes_;
};

}  // namespace

std::vector<RecordBytes> records_of(const std::string& file, const std::string& table) {
  const Walk walk{file};
  std::vector<RecordBytes> found;
  walk.page(walk.root_of(table), found);
  return found;
}

}  // namespace jiedui::test
