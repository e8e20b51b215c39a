#include "dispatcher.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/wire/csv.hpp"
#include "jiedui/wire/network_files.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "plan.hpp"
#include "values.hpp"

namespace jiedui::python {
namespace {

using Path = std::filesystem::path;
using Size = Whole<std::uint64_t>;
using Tables = std::vector<std::shared_ptr<Table>>;

std::vector<Table> plain(const Tables& tables) {
  std::vector<Table> copies;
  for (const auto& table : tables) copies.push_back(*table);
  return copies;
}

Tables shared(std::vector<Table> tables) {
  Tables made;
  for (Table& table : tables) made.push_back(std::make_shared<Table>(std::move(table)));
  return made;
}

CsvOptions options_of(Encoding encoding, const std::string& separator, bool dictionaries,
                      Size file_bytes_max, Size cell_bytes_max, Size columns_max) {
  if (separator.size() != 1)
    throw Error({.code = "option_invalid",
                 .place = "separator",
                 .message = "a separator is one character",
                 .allowed = "one ASCII character",
                 .way_out = "use ',', ';' or a tab"});
  return {.encoding = encoding,
          .separator = separator[0],
          .dictionaries = dictionaries,
          .file_bytes_max = file_bytes_max,
          .cell_bytes_max = cell_bytes_max,
          .columns_max = columns_max};
}

/// The options of reading CSV, as keyword arguments that follow those of `function`.
template <class Function, class... Arguments>
void def_csv(py::module_& m, const char* name, Function&& function, const char* doc,
             const Arguments&... arguments) {
  const CsvOptions usual;
  m.def(name, std::forward<Function>(function), arguments...,
        py::arg_v("encoding", usual.encoding, "Encoding.automatic"),
        "separator"_a = std::string(1, usual.separator), "dictionaries"_a = usual.dictionaries,
        "file_bytes_max"_a = Size{usual.file_bytes_max},
        "cell_bytes_max"_a = Size{usual.cell_bytes_max}, "columns_max"_a = Size{usual.columns_max},
        doc);
}

using OptionalPath = std::optional<Path>;

CsvFiles files_of(const OptionalPath& places, const OptionalPath& organisations,
                  const OptionalPath& households, const OptionalPath& beneficiaries,
                  const OptionalPath& volunteers, const OptionalPath& activities,
                  const OptionalPath& catalogue, const OptionalPath& needs,
                  const OptionalPath& edges) {
  const Path none;
  return {places.value_or(none),        organisations.value_or(none), households.value_or(none),
          beneficiaries.value_or(none), volunteers.value_or(none),    activities.value_or(none),
          catalogue.value_or(none),     needs.value_or(none),         edges.value_or(none)};
}

/// Binds a reader of the nine files, each a keyword argument.
template <class Read>
void def_reader(py::module_& m, const char* name, Read read, const char* doc) {
  def_csv(
      m, name,
      [read](const OptionalPath& places, const OptionalPath& organisations,
             const OptionalPath& households, const OptionalPath& beneficiaries,
             const OptionalPath& volunteers, const OptionalPath& activities,
             const OptionalPath& catalogue, const OptionalPath& needs, const OptionalPath& edges,
             Encoding encoding, const std::string& separator, bool dictionaries,
             Size file_bytes_max, Size cell_bytes_max, Size columns_max) {
        const CsvFiles files = files_of(places, organisations, households, beneficiaries,
                                        volunteers, activities, catalogue, needs, edges);
        const CsvOptions options = options_of(encoding, separator, dictionaries, file_bytes_max,
                                              cell_bytes_max, columns_max);
        const py::gil_scoped_release unlocked;
        return read(files, options);
      },
      doc, py::kw_only(), "places"_a = py::none(), "organisations"_a = py::none(),
      "households"_a = py::none(), "beneficiaries"_a = py::none(), "volunteers"_a = py::none(),
      "activities"_a = py::none(), "catalogue"_a = py::none(), "needs"_a = py::none(),
      "edges"_a = py::none());
}

std::map<std::string, Path> files_in(const Path& folder) {
  const CsvFiles files = csv_files(folder);
  std::map<std::string, Path> found = {{"places", files.places},
                                       {"organisations", files.organisations},
                                       {"households", files.households},
                                       {"beneficiaries", files.beneficiaries},
                                       {"volunteers", files.volunteers},
                                       {"activities", files.activities},
                                       {"catalogue", files.catalogue},
                                       {"needs", files.needs},
                                       {"edges", files.edges}};
  std::erase_if(found, [](const auto& file) { return file.second.empty(); });
  return found;
}

void bind_csv(py::module_& m) {
  py::native_enum<Encoding>(m, "Encoding", "enum.Enum")
      .value("automatic", Encoding::automatic, DOC("Encoding.automatic"))
      .value("utf8", Encoding::utf8, DOC("Encoding.utf8"))
      .value("gb18030", Encoding::gb18030, DOC("Encoding.gb18030"))
      .finalize();
  py::class_<CsvTable>(m, "CsvTable", DOC("CsvTable"))
      .def_property_readonly(
          "table", [](const CsvTable& self) { return std::make_shared<Table>(self.table); },
          DOC("CsvTable.table"))
      .def_property_readonly(
          "problems",
          [](const CsvTable& self) {
            return std::make_shared<Table>(problem_table(self.problems.listed()));
          },
          DOC("CsvTable.problems"))
      .def_property_readonly(
          "problem_count", [](const CsvTable& self) { return self.problems.count(); },
          "How many problems there are, listed or not.")
      .def_readonly("records", &CsvTable::records, DOC("CsvTable.records"))
      .def("record", &CsvTable::record, "row"_a, "The number of the record of a row.");
  def_csv(
      m, "read_csv_table",
      [](const Path& path, Encoding encoding, const std::string& separator, bool dictionaries,
         Size file_bytes_max, Size cell_bytes_max, Size columns_max) {
        const CsvOptions options = options_of(encoding, separator, dictionaries, file_bytes_max,
                                              cell_bytes_max, columns_max);
        const py::gil_scoped_release unlocked;
        return read_csv_table(path, options);
      },
      DOC("read_csv_table"), "path"_a, py::kw_only());
  def_csv(
      m, "parse_csv",
      [](const py::bytes& data, const std::string& name, Encoding encoding,
         const std::string& separator, bool dictionaries, Size file_bytes_max, Size cell_bytes_max,
         Size columns_max) {
        const CsvOptions options = options_of(encoding, separator, dictionaries, file_bytes_max,
                                              cell_bytes_max, columns_max);
        const std::string_view bytes(data);
        const py::gil_scoped_release unlocked;
        return parse_csv(bytes, name, options);
      },
      DOC("parse_csv"), "data"_a, "name"_a, py::kw_only());
  const auto character = [](const std::string& separator) {
    return options_of({}, separator, false, Size{0}, Size{0}, Size{0}).separator;
  };
  m.def(
      "to_csv",
      [character](const Table& table, const std::string& separator) {
        return to_csv(table, character(separator));
      },
      "table"_a, "separator"_a = ",", DOC("to_csv"));
  m.def(
      "write_csv",
      [character](const Table& table, const Path& path, const std::string& separator) {
        const char between = character(separator);
        const py::gil_scoped_release unlocked;
        write_csv(table, path, between);
      },
      "table"_a, "path"_a, "separator"_a = ",", DOC("write_csv"));
  m.def(
      "write_csv",
      [](const Network& network, const Path& folder, bool personal) {
        const py::gil_scoped_release unlocked;
        write_csv(network, folder, personal_of(personal));
      },
      "network"_a, "folder"_a, py::kw_only(), "personal"_a = false, DOC("write_csv#2"));
}

void bind_files(py::module_& m) {
  def_reader(
      m, "read_csv",
      [](const CsvFiles& files, const CsvOptions& options) { return read_csv(files, options); },
      DOC("read_csv"));
  def_reader(
      m, "read_csv_good_rows",
      [](const CsvFiles& files, const CsvOptions& options) {
        return read_csv_good_rows(files, options);
      },
      DOC("read_csv_good_rows"));
  m.def("csv_files", &files_in, "folder"_a,
        "The files of a folder that have the documented names, as keyword arguments of read_csv. "
        "Symbolic links are refused, so that nothing outside the folder is read.\n\nRaises Error "
        "\"file_missing\" if there is none of them; \"file_not_regular\".");
  def_csv(
      m, "read_csv_folder",
      [](const Path& folder, Encoding encoding, const std::string& separator, bool dictionaries,
         Size file_bytes_max, Size cell_bytes_max, Size columns_max) {
        const CsvOptions options = options_of(encoding, separator, dictionaries, file_bytes_max,
                                              cell_bytes_max, columns_max);
        const py::gil_scoped_release unlocked;
        return read_csv_folder(folder, options);
      },
      DOC("read_csv_folder"), "folder"_a, py::kw_only());
}

/// Binds save and to_bytes for one kind of thing.
template <class Given, class Plain>
void def_save(py::module_& m, const char* argument, Plain plain_of) {
  m.def(
      "save",
      [plain_of](const Path& path, const Given& thing) {
        const auto& plain = plain_of(thing);
        const py::gil_scoped_release unlocked;
        save(path, plain);
      },
      "path"_a, py::arg(argument), "Saves it as a Cap'n Proto snapshot.");
  m.def(
      "to_bytes", [plain_of](const Given& thing) { return py::bytes(to_bytes(plain_of(thing))); },
      py::arg(argument), DOC("to_bytes"));
}

/// Binds load_… and …_from_bytes for one kind of thing.
template <class Load, class Parse>
void def_load(py::module_& m, const char* load_name, const char* load_doc, Load load,
              const char* parse_name, Parse parse) {
  const Size usual{SnapshotLimits{}.bytes_max};
  m.def(
      load_name,
      [load](const Path& path, Size bytes_max) {
        const py::gil_scoped_release unlocked;
        return load(path, SnapshotLimits{bytes_max.value});
      },
      "path"_a, py::kw_only(), "bytes_max"_a = usual, load_doc);
  m.def(
      parse_name,
      [parse](const py::bytes& data, Size bytes_max) {
        const std::string_view bytes(data);
        const py::gil_scoped_release unlocked;
        return parse(bytes, SnapshotLimits{bytes_max.value});
      },
      "data"_a, py::kw_only(), "bytes_max"_a = usual, DOC("network_from_bytes"));
}

DispatcherTerms terms_of(const std::optional<Rules>& rules, const std::optional<PointTerms>& points,
                         const std::optional<RoadGraph>& roads, int threads) {
  return {rules.value_or(standard_rules()), points.value_or(standard_points()), roads, threads};
}

/// A Dispatcher takes its rules and points when it is loaded.
void bind_dispatcher_snapshots(py::module_& m) {
  m.def(
      "save",
      [](const Path& path, HeldDispatcher& dispatcher) {
        dispatcher.with([&](Dispatcher& day) { save(path, day); });
      },
      "path"_a, "dispatcher"_a, DOC("save#5"));
  m.def(
      "to_bytes",
      [](HeldDispatcher& dispatcher) {
        return py::bytes(dispatcher.with([](Dispatcher& day) { return to_bytes(day); }));
      },
      "dispatcher"_a, DOC("to_bytes"));
  const std::string load_doc =
      std::string(DOC("load_dispatcher")) +
      "\n\nrules: those of the market that it was made with; None: the standard ones.\n"
      "points: likewise.\n"
      "roads: likewise, where the market had any.\n"
      "threads: to use, 1 to 64; the answer is the same for any number.\n"
      "bytes_max: a file may have no more bytes.";
  const Size usual{SnapshotLimits{}.bytes_max};
  const auto load = [&](const char* name, auto&& load_with, const char* argument, const char* doc) {
    m.def(name, load_with, py::arg(argument), "rules"_a = py::none(), "points"_a = py::none(),
          py::kw_only(), "roads"_a = py::none(), "threads"_a = Whole<int>{1}, "bytes_max"_a = usual,
          doc);
  };
  load(
      "load_dispatcher",
      [](const Path& path, const std::optional<Rules>& rules,
         const std::optional<PointTerms>& points, const std::optional<RoadGraph>& roads,
         Whole<int> threads, Size bytes_max) {
        const DispatcherTerms terms = terms_of(rules, points, roads, threads);
        const py::gil_scoped_release unlocked;
        return std::make_unique<HeldDispatcher>(load_dispatcher(path, terms, {bytes_max.value}));
      },
      "path", load_doc.c_str());
  load(
      "dispatcher_from_bytes",
      [](const py::bytes& data, const std::optional<Rules>& rules,
         const std::optional<PointTerms>& points, const std::optional<RoadGraph>& roads,
         Whole<int> threads, Size bytes_max) {
        const std::string_view bytes(data);
        const DispatcherTerms terms = terms_of(rules, points, roads, threads);
        const py::gil_scoped_release unlocked;
        return std::make_unique<HeldDispatcher>(
            dispatcher_from_bytes(bytes, terms, {bytes_max.value}));
      },
      "data", load_doc.c_str());
}

void bind_snapshots(py::module_& m) {
  Value<EntryRun> run(m, "EntryRun");
  run.bound.def(py::init([](const ChainHead& before, std::vector<Entry> entries) {
                  return EntryRun{before, std::move(entries)};
                }),
                "before"_a, "entries"_a);
  run.field("before", &EntryRun::before).field("entries", &EntryRun::entries);

  m.def(
      "save",
      [](const Path& path, const Network& network, bool personal) {
        const py::gil_scoped_release unlocked;
        save(path, network, personal_of(personal));
      },
      "path"_a, "network"_a, py::kw_only(), "personal"_a = true, DOC("save"));
  m.def(
      "to_bytes",
      [](const Network& network, bool personal) {
        return py::bytes(to_bytes(network, personal_of(personal)));
      },
      "network"_a, py::kw_only(), "personal"_a = true, DOC("to_bytes"));
  def_save<DrawablePlan>(m, "plan", [](const DrawablePlan& plan) -> const Plan& { return plan; });
  def_save<EntryRun>(m, "run", [](const EntryRun& entries) -> const EntryRun& { return entries; });
  def_save<Tables>(m, "tables", [](const Tables& tables) { return plain(tables); });

  def_load(
      m, "load_network", DOC("load_network"),
      [](const Path& path, const SnapshotLimits& limits) { return load_network(path, limits); },
      "network_from_bytes", &network_from_bytes);
  def_load(
      m, "load_plan", DOC("load_plan"),
      [](const Path& path, const SnapshotLimits& limits) {
        return DrawablePlan(load_plan(path, limits));
      },
      "plan_from_bytes",
      [](std::string_view bytes, const SnapshotLimits& limits) {
        return DrawablePlan(plan_from_bytes(bytes, limits));
      });
  def_load(
      m, "load_entries", DOC("load_entries"),
      [](const Path& path, const SnapshotLimits& limits) { return load_entries(path, limits); },
      "entries_from_bytes", &entries_from_bytes);
  def_load(
      m, "load_tables", "Loads tables of any kind.",
      [](const Path& path, const SnapshotLimits& limits) {
        return shared(load_tables(path, limits));
      },
      "tables_from_bytes",
      [](std::string_view bytes, const SnapshotLimits& limits) {
        return shared(tables_from_bytes(bytes, limits));
      });
}

}  // namespace

void bind_wire(py::module_& m) {
  bind_csv(m);
  bind_files(m);
  bind_snapshots(m);
  bind_dispatcher_snapshots(m);
}

}  // namespace jiedui::python
