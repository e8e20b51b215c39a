"""Python has the names of C++, but for those listed here, each with its reason."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import jiedui as jd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

import docstrings  # noqa: E402

# What Python leaves out. A pattern matches whole names; what is inside a class falls with it.
LEFT_OUT = {
    r"int128|uint128|Quantity|(Seconds|Metres|Points)(Unit)?|checked_\w+": "whole numbers are int, which has no bound",
    r"Date|Instant|BookedTime|LocalTime|parse_date|parse_instant|Zone|format": "datetime and zoneinfo; str(window)",
    r"Cartesian|cartesian|squared_distance|integer_square_root": "steps inside distance()",
    r"Problem|ProblemList|problem_table|check": "problems come as a Table",
    r"TextColumn|DictionaryColumn|Column|export_arrow|import_arrow|ArrowLimits": "Table[column] is a numpy array",
    r"Lists|SkillEntry|CredentialEntry|ValueOf|StorageOf|field(\..*)?": "columns inside a network: Table has them",
    r"(Place|Organisation|Household|Beneficiar(y|ie)|Volunteer|Activit(y|ie)|Item|Need|Edge)(Fields|e?s)": (
        "the same; Volunteer and its like have the fields of one row"
    ),
    r"name|names|stated_edge_kinds": "members of an enum.Enum have a name",
    r"Personal": "personal=True or False",
    r"Index": "VolunteerIndex and its like",
    r"PairView|PairBlock\.metres_unknown|(Rules|PointTerms)\.(add_block|Block|Own\.block)": (
        "a function in Python works on blocks: Rules.add takes it; unknown metres are masked"
    ),
    r"PlanData|Plan\.data|DispatcherData|Dispatcher\.data": "the plain form inside store and wire",
    r"PairName|VolunteerPairs|OrganisationPairs|LentPairs|TermBounds": (
        "tuples and dicts: pinned=[('V-1', 'N-1')], least={'V-1': 1}, bounds=(0, 300)"
    ),
    r"UndirectedGraph": "for Boost.Graph; networkx is built from Graph.table",
    r"solver\.(Solution|SlotPrice|Weights|Options|Progress|solve|strict_weights|check)": (
        "ExplicitMarket is the door for numbers"
    ),
    r"solver\.(CrossLimits|LinePair)|solver\.Limits\.cross": "Market(lending=…, before=…, changes_at_most=…)",
    r"solver\.SlotRun": "Market.slots_taken gives the slots",
    r"RoadGraph\.Edge": "rows of from, to and seconds",
    r"Journal|Batch|EntryVisitor|AccountVisitor|MemoryJournal|SqliteJournal|Store\.journal": (
        "Store.ledger and Store.books, or HoursLedger() and Ledger() in memory"
    ),
    r"Audit|Facts|AccountPair|accounts_of|judge|make_entry|apply|opened_account|due": "what Ledger.post and verify do",
    r"LedgerClock|utc_clock": "the system's clock",
    r"LedgerTransaction|Ledger\.begin": "post() takes a list, durable together",
    r"LedgerSnapshot|Ledger\.snapshot": "its object would have to end before the next writing: not in Python's hands",
    r"EntryBytes|Graph\.Vertex": "bytes and int",
    r"(Position|YearRange)\.(absent|has_value)": "None",
    r"outcome_list": "list(Outcome)",
    r"Registrations": "a dict of days by id",
    r"day_seconds|local_day": "steps inside open_intervals()",
    r"Directory|MemoryDirectory|Party|PartyKind|PartyName|RecordDetails|AnswerDetails|MemberVisitor|Attestation(Record|Visitor)|HoursLedger\.directory": (
        "inside HoursLedger"
    ),
    r"keyed_blake2b|random_secret": "hashlib and secrets",
    r"to_string": "str() and Enum.name",
    r"Command\.(link|has_amount|has_happened)": "linked(command)",
}

# Structures of options are keyword arguments of these.
OPTIONS = {
    "MarketOptions": jd.Market.__init__,
    "PairColumns": jd.ExplicitMarket.__init__,
    "VerifyOptions": jd.verify,
    "CsvOptions": jd.read_csv,
    "CsvFiles": jd.read_csv,
    "SnapshotLimits": jd.load_network,
    "DispatcherTerms": jd.load_dispatcher,
    "StoreOptions": jd.Store.open,
    "HoursOptions": jd.HoursLedger.__init__,
    "Confirmation": jd.HoursLedger.confirm,
    "Refusal": jd.HoursLedger.decline,
    "Settlement": jd.HoursLedger.settle,
    "SolveOptions": jd.solve,
    "ExchangeOptions": jd.plan_exchanges,
    "PartnerLimits": jd.TimeBank.partner,
    "Control": jd.solve,
}
OPTIONS_LEFT_OUT = {
    "MarketOptions.control": "progress= and Ctrl-C",
    "VerifyOptions.control": "progress= and Ctrl-C",
    "SolveOptions.stop": "Ctrl-C",
    "ExchangeOptions.control": "progress= and Ctrl-C",
    "Control.stop": "Ctrl-C",
    "StoreOptions.clock": "the system's clock",
    "HoursOptions.clock": "the system's clock",
}
KEYWORDS = {"from": "from_", "in": "in_", "except": "except_"}


def in_python(name: str) -> bool:
    """Whether the module has that name of C++."""
    here: object = jd
    words = name.split(".")
    if len(words) > 1 and words[-1] == words[-2]:
        words[-1] = "__init__"
    for word in words:
        if not hasattr(here, word := KEYWORDS.get(word, word)):
            return False
        here = getattr(here, word)
    return True


def left_out(name: str) -> bool:
    parts = name.split(".")
    prefixes = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return any(re.fullmatch(pattern, prefix) for pattern in LEFT_OUT for prefix in prefixes)


def public_names() -> list[str]:
    return sorted({declaration.name for declaration in docstrings.declarations()})


def python_name(name: str) -> str:
    """Numbers-only types of the solver stand beside the others in Python."""
    name = re.sub(r"^solver\.Status", "PlanStatus", name)
    return re.sub(r"^solver\.(Candidate|ChosenPair|Limits|Instance|Statistics)", r"\1", name)


def instance_attributes(name: str) -> bool:
    """Attributes of exceptions are set when one is made."""
    return name.startswith(("Error.", "InputError.", "InternalError."))


def test_every_public_name_is_there() -> None:
    missing = [
        name
        for name in public_names()
        if not left_out(name)
        and name.split(".")[0] not in OPTIONS
        and not instance_attributes(name)
        and not in_python(python_name(name))
    ]
    assert not missing, "\n".join(missing)


def test_every_option_is_a_keyword_argument() -> None:
    missing = []
    for name in public_names():
        structure, _, option = name.partition(".")
        if structure in OPTIONS and option and name not in OPTIONS_LEFT_OUT:
            signature = inspect.getdoc(OPTIONS[structure]) or ""
            if not re.search(rf"\b{KEYWORDS.get(option, option)}\b: ", signature):
                missing.append(name)
    assert not missing, "\n".join(missing)


def test_every_exception_is_needed() -> None:
    names = public_names()
    unused = [
        pattern
        for pattern in LEFT_OUT
        for part in [pattern]
        if not any(re.fullmatch(part, name) and not in_python(python_name(name)) for name in names)
    ]
    unused += [name for name in OPTIONS if name not in names] + [name for name in OPTIONS_LEFT_OUT if name not in names]
    assert not unused, "\n".join(unused)


def test_nothing_is_there_that_cpp_does_not_have() -> None:
    known = {python_name(name).split(".")[0] for name in public_names()}
    known |= {"errors", "frames", "html", "plots", "hour_plots", "progress", "cli", "attest_cli", "attestations"}
    known |= {"annotations"}
    known |= {"BlockVolunteers", "BlockNeed"}  # the columns of a PairBlock
    invented = [name for name in vars(jd) if not name.startswith("_") and name not in known]
    invented = [name for name in invented if not name.endswith("Index")]  # Index<Tag>
    assert not invented, "\n".join(sorted(invented))


def test_classes_and_functions_say_what_the_headers_say() -> None:
    silent = []
    for declaration in docstrings.declarations():
        name = python_name(declaration.name)
        if (
            declaration.kind in ("class", "enum", "function")
            and declaration.doc
            and "." not in name
            and hasattr(jd, name)
        ):
            if not (inspect.getdoc(getattr(jd, name)) or "").strip():
                silent.append(name)
    assert not silent, "\n".join(silent)
