#pragma once

#include <filesystem>

#include "jiedui/network/builder.hpp"
#include "jiedui/wire/csv.hpp"

namespace jiedui {

/// The CSV files of a network; a path left empty means no such table. Without a catalogue the
/// built-in one is used.
struct CsvFiles {
  std::filesystem::path places = {};
  std::filesystem::path organisations = {};
  std::filesystem::path households = {};
  std::filesystem::path beneficiaries = {};
  std::filesystem::path volunteers = {};
  std::filesystem::path activities = {};
  std::filesystem::path catalogue = {};
  std::filesystem::path needs = {};
  std::filesystem::path edges = {};
};

/// Reads a network from CSV files with the columns of docs/formats.md.
///
/// Finds every problem of every file at once, those of form (parse_csv) and those of content
/// (NetworkBuilder); only where a header line cannot be read are the contents not judged. What
/// refers to a record with a problem of form is reported as well. O(bytes + rows · log rows).
/// @throws InputError with all problems; Error as read_csv_table.
JIEDUI_API Network read_csv(const CsvFiles& files, const CsvOptions& options = {});

/// As read_csv, but builds the rows without problems and returns the problems beside the network.
/// @throws InputError where a header line cannot be read; Error as read_csv_table.
JIEDUI_API NetworkBuilder::GoodRows read_csv_good_rows(const CsvFiles& files,
                                                       const CsvOptions& options = {});

/// The files of a folder that have the documented names: places.csv, organisations.csv,
/// households.csv, beneficiaries.csv, volunteers.csv, activities.csv, catalogue.csv, needs.csv,
/// edges.csv. Symbolic links are refused, so that nothing outside the folder is read.
/// @throws Error "file_missing" if there is none of them; "file_not_regular".
JIEDUI_API CsvFiles csv_files(const std::filesystem::path& folder);

/// read_csv(csv_files(folder)).
JIEDUI_API Network read_csv_folder(const std::filesystem::path& folder,
                                   const CsvOptions& options = {});

/// Writes one file for each table into the folder, which is made if need be; files of these names
/// are replaced one by one. Fields that can point to a person are written only if asked for.
/// @throws Error "file_unwritable".
JIEDUI_API void write_csv(const Network& network, const std::filesystem::path& folder,
                          Personal personal = Personal::left_out);

}  // namespace jiedui
