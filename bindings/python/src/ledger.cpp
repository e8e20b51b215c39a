#include "jiedui/ledger/ledger.hpp"

#include "values.hpp"

// The values of the books: units, accounts, entries, outcomes and commands.

namespace jiedui::python {
namespace {

using Code = Whole<std::uint32_t>;
using Amount = Whole<std::uint64_t>;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <std::size_t N>
py::bytes bytes_from(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

void bind_units(py::module_& m) {
  Value<Unit> unit(m, "Unit");
  py::native_enum<Unit::Kind>(unit.bound, "Kind", "enum.Enum")
      .value("none", Unit::Kind::none)
      .value("seconds_served", Unit::Kind::seconds_served, DOC("Unit.Kind.seconds_served"))
      .value("time_credits", Unit::Kind::time_credits, DOC("Unit.Kind.time_credits"))
      .value("money", Unit::Kind::money, DOC("Unit.Kind.money"))
      .value("grams", Unit::Kind::grams)
      .value("millilitres", Unit::Kind::millilitres)
      .value("pieces", Unit::Kind::pieces)
      .value("other", Unit::Kind::other, DOC("Unit.Kind.other"))
      .finalize();
  unit.property("value", &Unit::value).property("kind", &Unit::kind).property("name", &Unit::name);
  unit.bound.def_static("seconds_served", &Unit::seconds_served)
      .def_static("time_credits", &Unit::time_credits)
      .def_static("grams", &Unit::grams)
      .def_static("millilitres", &Unit::millilitres)
      .def_static("pieces", &Unit::pieces)
      .def_static("money", &Unit::money, "currency"_a, DOC("Unit.money"))
      .def_static("other", &Unit::other, "name"_a, DOC("Unit.other"))
      .def_static(
          "from_value", [](Code value) { return Unit::from_value(value); }, "value"_a,
          DOC("Unit.from_value"))
      .def_static("from_name", &Unit::from_name, "name"_a, DOC("Unit.from_name"))
      .def("__hash__", &Unit::value)
      .def("__repr__", [](Unit self) { return "<jiedui.Unit " + self.name() + ">"; });
}

void bind_hashes(py::module_& m) {
  Value<Hash256> hash(m, "Hash256");
  hash.property("bytes", [](const Hash256& self) { return bytes_from(self.bytes); })
      .property("is_zero", &Hash256::is_zero);
  hash.bound.def(py::init<>())
      .def("to_string", &Hash256::to_string, DOC("Hash256.to_string"))
      .def_static("parse", &Hash256::parse, "text"_a, DOC("Hash256.parse"))
      .def("__hash__", [](const Hash256& self) { return py::hash(bytes_from(self.bytes)); })
      .def("__repr__",
           [](const Hash256& self) { return "<jiedui.Hash256 " + self.to_string() + ">"; });
  m.def(
      "blake2b", [](std::string_view data) { return blake2b(bytes_of(data)); }, "data"_a,
      "BLAKE2b-256 of bytes.");
}

void bind_accounts(py::module_& m) {
  Value<AccountLimits> limits(m, "AccountLimits");
  limits.bound.def(py::init([](std::optional<Amount> debits, std::optional<Amount> credits) {
                     AccountLimits made;
                     if (debits) made.debits_over_credits_max = debits->value;
                     if (credits) made.credits_over_debits_max = credits->value;
                     return made;
                   }),
                   py::kw_only(), "debits_over_credits_max"_a = py::none(),
                   "credits_over_debits_max"_a = py::none());
  limits.field("debits_over_credits_max", &AccountLimits::debits_over_credits_max)
      .field("credits_over_debits_max", &AccountLimits::credits_over_debits_max);
  Value<Balance>(m, "Balance")
      .field("debits_posted", &Balance::debits_posted)
      .field("debits_pending", &Balance::debits_pending)
      .field("credits_posted", &Balance::credits_posted)
      .field("credits_pending", &Balance::credits_pending)
      .property("net", &Balance::net)
      .bound.def("__repr__", [](const Balance& self) {
        return "<jiedui.Balance " + to_string(self.net()) + ", pending debits " +
               std::to_string(self.debits_pending) + ", pending credits " +
               std::to_string(self.credits_pending) + ">";
      });
  Value<Account>(m, "Account")
      .field("id", &Account::id)
      .field("unit", &Account::unit)
      .field("code", &Account::code)
      .field("closed", &Account::closed)
      .field("limits", &Account::limits)
      .field("balance", &Account::balance);
}

void bind_entries(py::module_& m) {
  py::native_enum<EntryKind> kind(m, "EntryKind", "enum.Enum", DOC("EntryKind"));
  for (int number = 1; number <= 9; ++number) {
    const std::string name(to_string(static_cast<EntryKind>(number)));
    kind.value(name.c_str(), static_cast<EntryKind>(number), find_doc("EntryKind." + name));
  }
  kind.finalize();
  Value<Entry>(m, "Entry")
      .field("number", &Entry::number)
      .field("kind", &Entry::kind)
      .field("linked", &Entry::linked)
      .field("id", &Entry::id)
      .field("debit", &Entry::debit)
      .field("credit", &Entry::credit)
      .field("answers", &Entry::answers)
      .field("reference", &Entry::reference)
      .field("amount", &Entry::amount)
      .field("released", &Entry::released)
      .field("unit", &Entry::unit)
      .field("code", &Entry::code)
      .field("reason", &Entry::reason)
      .field("timeout", &Entry::timeout)
      .field("happened", &Entry::happened)
      .property("booked", [](const Entry& self) { return nanoseconds(self.booked); })
      .field("limits", &Entry::limits)
      .field("commitment", &Entry::commitment)
      .bound.def("__repr__", [](const Entry& self) {
        return "<jiedui.Entry " + std::to_string(self.number) + " " +
               std::string(to_string(self.kind)) + " " + std::to_string(self.amount) + " " +
               self.unit.name() + ">";
      });
  m.attr("entry_bytes") = entry_bytes;
  m.def(
      "canonical_bytes", [](const Entry& entry) { return bytes_from(canonical_bytes(entry)); },
      "entry"_a, DOC("canonical_bytes"));
  m.def(
      "read_canonical", [](std::string_view data) { return read_canonical(bytes_of(data)); },
      "data"_a, DOC("read_canonical"));
  Value<ChainHead>(m, "ChainHead")
      .field("book", &ChainHead::book)
      .field("count", &ChainHead::count)
      .field("hash", &ChainHead::hash)
      .property("booked", [](const ChainHead& self) { return nanoseconds(self.booked); })
      .bound.def("__repr__", [](const ChainHead& self) {
        return "<jiedui.ChainHead " + std::to_string(self.count) + " entries, " +
               self.hash.to_string().substr(0, 16) + "…>";
      });
  m.def("first_head", &first_head, "book"_a, DOC("first_head"));
  m.def("next_head", &next_head, "head"_a, "entry"_a, DOC("next_head"));
}

void bind_outcomes(py::module_& m) {
  py::native_enum<Outcome> outcome(m, "Outcome", "enum.Enum", DOC("Outcome"));
  for (const OutcomeInfo& row : outcome_list)
    outcome.value(std::string(row.name).c_str(), row.outcome, std::string(row.cause).c_str());
  outcome.finalize();
  Value<OutcomeInfo>(m, "OutcomeInfo")
      .field("outcome", &OutcomeInfo::outcome)
      .field("name", &OutcomeInfo::name)
      .field("cause", &OutcomeInfo::cause)
      .field("cure", &OutcomeInfo::cure);
  m.def("info", &info, "outcome"_a, DOC("info"));
  m.def("succeeded", &succeeded, "outcome"_a, DOC("succeeded"));
}

void bind_commands(py::module_& m) {
  const py::arg_v reference("reference", Id128{}, "Id128()");
  const py::arg_v commitment("commitment", Hash256{}, "Hash256()");
  const Code zero{0};
  Value<OpenAccount>(m, "OpenAccount")
      .field("id", &OpenAccount::id)
      .field("unit", &OpenAccount::unit)
      .field("code", &OpenAccount::code)
      .field("limits", &OpenAccount::limits)
      .field("reference", &OpenAccount::reference)
      .field("commitment", &OpenAccount::commitment)
      .bound.def(py::init([](Id128 id, Unit unit, Code code, const AccountLimits& limits,
                             Id128 reference, const Hash256& commitment) {
                   return OpenAccount{id, unit, code, limits, reference, commitment};
                 }),
                 "id"_a, "unit"_a, py::kw_only(), "code"_a = zero,
                 py::arg_v("limits", AccountLimits{}, "AccountLimits()"), reference, commitment);
  Value<ChangeLimits>(m, "ChangeLimits")
      .field("id", &ChangeLimits::id)
      .field("account", &ChangeLimits::account)
      .field("limits", &ChangeLimits::limits)
      .field("reason", &ChangeLimits::reason)
      .bound.def(py::init([](Id128 id, Id128 account, const AccountLimits& limits, Code reason) {
                   return ChangeLimits{id, account, limits, reason};
                 }),
                 "id"_a, "account"_a, "limits"_a, py::kw_only(), "reason"_a = zero);
  Value<CloseAccount>(m, "CloseAccount")
      .field("id", &CloseAccount::id)
      .field("account", &CloseAccount::account)
      .field("reason", &CloseAccount::reason)
      .bound.def(py::init([](Id128 id, Id128 account, Code reason) {
                   return CloseAccount{id, account, reason};
                 }),
                 "id"_a, "account"_a, py::kw_only(), "reason"_a = zero);
  Value<Transfer>(m, "Transfer")
      .field("id", &Transfer::id)
      .field("debit", &Transfer::debit)
      .field("credit", &Transfer::credit)
      .field("amount", &Transfer::amount)
      .field("unit", &Transfer::unit)
      .field("code", &Transfer::code)
      .field("reason", &Transfer::reason)
      .field("happened", &Transfer::happened)
      .field("reference", &Transfer::reference)
      .field("commitment", &Transfer::commitment)
      .bound.def(py::init([](Id128 id, Id128 debit, Id128 credit, Amount amount, Unit unit,
                             Code code, Code reason, std::optional<Instant> happened,
                             Id128 reference, const Hash256& commitment) {
                   return Transfer{id,   debit,  credit,   amount,    unit,
                                   code, reason, happened, reference, commitment};
                 }),
                 "id"_a, "debit"_a, "credit"_a, "amount"_a, "unit"_a, py::kw_only(),
                 "code"_a = zero, "reason"_a = zero, "happened"_a = py::none(), reference,
                 commitment);
  Value<Claim>(m, "Claim")
      .field("id", &Claim::id)
      .field("debit", &Claim::debit)
      .field("credit", &Claim::credit)
      .field("amount", &Claim::amount)
      .field("unit", &Claim::unit)
      .field("code", &Claim::code)
      .field("reason", &Claim::reason)
      .field("timeout", &Claim::timeout)
      .field("happened", &Claim::happened)
      .field("reference", &Claim::reference)
      .field("commitment", &Claim::commitment)
      .bound.def(
          py::init([](Id128 id, Id128 debit, Id128 credit, Amount amount, Unit unit, Code code,
                      Code reason, std::chrono::seconds timeout, std::optional<Instant> happened,
                      Id128 reference, const Hash256& commitment) {
            return Claim{id,     debit,   credit,   amount,    unit,      code,
                         reason, timeout, happened, reference, commitment};
          }),
          "id"_a, "debit"_a, "credit"_a, "amount"_a, "unit"_a, py::kw_only(), "code"_a = zero,
          "reason"_a = zero, py::arg_v("timeout", std::chrono::seconds{0}, "datetime.timedelta(0)"),
          "happened"_a = py::none(), reference, commitment);
  Value<Confirm>(m, "Confirm")
      .field("id", &Confirm::id)
      .field("claim", &Confirm::claim)
      .field("amount", &Confirm::amount)
      .field("reason", &Confirm::reason)
      .field("commitment", &Confirm::commitment)
      .bound.def(
          py::init([](Id128 id, Id128 claim, std::optional<Amount> amount, Code reason,
                      const Hash256& commitment) {
            Confirm confirm{.id = id, .claim = claim, .reason = reason, .commitment = commitment};
            if (amount) confirm.amount = amount->value;
            return confirm;
          }),
          "id"_a, "claim"_a, py::kw_only(), "amount"_a = py::none(), "reason"_a = zero, commitment);
  Value<Decline>(m, "Decline")
      .field("id", &Decline::id)
      .field("claim", &Decline::claim)
      .field("reason", &Decline::reason)
      .field("commitment", &Decline::commitment)
      .bound.def(py::init([](Id128 id, Id128 claim, Code reason, const Hash256& commitment) {
                   return Decline{id, claim, reason, commitment};
                 }),
                 "id"_a, "claim"_a, py::kw_only(), "reason"_a = zero, commitment);
  Value<Correct>(m, "Correct")
      .field("id", &Correct::id)
      .field("entry", &Correct::entry)
      .field("reason", &Correct::reason)
      .field("commitment", &Correct::commitment)
      .bound.def(py::init([](Id128 id, Id128 entry, Code reason, const Hash256& commitment) {
                   return Correct{id, entry, reason, commitment};
                 }),
                 "id"_a, "entry"_a, py::kw_only(), "reason"_a = zero, commitment);

  py::class_<Command>(m, "Command", DOC("Command"))
      .def(py::init<const OpenAccount&>(), "command"_a)
      .def(py::init<const ChangeLimits&>(), "command"_a)
      .def(py::init<const CloseAccount&>(), "command"_a)
      .def(py::init<const Transfer&>(), "command"_a)
      .def(py::init<const Claim&>(), "command"_a)
      .def(py::init<const Confirm&>(), "command"_a)
      .def(py::init<const Decline&>(), "command"_a)
      .def(py::init<const Correct&>(), "command"_a)
      .def(py::init<const Entry&>(), "entry"_a, DOC("Command.Command#9"))
      .def_property_readonly("linked", &Command::linked)
      .def_property_readonly("id", &Command::id)
      .def_property_readonly("asked", &Command::asked, DOC("Command.asked"));
  py::implicitly_convertible<OpenAccount, Command>();
  py::implicitly_convertible<ChangeLimits, Command>();
  py::implicitly_convertible<CloseAccount, Command>();
  py::implicitly_convertible<Transfer, Command>();
  py::implicitly_convertible<Claim, Command>();
  py::implicitly_convertible<Confirm, Command>();
  py::implicitly_convertible<Decline, Command>();
  py::implicitly_convertible<Correct, Command>();
  m.def("linked", &linked, "command"_a, DOC("linked"));
}

}  // namespace

void bind_ledger(py::module_& m) {
  bind_units(m);
  bind_hashes(m);
  bind_accounts(m);
  bind_entries(m);
  bind_outcomes(m);
  bind_commands(m);
}

}  // namespace jiedui::python
