#include "jiedui/wire/network_files.hpp"

#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "wire/source.hpp"

namespace jiedui {

namespace {

using Paths = std::array<std::filesystem::path CsvFiles::*, entity_count>;
/// In the order of Entity.
constexpr Paths paths = {&CsvFiles::places,        &CsvFiles::organisations, &CsvFiles::households,
                         &CsvFiles::beneficiaries, &CsvFiles::volunteers,    &CsvFiles::activities,
                         &CsvFiles::catalogue,     &CsvFiles::needs,         &CsvFiles::edges};

/// Problems of several sources; all are counted, the first 1,000 listed.
struct Problems {
  std::vector<Problem> listed;
  std::int64_t count = 0;

  void add(std::vector<Problem> more, std::int64_t more_count) {
    count += more_count;
    for (Problem& problem : more)
      if (listed.size() < listed_problems_max) listed.push_back(std::move(problem));
  }
};

/// CSV tables on their way into a network.
class Reading {
 public:
  Reading(const CsvFiles& files, CsvOptions options) {
    options.dictionaries = true;
    bool header_bad = false;
    for (std::size_t i = 0; i < entity_count; ++i) {
      const std::filesystem::path& path = files.*paths[i];
      if (path.empty()) continue;
      CsvTable read = read_csv_table(path, options);
      // The problems of the header come first in each file.
      header_bad |= !read.problems.empty() && read.problems.listed().front().row == 1;
      // Two files may have one name in two folders; problems must tell them apart.
      if (find(read.table.name) != nullptr) {
        read.table.name.append(" (").append(table_names[i]).append(")");
        std::vector<Problem> renamed = read.problems.listed();
        for (Problem& problem : renamed) problem.table = read.table.name;
        problems_.add(std::move(renamed), read.problems.count());
      } else {
        problems_.add(read.problems.listed(), read.problems.count());
      }
      files_.push_back({read.table.name, std::move(read.records)});
      builder_.add(static_cast<Entity>(i), std::move(read.table));
    }
    if (header_bad) refuse();
  }

  Network build() {
    std::optional<Network> network;
    try {
      network = builder_.build();
    } catch (const InputError& error) {
      add(error.problems(), error.problem_count());
    }
    if (problems_.count > 0) refuse();
    return *std::move(network);
  }

  NetworkBuilder::GoodRows keep_good_rows() {
    NetworkBuilder::GoodRows rows = builder_.keep_good_rows();
    add(std::move(rows.problems), rows.problem_count);
    rows.problems = std::move(problems_.listed);
    rows.problem_count = problems_.count;
    rows.bad_rows = problem_table(rows.problems);
    return rows;
  }

 private:
  struct File {
    std::string name;
    std::vector<std::int64_t> records;  ///< as CsvTable::records
  };

  const File* find(const std::string& name) const {
    for (const File& file : files_)
      if (file.name == name) return &file;
    return nullptr;
  }

  /// Adds problems of the builder, which counts the rows that it got; users count records.
  void add(std::vector<Problem> problems, std::int64_t count) {
    constexpr std::int64_t first_row = 2;
    for (Problem& problem : problems) {
      const File* file = find(problem.table);
      if (file == nullptr || file->records.empty() || problem.row < first_row) continue;
      const auto index = static_cast<std::size_t>(problem.row - first_row);
      JIEDUI_CHECK(index < file->records.size());
      problem.row = file->records[index];
    }
    problems_.add(std::move(problems), count);
  }

  [[noreturn]] void refuse() const { throw InputError(problems_.listed, problems_.count); }

  NetworkBuilder builder_;
  std::vector<File> files_;
  Problems problems_;
};

std::string folder_name(const std::filesystem::path& folder) {
  return wire::shown_name(folder.has_filename() ? folder : folder.parent_path());
}

std::string file_name(std::size_t table) {
  return std::string(table_names[table]).append(".csv");
}

}  // namespace

Network read_csv(const CsvFiles& files, const CsvOptions& options) {
  return Reading(files, options).build();
}

NetworkBuilder::GoodRows read_csv_good_rows(const CsvFiles& files, const CsvOptions& options) {
  return Reading(files, options).keep_good_rows();
}

CsvFiles csv_files(const std::filesystem::path& folder) {
  CsvFiles files;
  bool any = false;
  for (std::size_t i = 0; i < entity_count; ++i) {
    const std::filesystem::path path = folder / file_name(i);
    std::error_code ignored;
    const auto kind = std::filesystem::symlink_status(path, ignored).type();
    if (kind == std::filesystem::file_type::not_found) continue;
    if (kind == std::filesystem::file_type::symlink)
      throw Error({.code = "file_not_regular",
                   .place = file_name(i),
                   .message = "the file is a symbolic link",
                   .allowed = "regular files",
                   .way_out = "put the file itself into the folder, or name it in CsvFiles"});
    files.*paths[i] = path;
    any = true;
  }
  if (!any)
    throw Error({.code = "file_missing",
                 .place = folder_name(folder),
                 .message = "the folder has none of the files of a network",
                 .allowed = "volunteers.csv, needs.csv and the others of docs/formats.md",
                 .way_out = "check the folder and the names of the files"});
  return files;
}

Network read_csv_folder(const std::filesystem::path& folder, const CsvOptions& options) {
  return read_csv(csv_files(folder), options);
}

void write_csv(const Network& network, const std::filesystem::path& folder, Personal personal) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Error({.code = "file_unwritable",
                 .place = folder_name(folder),
                 .message = error.message(),
                 .way_out = "name a folder that can be made"});
  for (std::size_t i = 0; i < entity_count; ++i)
    write_csv(network.table(static_cast<Entity>(i), personal), folder / file_name(i));
}

}  // namespace jiedui
