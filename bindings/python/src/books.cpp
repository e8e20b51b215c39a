#include "books.hpp"

#include <sstream>

#include "jiedui/ledger/audit.hpp"
#include "jiedui/ledger/command_table.hpp"
#include "values.hpp"
#include "watch.hpp"

// The books by account ids: posting, statements of accounts, audits.

namespace jiedui::python {
namespace {

void bind_statements(py::module_& m) {
  py::native_enum<TimeAxis>(m, "TimeAxis", "enum.Enum", DOC("TimeAxis"))
      .value("happened", TimeAxis::happened, DOC("TimeAxis.happened"))
      .value("booked", TimeAxis::booked, DOC("TimeAxis.booked"))
      .finalize();
  Value<Period> period(m, "Period");
  period.bound.def(py::init([](Instant from, Instant until) {
                     return Period{from, until};
                   }),
                   "from_"_a, "until"_a);
  period.field("from_", &Period::from).field("until", &Period::until);
  Value<AccountLine>(m, "AccountLine")
      .field("entry", &AccountLine::entry)
      .field("after", &AccountLine::after);
  Value<AccountStatement> statement(m, "AccountStatement");
  statement.field("account", &AccountStatement::account)
      .field("period", &AccountStatement::period)
      .field("axis", &AccountStatement::axis)
      .field("opening", &AccountStatement::opening)
      .field("lines", &AccountStatement::lines)
      .field("closing", &AccountStatement::closing);
  statement.bound.def(
      "table", [](const AccountStatement& self) { return std::make_shared<Table>(self.table()); },
      DOC("AccountStatement.table"));
  add_frame_methods(statement.bound);
  const auto total = [](uint128 amount) { return int_of(static_cast<int128>(amount)); };
  Value<TrialBalance>(m, "TrialBalance")
      .field("unit", &TrialBalance::unit)
      .field("accounts", &TrialBalance::accounts)
      .property("debits_posted",
                [total](const TrialBalance& self) { return py::int_(total(self.debits_posted)); })
      .property("credits_posted",
                [total](const TrialBalance& self) { return py::int_(total(self.credits_posted)); })
      .property("debits_pending",
                [total](const TrialBalance& self) { return py::int_(total(self.debits_pending)); })
      .property("credits_pending",
                [total](const TrialBalance& self) { return py::int_(total(self.credits_pending)); })
      .property("sums_to_zero", &TrialBalance::sums_to_zero);
  m.def(
      "to_table",
      [](const std::vector<Entry>& entries) { return std::make_shared<Table>(to_table(entries)); },
      "entries"_a, "Entries as a table, with the columns of AccountStatement.table.");
  m.def(
      "to_table",
      [](const std::vector<TrialBalance>& lines) {
        return std::make_shared<Table>(to_table(lines));
      },
      "lines"_a, DOC("to_table#2"));
  m.def(
      "commands_of", [](const Frame& frame) { return commands_of(*table_of(frame, "commands")); },
      "table"_a, DOC("commands_of"));
}

void bind_audit(py::module_& m) {
  py::native_enum<Finding> finding(m, "Finding", "enum.Enum", DOC("Finding"));
  for (int number = 0; number <= static_cast<int>(Finding::unreadable); ++number) {
    const std::string name(to_string(static_cast<Finding>(number)));
    finding.value(name.c_str(), static_cast<Finding>(number), find_doc("Finding." + name));
  }
  finding.finalize();
  const auto text = [](const AuditReport& self) {
    std::ostringstream out;
    out << self;
    return out.str();
  };
  Value<AuditReport>(m, "AuditReport")
      .field("finding", &AuditReport::finding)
      .field("first_bad_entry", &AuditReport::first_bad_entry)
      .field("last_bad_entry", &AuditReport::last_bad_entry)
      .field("head", &AuditReport::head)
      .field("accounts", &AuditReport::accounts)
      .field("heads_matched", &AuditReport::heads_matched)
      .field("covered", &AuditReport::covered)
      .field("detail", &AuditReport::detail)
      .property("sound", &AuditReport::sound)
      .bound.def("__bool__", &AuditReport::sound)
      .def("__str__", text)
      .def("__repr__", [](const AuditReport& self) {
        return "<jiedui.AuditReport " + std::string(to_string(self.finding)) + ">";
      });
}

using ArrowReader = As<"pyarrow.RecordBatchReader">;

void bind_ledger_class(py::module_& m) {
  const auto entries_of = [](auto&& read) {
    std::vector<Entry> entries;
    read([&](const Entry& entry, const Hash256& /*hash*/) {
      entries.push_back(entry);
      return true;
    });
    return entries;
  };
  py::class_<HeldBooks>(m, "Ledger", DOC("Ledger"))
      .def(py::init([] { return HeldBooks{std::make_shared<MemoryOwner>("UTC")}; }),
           "Books in memory, for trials; those of a file are Store.books.")
      .def(
          "post",
          [](const HeldBooks& self, const std::vector<Command>& commands) {
            return self.with([&](Ledger& books) { return books.post(commands); });
          },
          "commands"_a, DOC("Ledger.post"))
      .def(
          "post",
          [](const HeldBooks& self, const Command& command) {
            return self.with([&](Ledger& books) { return books.post(command); });
          },
          "command"_a, "Posts one command.")
      .def(
          "post_many",
          [](const HeldBooks& self, const Frame& commands, const Progress& progress) {
            const std::shared_ptr<Table> table = table_of(commands, "commands");
            Watch watch(progress, "posting");
            auto outcomes = self.with([&](Ledger& books) {
              return std::make_shared<Table>(books.post_many(*table, watch.control()));
            });
            watch.close();
            return outcomes;
          },
          "commands"_a, py::kw_only(), "progress"_a = py::none(), DOC("Ledger.post_many"))
      .def(
          "advance",
          [](const HeldBooks& self) {
            return self.with([](Ledger& books) { return books.advance(); });
          },
          DOC("Ledger.advance"))
      .def(
          "find_account",
          [](const HeldBooks& self, Id128 id) {
            return self.with([&](Ledger& books) { return books.find_account(id); });
          },
          "id"_a, "The account of that id, if there is one.")
      .def(
          "find_entry",
          [](const HeldBooks& self, Id128 id) {
            return self.with([&](Ledger& books) { return books.find_entry(id); });
          },
          "id"_a, "The entry of that id, if there is one.")
      .def(
          "find_answer",
          [](const HeldBooks& self, Id128 id) {
            return self.with([&](Ledger& books) { return books.find_answer(id); });
          },
          "id"_a, DOC("Ledger.find_answer"))
      .def(
          "read_entries",
          [entries_of](const HeldBooks& self, Whole<std::uint64_t> first,
                       Whole<std::uint64_t> last) {
            return self.with([&](Ledger& books) {
              return entries_of([&](auto&& visit) { books.read_entries(first, last, visit); });
            });
          },
          "first"_a, "last"_a, "Entries of number `first` to `last`, in order.")
      .def(
          "entry_table",
          [entries_of](const HeldBooks& self, Whole<std::uint64_t> first,
                       Whole<std::uint64_t> last) {
            return self.with([&](Ledger& books) {
              return std::make_shared<Table>(to_table(
                  entries_of([&](auto&& visit) { books.read_entries(first, last, visit); })));
            });
          },
          "first"_a, "last"_a,
          "Entries of number `first` to `last` as a table, with the columns of "
          "AccountStatement.table.")
      .def(
          "entry_reader",
          [](const py::object& self, Whole<std::uint64_t> first,
             std::optional<Whole<std::uint64_t>> last, Whole<std::uint64_t> rows_at_once) {
            return ArrowReader(py::module_::import("jiedui.frames")
                                   .attr("entry_reader")(self, first, last, rows_at_once));
          },
          "first"_a = 1, "last"_a = py::none(), py::kw_only(), "rows_at_once"_a = 65'536,
          "Entries as a stream of Arrow record batches, with the columns of "
          "AccountStatement.table: so many rows are held in memory at once. Without `last` up to "
          "the last entry at the time of the first batch.")
      .def(
          "read_entries_of",
          [entries_of](const HeldBooks& self, Id128 account) {
            return self.with([&](Ledger& books) {
              return entries_of([&](auto&& visit) { books.read_entries_of(account, visit); });
            });
          },
          "account"_a, DOC("Ledger.read_entries_of"))
      .def(
          "read_entries_about",
          [entries_of](const HeldBooks& self, Id128 reference) {
            return self.with([&](Ledger& books) {
              return entries_of([&](auto&& visit) { books.read_entries_about(reference, visit); });
            });
          },
          "reference"_a, DOC("Ledger.read_entries_about"))
      .def(
          "read_open_claims",
          [entries_of](const HeldBooks& self) {
            return self.with([&](Ledger& books) {
              return entries_of([&](auto&& visit) { books.read_open_claims(visit); });
            });
          },
          DOC("Ledger.read_open_claims"))
      .def(
          "balance",
          [](const HeldBooks& self, Id128 account, std::optional<Instant> at, TimeAxis axis) {
            return self.with([&](Ledger& books) {
              return at ? books.balance(account, *at, axis) : books.balance(account);
            });
          },
          "account"_a, "at"_a = py::none(),
          py::arg_v("axis", TimeAxis::happened, "TimeAxis.happened"), DOC("Ledger.balance#2"))
      .def(
          "statement",
          [](const HeldBooks& self, Id128 account, const Period& period, TimeAxis axis) {
            return self.with([&](Ledger& books) { return books.statement(account, period, axis); });
          },
          "account"_a, "period"_a, py::arg_v("axis", TimeAxis::happened, "TimeAxis.happened"),
          DOC("Ledger.statement"))
      .def(
          "trial_balance",
          [](const HeldBooks& self) {
            return self.with([](Ledger& books) { return books.trial_balance(); });
          },
          DOC("Ledger.trial_balance"))
      .def(
          "head",
          [](const HeldBooks& self) {
            return self.with([](Ledger& books) { return books.head(); });
          },
          DOC("ChainHead"))
      .def(
          "verify",
          [](const HeldBooks& self, const std::vector<ChainHead>& exported) {
            return self.with([&](Ledger& books) { return books.verify(exported); });
          },
          "exported"_a = std::vector<ChainHead>{}, DOC("Ledger.verify"));
}

}  // namespace

void bind_books(py::module_& m) {
  bind_signed_heads(m);
  bind_statements(m);
  bind_audit(m);
  bind_ledger_class(m);
  bind_group_commit(m);
}

}  // namespace jiedui::python
