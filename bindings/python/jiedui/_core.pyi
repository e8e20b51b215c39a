"""
The C++ library of jiedui as it stands; the package jiedui re-exports all of it.
"""
from __future__ import annotations
import collections.abc
import datetime
import enum
import jiedui.frames
import jiedui.progress
import matplotlib.figure
import numpy
import numpy.typing
import os
import pandas
import pathlib
import pyarrow
import segno
import typing
import typing_extensions
import uuid
__all__: list[str] = ['AboveDailyLimit', 'Account', 'AccountLimits', 'AccountLine', 'AccountStatement', 'Activity', 'ActivityIndex', 'ActivityRules', 'ApprovalRules', 'ApprovalTier', 'Approver', 'Assessment', 'Attestation', 'AttestationCheck', 'AttestationRequest', 'AttestationState', 'AttestationVerdict', 'AuctionResult', 'AuditReport', 'BackfillRules', 'Balance', 'Beneficiary', 'BeneficiaryIndex', 'Bid', 'BidOrder', 'BlockNeed', 'BlockVolunteers', 'CalendarPeriod', 'Candidate', 'CapRules', 'ChainHead', 'ChangeLimits', 'ChosenPair', 'Claim', 'ClockEvent', 'ClockRules', 'ClockedRecords', 'CloseAccount', 'Command', 'Confirm', 'Correct', 'CountingRules', 'Counts', 'Credential', 'CsvTable', 'DaySeconds', 'Decline', 'Dispatcher', 'DisplayRules', 'Earned', 'Edge', 'EdgeIndex', 'EdgeKind', 'Encoding', 'Entity', 'EntityRef', 'Entry', 'EntryKind', 'EntryRun', 'ExchangeCycle', 'ExchangePlan', 'ExchangePrice', 'ExchangeSetPrice', 'ExplicitMarket', 'Finding', 'Gender', 'Grant', 'GrantRequest', 'Graph', 'GroupBy', 'GroupCommit', 'Hash256', 'HelpOffer', 'Hours', 'HoursLedger', 'HoursLine', 'HoursReason', 'HoursReport', 'Household', 'HouseholdIndex', 'Id128', 'IdGenerator', 'InboxItem', 'Instance', 'Interval', 'IssuedAttestation', 'Item', 'ItemIndex', 'Ledger', 'Limits', 'Market', 'NamedSeconds', 'Need', 'NeedIndex', 'Network', 'NetworkBuilder', 'OpenAccount', 'Operations', 'OptimalityProof', 'Organisation', 'OrganisationIndex', 'OrganisationKind', 'Outcome', 'OutcomeInfo', 'PackChange', 'PairBlock', 'Payee', 'Period', 'Place', 'PlaceHours', 'PlaceIndex', 'Plan', 'PlanChange', 'PlanStatus', 'PlannedPair', 'PointTerms', 'Position', 'Proposal', 'PublicKey', 'RankBy', 'Ranked', 'Rate', 'Reason', 'ReciprocalFigures', 'ReciprocalService', 'RecordEvidence', 'RecordHistory', 'RecordPart', 'RecordSource', 'RecordState', 'Recount', 'Revocation', 'RevocationList', 'RevocationReason', 'RoadGraph', 'RollUp', 'Rounding', 'RulePack', 'RuleSource', 'Rules', 'Sale', 'Scheduled', 'ServedRecord', 'ServiceClass', 'ServiceInterval', 'ServiceRecord', 'Settled', 'ShownParts', 'SigningKey', 'SkillLevel', 'Slot', 'SourceSeconds', 'SourceStatus', 'StandardRule', 'StandardTerm', 'StarLevel', 'StarReached', 'StarRules', 'StarStanding', 'Statement', 'StatementLine', 'Statistics', 'Store', 'StoreAccess', 'Submission', 'SupervisionItem', 'SupervisionRules', 'SupervisorSpan', 'Symbol', 'Table', 'TierCount', 'TimeAxis', 'TimeBank', 'TimeBankMember', 'TimeBankRules', 'TimeSheet', 'TimetableSession', 'Transfer', 'TravelMode', 'TravelSpeed', 'TrialBalance', 'Unit', 'UnitFigures', 'VenueSession', 'VenueTimetable', 'Verification', 'Volunteer', 'VolunteerIndex', 'VolunteerNumberKind', 'Waived', 'Window', 'WorkLoad', 'YearRange', 'YesNo', 'active_volunteers', 'activity_period', 'activity_rate', 'attest', 'auction_commands', 'blake2b', 'canonical_bytes', 'check_exchanges', 'check_head', 'check_revocations', 'clocked_records', 'commands_of', 'compare_packs', 'counted_seconds', 'csv_files', 'dispatcher_from_bytes', 'displayed', 'distance', 'earliest_date', 'enter_revocations', 'entity_count', 'entity_names', 'entries_from_bytes', 'entry_bytes', 'exchange_price_scale', 'first_head', 'head_text', 'holds_id_card_number', 'hours_by_place', 'hours_report', 'hours_text', 'info', 'intersection', 'is_showable', 'issued_attestations', 'latest_date', 'linked', 'listed_problems_max', 'load_dispatcher', 'load_entries', 'load_network', 'load_plan', 'load_tables', 'month_text', 'network_from_bytes', 'next_head', 'open_intervals', 'organisation_shares', 'outdated_attestations', 'own_price_auction', 'pack_change_table', 'parse_csv', 'parse_rule_pack', 'parse_window', 'place_figures', 'place_hours_table', 'plan_exchanges', 'plan_from_bytes', 'ranking', 'ranking_table', 'read_attestation', 'read_canonical', 'read_csv', 'read_csv_folder', 'read_csv_good_rows', 'read_csv_table', 'read_head', 'read_public_key', 'read_revocations', 'read_rule_pack', 'read_signing_key', 'recount', 'recount_table', 'registrations', 'reissue', 'revocation_list', 'revoke', 'roll_up_organisations', 'roll_up_places', 'roll_up_table', 'rule_pack_bytes_max', 'rule_pack_schema', 'rule_pack_text', 'sales_table', 'save', 'served', 'served_intervals', 'served_table', 'service_records', 'session_needs', 'shares_by_weight', 'shipped_rule_pack', 'shipped_rule_packs', 'sign_head', 'sign_revocations', 'solve', 'span_table', 'standard_catalogue', 'standard_points', 'standard_rule_count', 'standard_rules', 'standard_term_count', 'star_table', 'stars', 'statement_word', 'still_holds', 'submission_table', 'succeeded', 'supervision_list', 'supervision_table', 'supervisor_spans', 'table_names', 'tables_from_bytes', 'to_bytes', 'to_csv', 'to_table', 'united', 'venue_sessions', 'verify', 'verify_attestation', 'verify_store', 'with_needs', 'work_load', 'write_csv', 'write_key']
class PlaceIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> PlaceIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: PlaceIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class OrganisationIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> OrganisationIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: OrganisationIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class HouseholdIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> HouseholdIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: HouseholdIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class BeneficiaryIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> BeneficiaryIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: BeneficiaryIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class VolunteerIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> VolunteerIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: VolunteerIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class ActivityIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> ActivityIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: ActivityIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class ItemIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> ItemIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: ItemIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class NeedIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> NeedIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: NeedIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class EdgeIndex:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> EdgeIndex:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: EdgeIndex) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class Symbol:
    """
    A dense index into one table, typed by the table so that two kinds cannot be mixed up.
    
    Indexes live inside one frozen object; outside, people and things are named by external ids.
    """
    @staticmethod
    def none() -> Symbol:
        """
        No row at all.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __index__(self) -> int:
        ...
    def __init__(self, value: typing.SupportsIndex) -> None:
        ...
    def __lt__(self, other: Symbol) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def has_value(self) -> bool:
        ...
    @property
    def value(self) -> int:
        ...
class Id128:
    """
    A 128-bit id chosen by the caller, as in an account or a transfer. Zero means none.
    """
    @staticmethod
    def parse(text: str) -> Id128 | None:
        """
        Reads 32 hexadecimal digits, with or without the hyphens of a UUID; empty if it is neither.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __getstate__(self) -> tuple[int, int]:
        ...
    def __hash__(self) -> int:
        ...
    @typing.overload
    def __init__(self, uuid: uuid.UUID) -> None:
        ...
    @typing.overload
    def __init__(self, text: str) -> None:
        """
        Reads 32 hexadecimal digits, with or without the hyphens of a UUID; empty if it is neither.
        """
    @typing.overload
    def __init__(self, high: typing.SupportsIndex = 0, low: typing.SupportsIndex = 0) -> None:
        ...
    def __lt__(self, other: Id128) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: tuple[typing.Any, ...]) -> None:
        ...
    def __str__(self) -> str:
        ...
    def to_string(self) -> str:
        """
        32 lower-case hexadecimal digits.
        """
    @property
    def high(self) -> int:
        ...
    @property
    def is_zero(self) -> bool:
        ...
    @property
    def low(self) -> int:
        ...
    @property
    def uuid(self) -> uuid.UUID:
        """
        The same 128 bits as the standard library's type.
        """
class IdGenerator:
    """
    Makes time-ordered ids: UUID version 7 of RFC 9562, section 5.7.
    
    The 74 random bits come from the system's generator; within one millisecond they count up, so
    ids of one generator strictly rise. Not thread-safe: one generator a thread.
    """
    def __init__(self) -> None:
        ...
    def next(self, unix_milliseconds: typing.SupportsIndex | None = None) -> Id128:
        """
        unix_milliseconds: the time now; a clock that steps back does not break the order.
        """
class Position:
    """
    A point on the Earth in whole 1e-7 degrees (about 1.1 cm), WGS-84 by convention.
    
    Positions of one network must share one datum: China's GCJ-02 lies some 500 m off WGS-84.
    """
    latitude_max: typing.ClassVar[int] = 900000000
    longitude_max: typing.ClassVar[int] = 1800000000
    @staticmethod
    def from_degrees(latitude: typing.SupportsFloat | typing.SupportsIndex, longitude: typing.SupportsFloat | typing.SupportsIndex) -> Position | None:
        """
        Rounds to 1e-7 degrees; empty for NaN, infinities, |latitude| > 90 and |longitude| > 180.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, latitude: typing.SupportsIndex, longitude: typing.SupportsIndex) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def latitude(self) -> int:
        """
        Whole 1e-7 degrees, north positive.
        """
    @property
    def longitude(self) -> int:
        """
        Whole 1e-7 degrees, east positive.
        """
class Table:
    """
    Named columns of equal length.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __arrow_c_schema__(self) -> typing_extensions.CapsuleType:
        """
        The columns as an Arrow C schema.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType:
        """
        The rows as an Arrow C stream, without copying.
        """
    def __contains__(self, column: str) -> bool:
        ...
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __getitem__(self, column: str) -> numpy.ndarray:
        """
        A column as a numpy array: texts as str, None where absent; whole numbers as int64, masked where some are absent; real numbers as float64, NaN where absent.
        """
    def __getstate__(self) -> bytes:
        ...
    def __init__(self, frame: jiedui.frames.Frame, name: str = 'table') -> None:
        """
        Takes the columns of a frame: pandas, polars, pyarrow, DuckDB, a dict of columns, or anything with __arrow_c_stream__.
        """
    def __len__(self) -> int:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def _repr_html_(self) -> str:
        ...
    def find(self, column: str) -> numpy.ndarray | None:
        """
        The column of that name as a numpy array, or None.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        The rows as a pyarrow.Table.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        The rows as a pandas.DataFrame. Whole numbers stay whole: Int64 throughout.
        """
    @property
    def columns(self) -> list[str]:
        """
        The names of the columns.
        """
    @property
    def first_row(self) -> int:
        """
        What Problem::row counts from: 2 for a file with a header line, else 1.
        """
    @property
    def name(self) -> str:
        """
        "volunteers", or the file that it was read from
        """
    @property
    def rows(self) -> int:
        """
        How many rows there are.
        """
class Gender(enum.Enum):
    female = ...
    male = ...
    other = ...
    unstated = ...
class TravelMode(enum.Enum):
    car = ...
    cycle = ...
    ebike = ...
    transit = ...
    walk = ...
class OrganisationKind(enum.Enum):
    alliance = ...
    association = ...
    committee = ...
    department = ...
    enterprise = ...
    hospital = ...
    other = ...
    platform = ...
    school = ...
    team = ...
class ServiceClass(enum.Enum):
    """
    The two service levels of mechanism C4: supporting (支持型) and governing (治理型).
    """
    governing = ...
    supporting = ...
class YesNo(enum.Enum):
    no = ...
    yes = ...
class EdgeKind(enum.Enum):
    """
    What an edge says. The first ten are rows of edges.csv; the rest follow from columns of the
    other tables and appear in the graph only.
    """
    asked_by = ...
    asks_for = ...
    belongs = ...
    bond = ...
    descends_from = ...
    leads = ...
    located = ...
    member = ...
    parent = ...
    part_of = ...
    partner = ...
    recruited_by = ...
    refers = ...
    serves = ...
    supervises = ...
    supplies = ...
class Window:
    """
    A stretch of local time: each week on one weekday, on one date, or, as an exception, not then.
    """
    class Kind(enum.Enum):
        dated = ...
        except_ = ...
        weekly = ...
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, kind: Window.Kind, day: typing.SupportsIndex, begin: typing.SupportsIndex = 0, end: typing.SupportsIndex = 86400) -> None:
        ...
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        """
        "Mon 09:00-11:30", "2026-03-05 09:00-12:00", "not 2026-03-05 00:00-24:00".
        """
    @property
    def begin(self) -> int:
        """
        Seconds since the midnight that begins the day; 0 ≤ begin < end ≤ 172,800, so that
        "22:00-26:00" runs over midnight.
        """
    @property
    def day(self) -> int:
        """
        weekly: 0 Monday … 6 Sunday; dated and except: days since 1970-01-01.
        """
    @property
    def end(self) -> int:
        ...
    @property
    def kind(self) -> Window.Kind:
        ...
class Interval:
    """
    Half-open stretch of time in seconds.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, begin: typing.SupportsIndex, end: typing.SupportsIndex) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def begin(self) -> int:
        ...
    @property
    def end(self) -> int:
        ...
class YearRange:
    """
    A first and a last year of birth, the same when the year is known. A programme that keeps age
    bands only gives the years: an age goes stale, a year of birth does not.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    earliest: typing.ClassVar[int] = 1880
    latest: typing.ClassVar[int] = 2199
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, first: typing.SupportsIndex, last: typing.SupportsIndex | None = None) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def first(self) -> int:
        ...
    @property
    def last(self) -> int:
        ...
class SkillLevel:
    """
    A skill and how well it is mastered: 1 (beginner) to 9.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, skill: str, level: typing.SupportsIndex = 1) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def level(self) -> int:
        ...
    @property
    def skill(self) -> str:
        ...
class Credential:
    """
    A credential and the days on which it is valid, both inclusive; an absent bound is open.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, credential: str, from_: datetime.date | None = None, until: datetime.date | None = None) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def credential(self) -> str:
        ...
    @property
    def from_(self) -> datetime.date | None:
        ...
    @property
    def until(self) -> datetime.date | None:
        ...
class Place:
    """
    Geography, in four levels (county, district, township, village or community).
    """
    def __init__(self, *, id: str = '', name: str = '', level: typing.SupportsIndex | None = None, parent: str = '', position: Position | None = None, tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def level(self) -> int | None:
        """
        1 the widest … 4 the village or community; must be given
        """
    @property
    def name(self) -> str:
        ...
    @property
    def parent(self) -> str:
        """
        a place of a wider level
        """
    @property
    def position(self) -> Position | None:
        ...
    @property
    def tags(self) -> list[str]:
        ...
class Organisation:
    """
    """
    def __init__(self, *, id: str = '', name: str = '', kind: OrganisationKind | str = 'other', parent: str = '', place: str = '', tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def kind(self) -> OrganisationKind:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def parent(self) -> str:
        ...
    @property
    def place(self) -> str:
        """
        where it is at home
        """
    @property
    def tags(self) -> list[str]:
        ...
class Household:
    """
    """
    def __init__(self, *, id: str = '', place: str = '', position: Position | None = None, tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def position(self) -> Position | None:
        ...
    @property
    def tags(self) -> list[str]:
        ...
class Beneficiary:
    """
    """
    def __init__(self, *, id: str = '', household: str = '', place: str = '', position: Position | None = None, birth_year: YearRange | typing.SupportsIndex | None = None, gender: Gender | str = '', languages: collections.abc.Iterable[str] = (), tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def birth_year(self) -> YearRange | None:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def gender(self) -> Gender:
        ...
    @property
    def household(self) -> str:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def languages(self) -> list[str]:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def position(self) -> Position | None:
        ...
    @property
    def tags(self) -> list[str]:
        """
        groups such as left_behind_child, elder_alone
        """
class Volunteer:
    """
    """
    def __init__(self, *, id: str = '', organisation: str = '', place: str = '', position: Position | None = None, skills: collections.abc.Iterable[SkillLevel] = (), credentials: collections.abc.Iterable[Credential] = (), training: collections.abc.Iterable[str] = (), insured_until: datetime.date | None = None, languages: collections.abc.Iterable[str] = (), gender: Gender | str = '', birth_year: YearRange | typing.SupportsIndex | None = None, health_limits: collections.abc.Iterable[str] = (), availability: collections.abc.Iterable[Window | str] = (), capacity: typing.SupportsIndex | None = None, travel_mode: TravelMode | str = 'walk', reach_metres: typing.SupportsIndex | None = None, reach_minutes: typing.SupportsIndex | None = None, registered_since: datetime.date | None = None, tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def availability(self) -> list[Window]:
        """
        none: any time
        """
    @property
    def birth_year(self) -> YearRange | None:
        ...
    @property
    def capacity(self) -> int | None:
        """
        pairs in the planning horizon
        """
    @property
    def channel(self) -> str:
        ...
    @property
    def credentials(self) -> list[Credential]:
        ...
    @property
    def gender(self) -> Gender:
        ...
    @property
    def health_limits(self) -> list[str]:
        """
        what must not be asked: lifting, stairs …
        """
    @property
    def id(self) -> str:
        ...
    @property
    def insured_until(self) -> datetime.date | None:
        ...
    @property
    def languages(self) -> list[str]:
        ...
    @property
    def organisation(self) -> str:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def position(self) -> Position | None:
        ...
    @property
    def reach_metres(self) -> int | None:
        ...
    @property
    def reach_minutes(self) -> int | None:
        """
        with neither given: 15 (mechanism N4)
        """
    @property
    def registered_since(self) -> datetime.date | None:
        ...
    @property
    def skills(self) -> list[SkillLevel]:
        ...
    @property
    def tags(self) -> list[str]:
        ...
    @property
    def training(self) -> list[str]:
        """
        courses done
        """
    @property
    def travel_mode(self) -> TravelMode:
        ...
class Activity:
    """
    An activity or a project; a project's activities name it as their parent.
    """
    def __init__(self, *, id: str = '', name: str = '', parent: str = '', organisation: str = '', place: str = '', starts: datetime.date | None = None, ends: datetime.date | None = None, tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def ends(self) -> datetime.date | None:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def organisation(self) -> str:
        ...
    @property
    def parent(self) -> str:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def starts(self) -> datetime.date | None:
        ...
    @property
    def tags(self) -> list[str]:
        ...
class Item:
    """
    One service of the catalogue and what the law or the programme asks of who gives it
    (志愿服务条例, articles 15 to 17).
    """
    def __init__(self, *, id: str = '', name: str = '', group: str = '', skill: str = '', least_level: typing.SupportsIndex | None = None, credential: str = '', training: str = '', min_age: typing.SupportsIndex | None = None, max_age: typing.SupportsIndex | None = None, health_demands: collections.abc.Iterable[str] = (), dangerous: YesNo | str = 'no', remote: YesNo | str = 'no', service_class: ServiceClass | str = 'supporting', tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def credential(self) -> str:
        ...
    @property
    def dangerous(self) -> YesNo:
        """
        yes: only insured volunteers (article 17)
        """
    @property
    def group(self) -> str:
        ...
    @property
    def health_demands(self) -> list[str]:
        """
        clash with the same word in a volunteer's health_limits
        """
    @property
    def id(self) -> str:
        ...
    @property
    def least_level(self) -> int | None:
        ...
    @property
    def max_age(self) -> int | None:
        ...
    @property
    def min_age(self) -> int | None:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def remote(self) -> YesNo:
        """
        yes: by phone or online; reach does not matter
        """
    @property
    def service_class(self) -> ServiceClass:
        ...
    @property
    def skill(self) -> str:
        ...
    @property
    def tags(self) -> list[str]:
        ...
    @property
    def training(self) -> str:
        ...
class Need:
    """
    A request for `demand` different people, of one item. A need that asks for several kinds of
    people ("one social worker and two helpers") is several rows: its lines, of which one is the
    need and the others name it in `part_of`.
    """
    def __init__(self, *, id: str = '', beneficiary: str = '', item: str = '', activity: str = '', place: str = '', position: Position | None = None, windows: collections.abc.Iterable[Window | str] = (), duration_minutes: typing.SupportsIndex | None = None, demand: typing.SupportsIndex | None = None, tier: typing.SupportsIndex | None = None, language: str = '', gender: Gender | str = '', excluded: collections.abc.Iterable[str] = (), least_level: typing.SupportsIndex | None = None, part_of: str = '', whole_team: YesNo | str = 'no', tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def activity(self) -> str:
        ...
    @property
    def beneficiary(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def demand(self) -> int | None:
        """
        how many people
        """
    @property
    def duration_minutes(self) -> int | None:
        ...
    @property
    def excluded(self) -> list[str]:
        ...
    @property
    def gender(self) -> Gender:
        """
        wish
        """
    @property
    def id(self) -> str:
        ...
    @property
    def item(self) -> str:
        """
        must be given
        """
    @property
    def language(self) -> str:
        """
        wish: speaks it
        """
    @property
    def least_level(self) -> int | None:
        """
        above the item's
        """
    @property
    def part_of(self) -> str:
        """
        The need that this row is a further line of; that one is not part of another. What the row
        leaves empty of beneficiary, windows and duration it takes from there, and the place and
        position if it has neither.
        """
    @property
    def place(self) -> str:
        ...
    @property
    def position(self) -> Position | None:
        ...
    @property
    def tags(self) -> list[str]:
        ...
    @property
    def tier(self) -> int | None:
        """
        1 the most urgent
        """
    @property
    def whole_team(self) -> YesNo:
        """
        yes: only a team that comes as a whole will do. A market refuses it ("teams_not_paired").
        """
    @property
    def windows(self) -> list[Window]:
        """
        none: no time is fixed
        """
class Edge:
    """
    A typed, dated edge. Which entities an edge of a kind joins: see EdgeKind.
    """
    def __init__(self, *, id: str = '', kind: EdgeKind | str = 'bond', from_kind: str = '', from_: str = '', to_kind: str = '', to: str = '', starts: datetime.date | None = None, ends: datetime.date | None = None, weight: typing.SupportsIndex | None = None, reason: str = '', tags: collections.abc.Iterable[str] = (), channel: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def channel(self) -> str:
        ...
    @property
    def ends(self) -> datetime.date | None:
        ...
    @property
    def from_(self) -> str:
        ...
    @property
    def from_kind(self) -> str:
        """
        needed only where the kind of edge allows several
        """
    @property
    def id(self) -> str:
        ...
    @property
    def kind(self) -> EdgeKind:
        ...
    @property
    def reason(self) -> str:
        ...
    @property
    def starts(self) -> datetime.date | None:
        ...
    @property
    def tags(self) -> list[str]:
        ...
    @property
    def to(self) -> str:
        ...
    @property
    def to_kind(self) -> str:
        ...
    @property
    def weight(self) -> int | None:
        ...
class Entity(enum.Enum):
    """
    The tables of a network, in the order in which they may refer to each other.
    """
    activity = ...
    beneficiary = ...
    edge = ...
    household = ...
    item = ...
    need = ...
    organisation = ...
    place = ...
    volunteer = ...
class EntityRef:
    """
    One entity of a network: which table, and which row of it.
    """
    def __repr__(self) -> str:
        ...
    @property
    def entity(self) -> Entity:
        ...
    @property
    def index(self) -> int:
        ...
class Network:
    """
    A frozen network of people, organisations, places and needs.
    
    Every table is ordered by external id (bytewise), so that the order of the rows read does not
    show. Copies are cheap and share the data; nothing ever changes, so that threads may read at
    once. Made by NetworkBuilder.
    """
    @staticmethod
    def from_frames(*, places: jiedui.frames.Frame | None = None, organisations: jiedui.frames.Frame | None = None, households: jiedui.frames.Frame | None = None, beneficiaries: jiedui.frames.Frame | None = None, volunteers: jiedui.frames.Frame | None = None, activities: jiedui.frames.Frame | None = None, catalogue: jiedui.frames.Frame | None = None, needs: jiedui.frames.Frame | None = None, edges: jiedui.frames.Frame | None = None) -> Network:
        """
        Builds a network from frames with the columns of docs/formats.md: pandas, polars, pyarrow, DuckDB, dicts of columns, or anything with __arrow_c_stream__. Without a catalogue the built-in one is used.
        
        Raises InputError with all problems.
        """
    def __getstate__(self) -> bytes:
        ...
    def __init__(self) -> None:
        """
        The empty network.
        """
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def _repr_html_(self) -> str:
        ...
    def activity(self, id: ActivityIndex | str) -> Activity:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def beneficiary(self, id: BeneficiaryIndex | str) -> Beneficiary:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def edge(self, id: EdgeIndex | str) -> Edge:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def edge_from(self, index: EdgeIndex) -> EntityRef:
        """
        What the edge joins.
        """
    def edge_to(self, index: EdgeIndex) -> EntityRef:
        """
        What the edge joins.
        """
    def find(self, entity: Entity | str, id: str) -> int | None:
        """
        The row of an external id. O(log rows).
        """
    def find_word(self, word: str) -> Symbol | None:
        """
        The index of a word, if it is known.
        """
    def household(self, id: HouseholdIndex | str) -> Household:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def ids(self, entity: Entity | str) -> list[str]:
        """
        The ids of one table, in order.
        """
    def item(self, id: ItemIndex | str) -> Item:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def need(self, id: NeedIndex | str) -> Need:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def need_index(self, id: str) -> NeedIndex:
        """
        The row of an external id. Raises Error "id_unknown", naming the id.
        """
    def organisation(self, id: OrganisationIndex | str) -> Organisation:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def place(self, id: PlaceIndex | str) -> Place:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    @typing.overload
    def position(self, index: VolunteerIndex) -> Position | None:
        """
        The position of the entity, else that of its place. For a need: its own, its place's, its
        beneficiary's, the household's, the beneficiary's place's, the household's place's, in this
        order. Absent if none is known.
        """
    @typing.overload
    def position(self, index: NeedIndex) -> Position | None:
        """
        The position of the entity, else that of its place. For a need: its own, its place's, its
        beneficiary's, the household's, the beneficiary's place's, the household's place's, in this
        order. Absent if none is known.
        """
    def size(self, entity: Entity | str) -> int:
        """
        How many rows the table has.
        """
    def table(self, entity: Entity | str, *, personal: bool = False) -> Table:
        """
        One of them.
        """
    def tables(self, *, personal: bool = False) -> list[Table]:
        """
        One table for each entity, as docs/formats.md says. NetworkBuilder reads them back.
        """
    def volunteer(self, id: VolunteerIndex | str) -> Volunteer:
        """
        One row as plain values. Raises Error "index_out_of_range".
        """
    def volunteer_index(self, id: str) -> VolunteerIndex:
        """
        The row of an external id. Raises Error "id_unknown", naming the id.
        """
    @property
    def activities(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def beneficiaries(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def catalogue(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def edges(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def households(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def need_count(self) -> int:
        ...
    @property
    def needs(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def organisations(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def places(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def volunteer_count(self) -> int:
        ...
    @property
    def volunteers(self) -> Table:
        """
        The table without the fields that can point to a person; table(…, personal=True) has all.
        """
    @property
    def words(self) -> list[str]:
        """
        Every word of the network, in bytewise order; a Symbol is an index into it.
        """
class NetworkBuilder:
    """
    Gathers tables and rows, checks all of it at once, and freezes a Network.
    
    Rows refer to each other by external id and may come in any order. Without a catalogue the
    built-in one is used (standard_catalogue). Not thread-safe.
    """
    class GoodRows:
        """
        The network of the rows without problems, and the rest.
        """
        @property
        def bad_rows(self) -> Table:
            """
            table, row, column, code, allowed: at most 1,000 rows.
            """
        @property
        def network(self) -> Network:
            ...
        @property
        def problem_count(self) -> int:
            ...
        @property
        def problems(self) -> Table:
            """
            Problems as a table: table, row, column, code, allowed.
            """
    def __init__(self) -> None:
        ...
    @typing.overload
    def add(self, entity: Entity | str, frame: jiedui.frames.Frame) -> NetworkBuilder:
        """
        Adds rows as a table with the columns of docs/formats.md; a column left out is all absent.
        Several tables of one entity add up.
        """
    @typing.overload
    def add(self, row: Place) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Organisation) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Household) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Beneficiary) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Volunteer) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Activity) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Item) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Need) -> NetworkBuilder:
        """
        Adds one row.
        """
    @typing.overload
    def add(self, row: Edge) -> NetworkBuilder:
        """
        Adds one row.
        """
    def build(self) -> Network:
        """
        Freezes what was added.
        
        Every problem is looked for; any of them builds nothing. O(cells + rows · log rows).
        Raises InputError with all problems (1,000 listed, all counted).
        """
    def keep_good_rows(self) -> NetworkBuilder.GoodRows:
        """
        Freezes the rows without problems, and the rows that refer to such rows only; a row that
        refers to a bad one is bad itself. Whole-table problems (an unknown or double column) are
        reported and the column is not read.
        """
class StandardRule(enum.Enum):
    """
    The rules that every market starts from. The order is the one in which reasons are listed.
    """
    age = ...
    availability = ...
    capacity = ...
    credential = ...
    excluded = ...
    health = ...
    insurance = ...
    language = ...
    reach = ...
    skill = ...
    training = ...
    wish = ...
class StandardTerm(enum.Enum):
    """
    The points terms that every market starts from; each is a whole number. A point is a second of
    travel: what a volunteer brings beside nearness is stated as the travel that it is worth.
    """
    continuity = ...
    experience = ...
    language = ...
    level = ...
    nearness = ...
    own_organisation = ...
class BlockVolunteers:
    """
    The volunteers of a PairBlock, column by column.
    """
    def __getitem__(self, column: str) -> numpy.ndarray:
        """
        A column of docs/formats.md for these volunteers: texts as str, None where absent; whole numbers as int64, masked where absent; personal fields included.
        """
    def __len__(self) -> int:
        ...
    @property
    def index(self) -> numpy.ndarray:
        """
        Their rows in network.volunteers.
        """
class BlockNeed:
    """
    The need of a PairBlock, field by field.
    """
    def __getitem__(self, column: str) -> typing.Any:
        """
        A column of docs/formats.md for this need; numpy.ma.masked where absent.
        """
    @property
    def index(self) -> NeedIndex:
        """
        Its row in network.needs.
        """
class PairBlock:
    """
    Many volunteers beside one need: what a function over columns works on.
    """
    def __len__(self) -> int:
        ...
    @property
    def metres(self) -> numpy.ndarray:
        """
        Straight-line metres to each volunteer as whole numbers; masked where unknown.
        """
    @property
    def need(self) -> BlockNeed:
        ...
    @property
    def network(self) -> Network:
        ...
    @property
    def size(self) -> int:
        ...
    @property
    def volunteers(self) -> BlockVolunteers:
        ...
class Rules:
    """
    Who may help whom: the standard rules and the user's own. A value; cheap to copy.
    """
    class Own:
        """
        A rule of one's own.
        """
        @property
        def code(self) -> str:
            """
            stable name, as the standard rules have one
            """
        @property
        def reason(self) -> str:
            """
            plain words: "does not come by car"
            """
    def __repr__(self) -> str:
        ...
    def add(self, code: str, reason: str, function: collections.abc.Callable[[PairBlock], numpy.typing.ArrayLike]) -> Rules:
        """
        Adds a rule as a function over a PairBlock. It returns an array of bool, True where the two may be paired:
        
            rules.add("own_car", "does not come by car",
                      lambda block: block.volunteers["travel_mode"] == "car")
        
        It must be pure: it is called for many blocks, in any order. Raises Error with the rule's code as its place where the function fails.
        """
    def has(self, rule: StandardRule | str) -> bool:
        """
        Whether it is one of these rules.
        """
    def without(self, rule: StandardRule | str) -> Rules:
        """
        The same rules without one of the standard ones.
        """
    @property
    def own(self) -> list[Rules.Own]:
        """
        The rules of one's own.
        """
class PointTerms:
    """
    How good a pair is: the sum of weight · term over the standard terms and the user's own.
    """
    class Own:
        """
        A term of one's own.
        """
        @property
        def bounds(self) -> tuple[int, int] | None:
            """
            Between which values the term lies, (least, most), or None.
            """
        @property
        def code(self) -> str:
            ...
        @property
        def weight(self) -> int:
            ...
    def __repr__(self) -> str:
        ...
    def add(self, code: str, weight: typing.SupportsIndex, function: collections.abc.Callable[[PairBlock], numpy.typing.ArrayLike], bounds: tuple[typing.SupportsIndex, typing.SupportsIndex] | None = None) -> PointTerms:
        """
        Adds a term as a function over a PairBlock. It returns an array of whole numbers; floats are refused, as points decide and must be the same everywhere.
        
        bounds: (least, most), between which each value of the function lies. With them the market finds candidates best first and asks the function for those looked at only; narrow bounds let the search end early. Without, all eligible pairs are listed when the market is made, at most pairs_max.
        
        Raises Error "overflow", "points_bounds_reversed", "code_taken"; a value outside the bounds raises "points_bound_broken" where it is found.
        """
    def own_bounds(self) -> tuple[int, int] | None:
        """
        The same for one's own terms; None if one of them has no bounds.
        """
    def standard_bounds(self) -> tuple[int, int]:
        """
        Between which values the weighted sum of the standard terms lies.
        """
    def weight(self, term: StandardTerm | str, weight: typing.SupportsIndex) -> PointTerms:
        """
        The same terms with another weight for one of the standard ones; 0 leaves it out.
        weight: −1,000,000 to 1,000,000.
        """
    def weight_of(self, term: StandardTerm | str) -> int:
        """
        The weight of a standard term.
        """
    @property
    def own(self) -> list[PointTerms.Own]:
        """
        The terms of one's own.
        """
class Candidate:
    """
    One eligible way to fill one demand unit of a need.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    no_slot: typing.ClassVar[int] = 4294967295
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, volunteer: typing.SupportsIndex, points: typing.SupportsIndex = 0, slot: typing.SupportsIndex | None = None) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def points(self) -> int:
        ...
    @property
    def slot(self) -> int | None:
        """
        The stretch of time it takes, or None.
        """
    @property
    def volunteer(self) -> VolunteerIndex:
        ...
class ChosenPair:
    """
    A candidate of a need, or of a line of one.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, need: typing.SupportsIndex, candidate: Candidate) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def candidate(self) -> Candidate:
        ...
    @property
    def need(self) -> NeedIndex:
        """
        the line
        """
class Limits:
    """
    Everything that limits a plan but the candidates themselves.
    
    A need asks for `demand` different people; where it asks for several kinds of people it has
    several lines. In these arrays a row is a line, and `need` says which lines belong together.
    """
    no_organisation: typing.ClassVar[int] = 4294967295
    points_max: typing.ClassVar[int] = 4611686018427387904
    tiers_max: typing.ClassVar[int] = 16
    def __repr__(self) -> str:
        ...
    def cost_of(self, volunteer: typing.SupportsIndex, number: typing.SupportsIndex) -> int:
        """
        What the pair of a volunteer costs that is his `number`-th in the plan, from 1.
        """
    def need_of(self, line: typing.SupportsIndex) -> int:
        """
        The need that a line is of.
        """
    @property
    def capacity(self) -> numpy.ndarray:
        """
        of each volunteer, ≥ 0
        """
    @property
    def demand(self) -> numpy.ndarray:
        """
        of each line, ≥ 0
        """
    @property
    def least(self) -> numpy.ndarray:
        """
        Pairs that each volunteer is to have at least, ≤ capacity. Empty: none. Comes before all
        tiers.
        """
    @property
    def load_before(self) -> numpy.ndarray:
        """
        Pairs of each volunteer that count for the load already. Empty: none.
        """
    @property
    def load_cost(self) -> numpy.ndarray:
        """
        What a volunteer's first, second … pair costs in points, ≥ 0, never falling; further pairs
        cost as much as the last. Empty: nothing.
        """
    @property
    def need(self) -> numpy.ndarray:
        """
        The need that each line is of: a volunteer serves a need at most once, on whatever line.
        Empty: each line is a need of its own. A volunteer may have at most one slot for a need of
        several lines.
        """
    @property
    def needs(self) -> int:
        """
        How many lines of needs there are.
        """
    @property
    def organisation(self) -> numpy.ndarray:
        """
        The organisation of each volunteer, or no_organisation. Empty: none has one.
        """
    @property
    def organisation_total(self) -> numpy.ndarray:
        """
        Pairs that the volunteers of each organisation may have in all, ≥ 0.
        """
    @property
    def pinned(self) -> list[ChosenPair]:
        """
        Pairs that are in every plan. They count against all limits, and they need not be candidates.
        """
    @property
    def tier(self) -> numpy.ndarray:
        """
        of each line, 1 (most urgent) to tiers_max
        """
    @property
    def volunteers(self) -> int:
        """
        How many volunteers there are.
        """
class Instance(Limits):
    """
    A b-matching with slots: choose candidates so that
    - a volunteer has at most `capacity` of them in all, and at most one in each slot,
    - the volunteers of an organisation have at most its total,
    - a line has at most `demand` of them, and a need each volunteer at most once.
    
    The goals in order: the least pairs of volunteers met, filled units of tier 1, of tier 2, …,
    then the sum of points less the cost of load.
    """
    def __repr__(self) -> str:
        ...
    def candidates_of(self, need: typing.SupportsIndex) -> numpy.ndarray:
        """
        The candidates of one need, by its index.
        """
    @property
    def candidates(self) -> numpy.ndarray:
        """
        All candidates, need by need, as an array of (volunteer, slot, points).
        """
    @property
    def first(self) -> numpy.ndarray:
        """
        candidates of line n: first[n] up to first[n + 1]
        """
class PlanStatus(enum.Enum):
    bounded = ...
    interrupted = ...
    optimal = ...
class TierCount:
    """
    Filled and wanted demand units of one tier.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def demand(self) -> int:
        ...
    @property
    def filled(self) -> int:
        ...
    @property
    def tier(self) -> int:
        ...
class Statistics:
    """
    What a solve took.
    """
    @property
    def build_seconds(self) -> float:
        ...
    @property
    def candidates(self) -> int:
        """
        read from the market, of all that are eligible
        """
    @property
    def paths(self) -> int:
        """
        shortest paths found
        """
    @property
    def relaxations(self) -> int:
        """
        candidates looked at
        """
    @property
    def scans(self) -> int:
        """
        needs scanned
        """
    @property
    def solve_seconds(self) -> float:
        ...
class PlannedPair:
    """
    One pair of a plan: a volunteer fills one demand unit of a need.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, volunteer: str, need: str, points: typing.SupportsIndex = 0, metres: typing.SupportsIndex | None = None, begins: datetime.datetime | None = None, ends: datetime.datetime | None = None) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def begins(self) -> datetime.datetime | None:
        """
        when; empty for a need without windows
        """
    @property
    def ends(self) -> datetime.datetime | None:
        """
        when; empty for a need without windows
        """
    @property
    def metres(self) -> int | None:
        """
        straight line between the two; empty without positions
        """
    @property
    def need(self) -> str:
        """
        external id
        """
    @property
    def points(self) -> int:
        """
        how good the pair is
        """
    @property
    def volunteer(self) -> str:
        """
        external id
        """
class OptimalityProof:
    """
    A price for each volunteer and slot and a profit for each need that together prove that no plan
    is better (linear programming duality). Only what is not zero is listed, by id.
    
    The weight of a pair is (tiers + 1 − tier) · step + points, or bonus of the tier + points where
    bonuses are listed. docs/pairing-model.md tells how to check the proof by hand; verify() does
    it.
    """
    class Price:
        """
        The price of a volunteer, or of one of his slots.
        """
        @property
        def price(self) -> int:
            """
            Not 0; negative only for the capacity of one who has no more than the least pairs asked for
            him.
            """
        @property
        def slot(self) -> int | None:
            """
            None: for the volunteer's capacity.
            """
        @property
        def volunteer(self) -> str:
            ...
    class Profit:
        """
        The profit of a need.
        """
        @property
        def need(self) -> str:
            ...
        @property
        def profit(self) -> int:
            """
            > 0
            """
    class TotalPrice:
        """
        For the total of an organisation.
        """
        @property
        def organisation(self) -> str:
            ...
        @property
        def price(self) -> int:
            ...
    class LendingPrice:
        """
        For what one organisation may lend another.
        """
        @property
        def from_(self) -> str:
            ...
        @property
        def price(self) -> int:
            ...
        @property
        def to(self) -> str:
            ...
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def bonuses(self) -> list[int]:
        """
        Of a least pair, then of tier 1, 2, …; only under limits that cross the others.
        """
    @property
    def change_price(self) -> int:
        """
        of a change against the plan before, ≥ 0
        """
    @property
    def lending(self) -> list[OptimalityProof.LendingPrice]:
        """
        by from, then to
        """
    @property
    def prices(self) -> list[OptimalityProof.Price]:
        """
        by volunteer id, then slot
        """
    @property
    def profits(self) -> list[OptimalityProof.Profit]:
        """
        by need id
        """
    @property
    def step(self) -> int:
        ...
    @property
    def tiers(self) -> int:
        ...
    @property
    def totals(self) -> list[OptimalityProof.TotalPrice]:
        """
        by organisation id
        """
class Plan:
    """
    Who helps whom, with the proof that no plan is better. Frozen; copies share the data.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __arrow_c_schema__(self) -> typing.Any:
        """
        The columns as an Arrow C schema.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The rows as an Arrow C stream.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __getstate__(self) -> bytes:
        ...
    def __init__(self) -> None:
        """
        The empty plan.
        """
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: bytes) -> None:
        ...
    def __str__(self) -> str:
        ...
    def _map(self, network: Network) -> dict[str, numpy.ndarray]:
        ...
    def _repr_html_(self) -> str:
        ...
    def pair(self, index: typing.SupportsInt | typing.SupportsIndex) -> PlannedPair:
        """
        Raises Error "index_out_of_range".
        """
    def pairs(self) -> list[PlannedPair]:
        """
        All pairs, by need id, then volunteer id.
        """
    def pairs_of_need(self, id: str) -> list[PlannedPair]:
        """
        The pairs of one need or one volunteer.
        """
    def pairs_of_volunteer(self, id: str) -> list[PlannedPair]:
        """
        The pairs of one need or one volunteer.
        """
    def plot(self, path: os.PathLike[str] | str | bytes | None = None, *, network: Network | None = None, outline: os.PathLike[str] | str | bytes | None = None, title: str | None = None) -> matplotlib.figure.Figure:
        """
        Draws the map: a line from each volunteer to the need, coloured by tier, and the needs that are not filled.
        
        path: a file to write, PNG, SVG or PDF by its ending.
        network: where the positions are; by default the one that the plan was made for.
        outline: a GeoJSON file of boundaries to draw below.
        
        Raises Error "positions_unknown" where nothing can be drawn.
        """
    def summary(self) -> str:
        """
        Filled units by tier, volunteers used and short of pairs, metres, points, cost of load and
        proof in a few lines of text.
        """
    def table(self) -> Table:
        """
        need, volunteer, points, metres, begins, ends, slot, pinned ("yes" or "no"): one row for each
        pair.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        The rows as a pyarrow.Table.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        The rows as a pandas.DataFrame; whole numbers stay whole (Int64).
        """
    @property
    def bound(self) -> int:
        """
        Weight of the plan and a bound that no plan exceeds; equal when optimal. Limits on lending and
        changes, and pairs that span slots, may leave a gap between them: then the status is bounded.
        """
    @property
    def demand(self) -> int:
        """
        Wanted demand units.
        """
    @property
    def filled(self) -> int:
        """
        Filled demand units.
        """
    @property
    def gap(self) -> int:
        """
        bound − value: 0 when optimal.
        """
    @property
    def is_optimal(self) -> bool:
        ...
    @property
    def load_cost(self) -> int:
        """
        What the pairs cost their volunteers, in points: the value is less by it.
        """
    @property
    def needs_without_slot(self) -> list[str]:
        """
        Needs whose duration fits no window within one slot; other MarketOptions::slot_cuts, or
        span_slots, may hold them.
        """
    @property
    def network(self) -> Network:
        """
        The network that it was made for; the empty one where that is not known.
        """
    @property
    def points(self) -> int:
        """
        Sum of the points of the pairs. Exact.
        """
    @property
    def proof(self) -> OptimalityProof:
        """
        A price for each volunteer and slot and a profit for each need that together prove that no plan
        is better (linear programming duality). Only what is not zero is listed, by id.
        
        The weight of a pair is (tiers + 1 − tier) · step + points, or bonus of the tier + points where
        bonuses are listed. docs/pairing-model.md tells how to check the proof by hand; verify() does
        it.
        """
    @property
    def size(self) -> int:
        """
        How many pairs there are.
        """
    @property
    def statistics(self) -> Statistics:
        """
        What the solve took.
        """
    @property
    def status(self) -> PlanStatus:
        ...
    @property
    def tiers(self) -> list[TierCount]:
        """
        Filled and wanted demand units of one tier.
        """
    @property
    def unmet(self) -> dict[str, int]:
        """
        The volunteers who have less than the least pairs asked for them, and how many pairs each of them lacks. No plan does better in all.
        """
    @property
    def value(self) -> int:
        """
        Weight of the plan and a bound that no plan exceeds; equal when optimal. Limits on lending and
        changes, and pairs that span slots, may leave a gap between them: then the status is bounded.
        """
class TravelSpeed:
    """
    How fast one gets about in a straight line, all detours counted.
    """
    def __init__(self, metres_per_hour: typing.SupportsIndex = 5000, start_seconds: typing.SupportsIndex = 0) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def metres_per_hour(self) -> int:
        """
        100 to 1,000,000
        """
    @property
    def start_seconds(self) -> int:
        """
        to set out and to park; 0 to 86,400
        """
class Reason:
    """
    One reason why a volunteer may not serve a need.
    """
    def __repr__(self) -> str:
        ...
    @property
    def code(self) -> str:
        """
        "skill", "reach", … or the code of one's own rule
        """
    @property
    def text(self) -> str:
        """
        in plain words, without names
        """
class RoadGraph:
    """
    Roads as the user gives them: places where ways meet, and how long it takes from one to the
    next.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    closed: typing.ClassVar[int] = -1
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, nodes: collections.abc.Sequence[Position], edges: collections.abc.Sequence[tuple[typing.SupportsIndex, typing.SupportsIndex, typing.Annotated[collections.abc.Sequence[typing.SupportsIndex], "FixedSize(5)"] | typing.SupportsIndex]]) -> None:
        """
        nodes: positions.
        edges: rows of from, to and seconds, one way each; nodes by number, seconds as one number for all travel modes or one for each (walk, cycle, ebike, transit, car), RoadGraph.closed where it cannot be used.
        """
    def __repr__(self) -> str:
        ...
    @property
    def edges(self) -> list[tuple[int, int, typing.Annotated[list[int], "FixedSize(5)"]]]:
        """
        Rows of from, to and seconds by travel mode.
        """
    @property
    def nodes(self) -> list[Position]:
        """
        The positions.
        """
class Market:
    """
    Everybody who may help anybody, and how good each pair would be.
    
    Frozen. Pairs come from a network with rules and points, or from arrays (ExplicitMarket). Copies
    are cheap and share the data; threads may read at once.
    """
    def __init__(self, network: Network, rules: Rules | None = None, points: PointTerms | None = None, *, from_: datetime.date | None = None, days: typing.SupportsIndex | None = None, begin_after: datetime.datetime | None = None, zone: str = 'Asia/Shanghai', slot_cuts: collections.abc.Sequence[typing.SupportsIndex] | None = None, span_slots: bool = False, travel: collections.abc.Mapping[TravelMode | str, TravelSpeed] | None = None, roads: RoadGraph | None = None, pairs_max: typing.SupportsIndex = 50000000, pinned: collections.abc.Sequence[tuple[str, str]] = [], forbidden: collections.abc.Sequence[tuple[str, str]] = [], pin_bonds: bool = False, least: collections.abc.Mapping[str, typing.SupportsIndex] | collections.abc.Sequence[tuple[str, typing.SupportsIndex]] = {}, load_cost: collections.abc.Sequence[typing.SupportsIndex] = [], load_before: collections.abc.Mapping[str, typing.SupportsIndex] | collections.abc.Sequence[tuple[str, typing.SupportsIndex]] = {}, organisation_totals: collections.abc.Mapping[str, typing.SupportsIndex] | collections.abc.Sequence[tuple[str, typing.SupportsIndex]] = {}, lending: collections.abc.Mapping[tuple[str, str], typing.SupportsIndex] | collections.abc.Sequence[tuple[str, str, typing.SupportsIndex]] = {}, before: Plan | None = None, changes_at_most: typing.SupportsIndex | None = None, threads: typing.SupportsIndex = 1, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> None:
        """
        Makes the market of a network. Rules and points are the standard ones unless given; they may be given in Python (Rules.add, PointTerms.add).
        
        from_: first local day of the planning horizon; by default the first day on which a need has a dated window, else the latest registration of a volunteer.
        days: length of the horizon, 1 to 366.
        begin_after: only pairs that begin after this moment; a pair begins at the earliest time in its slot that suits both. Pinned pairs, and pairs without a time, stay.
        zone: IANA name, of all windows.
        slot_cuts: where each day is cut into slots, in seconds of local time, rising; by default noon and 18:00. A volunteer has at most one pair in a slot.
        span_slots: whether a pair may take several slots in a row, and with them a time across a cut, where no slot alone suits both. The plan then has a bound, as with lending.
        travel: TravelSpeed by TravelMode or its name; the others keep their default.
        roads: a RoadGraph; minutes of reach and nearness then go by its seconds, and all eligible pairs are listed when the market is made.
        pairs_max: more eligible candidates are refused where they must be listed: for a term of one's own without bounds, and by instance().
        pinned: pairs that every plan has, as (volunteer, need). Each must be eligible, and all together within the limits.
        forbidden: pairs that no plan has.
        pin_bonds: pins each need of a beneficiary to volunteers with a bond to him, as far as they are eligible and the limits allow.
        least: pairs that a volunteer is to have at least, {"V-1": 1}. They come before all tiers; where they cannot all be met, the plan meets the most and names the others (Plan.unmet).
        load_cost: what a volunteer's first, second … pair costs in points, [0, 20, 60], never falling; further pairs cost as much as the last.
        load_before: pairs that count for a volunteer's load already, {"V-1": 3}.
        organisation_totals: most pairs that the volunteers of an organisation may have in all, {"O-1": 20}.
        lending: most pairs that one organisation may lend another, {("O-1", "O-2"): 3}: of its volunteers, for needs of the other's activities. This and changes_at_most cross the other limits: the plan has a bound, and is proved best only if its gap is 0. A Dispatcher does not take them.
        before: an earlier plan; changes_at_most: the most of its pairs that may be missing from the next one.
        threads: to use, 1 to 64; the answer is the same for any number.
        progress: as for solve.
        
        Raises Error "horizon_unknown", "horizon_too_wide", "zone_unknown", "slot_cuts_invalid", "days_out_of_range", "too_many_pairs", "overflow" (threads, travel); of the options that limit plans: "id_unknown", "option_invalid", "pin_not_eligible", "pin_infeasible", "pin_forbidden", "lines_with_slots", "teams_not_paired".
        """
    def __repr__(self) -> str:
        ...
    def best(self, need: NeedIndex | str, count: typing.SupportsIndex) -> list[Candidate]:
        """
        The best `count` candidates of a need: by points falling, then by volunteer, then by slot;
        those of one volunteer together.
        """
    @typing.overload
    def candidates(self, volunteer: VolunteerIndex | str, need: NeedIndex | str) -> list[Candidate]:
        """
        All ways in which the two may be paired, one for each slot; empty if they may not.
        
        Works from the network and the definitions of the rules alone, not from the index by which the
        market found its candidates: verify relies on that.
        """
    @typing.overload
    def candidates(self, volunteers: collections.abc.Sequence[VolunteerIndex | str], need: NeedIndex | str) -> list[Candidate]:
        """
        The same for many volunteers beside one need, in the order given.
        """
    def find_need(self, id: str) -> NeedIndex | None:
        """
        The index, or None.
        """
    def find_volunteer(self, id: str) -> VolunteerIndex | None:
        """
        The index, or None.
        """
    def instance(self) -> Instance:
        """
        The whole problem in numbers, every pair listed. Raises Error "too_many_pairs".
        """
    def metres(self, volunteer: VolunteerIndex | str, need: NeedIndex | str) -> int | None:
        """
        Straight-line distance, if both positions are known.
        """
    def need_id(self, need: NeedIndex) -> str:
        """
        The external id.
        """
    def need_index(self, id: str) -> NeedIndex:
        """
        Raises Error "id_unknown".
        """
    def needs_without_slot(self) -> list[NeedIndex]:
        """
        Needs that no slot holds: their duration fits no window within one slot of the horizon, or,
        with MarketOptions::span_slots, no window of the horizon.
        """
    def organisation_id(self, organisation: typing.SupportsInt | typing.SupportsIndex) -> str:
        """
        Of the organisation with that number in limits().
        """
    def reasons_against(self, volunteer: VolunteerIndex | str, need: NeedIndex | str) -> list[Reason]:
        """
        Every rule that keeps the two apart; empty if they may be paired. O(rules).
        """
    def requests(self, volunteer: VolunteerIndex | str) -> list[ChosenPair]:
        """
        All needs that a volunteer may serve, by need, then by slot.
        """
    def slots_taken(self, slot: typing.SupportsIndex | None) -> list[int]:
        """
        The slots that a pair takes, by the number of its slot: one, a run of them with
        MarketOptions::span_slots, or none for solver::Candidate::no_slot.
        """
    def time_of(self, volunteer: VolunteerIndex | str, need: NeedIndex | str, slot: typing.SupportsIndex) -> tuple[datetime.datetime, datetime.datetime] | None:
        """
        The earliest stretch of the need's duration within the slot that suits both; for a run of
        slots (solver::SlotRun), that begins in the first and ends in the last.
        """
    def volunteer_id(self, volunteer: VolunteerIndex) -> str:
        """
        The external id.
        """
    def volunteer_index(self, id: str) -> VolunteerIndex:
        """
        Raises Error "id_unknown".
        """
    @property
    def from_(self) -> datetime.date:
        """
        First local day of the planning horizon.
        """
    @property
    def is_explicit(self) -> bool:
        """
        True for an ExplicitMarket.
        """
    @property
    def limits(self) -> Limits:
        """
        The capacities, demands and other limits, by index.
        """
    @property
    def need_count(self) -> int:
        ...
    @property
    def needs_skill(self) -> bool:
        """
        Whether only volunteers with the item's skill can be eligible.
        """
    @property
    def network(self) -> Network:
        """
        The network behind the market; the empty one for an ExplicitMarket.
        """
    @property
    def pair_count(self) -> int:
        """
        How many candidates are eligible; a pair that fits several slots counts once. Looks at them
        all, on MarketOptions::threads.
        """
    @property
    def points_range(self) -> tuple[int, int]:
        """
        Least and most points that a candidate may have: bounds, by the definition of the terms.
        """
    @property
    def slots(self) -> list[Interval]:
        """
        A stretch of time of the horizon, in seconds since 1970-01-01T00:00Z.
        """
    @property
    def until(self) -> datetime.date:
        """
        Last local day of the planning horizon.
        """
    @property
    def volunteer_count(self) -> int:
        ...
class ExplicitMarket(Market):
    """
    A market of pairs that are given as arrays, for those who have their own rules and points.
    """
    @staticmethod
    @typing.overload
    def of(instance: Instance, volunteer_ids: collections.abc.Sequence[str] = [], need_ids: collections.abc.Sequence[str] = []) -> ExplicitMarket:
        """
        A market with every limit there is; organisations are named by their indexes in decimal.
        """
    @staticmethod
    @typing.overload
    def of(*, volunteer: numpy.typing.ArrayLike, need: numpy.typing.ArrayLike, points: numpy.typing.ArrayLike, capacity: numpy.typing.ArrayLike, demand: numpy.typing.ArrayLike, tier: numpy.typing.ArrayLike | None = None, slot: numpy.typing.ArrayLike | None = None, line_of: numpy.typing.ArrayLike | None = None, least: numpy.typing.ArrayLike | None = None, load_cost: numpy.typing.ArrayLike | None = None, load_before: numpy.typing.ArrayLike | None = None, organisation: numpy.typing.ArrayLike | None = None, organisation_total: numpy.typing.ArrayLike | None = None, pinned: collections.abc.Sequence[ChosenPair | tuple[typing.SupportsIndex, typing.SupportsIndex, typing.SupportsIndex] | tuple[typing.SupportsIndex, typing.SupportsIndex, typing.SupportsIndex, typing.SupportsIndex | None]] = [], volunteer_ids: collections.abc.Sequence[str] = [], need_ids: collections.abc.Sequence[str] = []) -> ExplicitMarket:
        """
        A market with every limit there is. The columns of the constructor, and:
        
        line_of: for each need the one that it is a further line of, or itself: a volunteer serves the lines of one need at most once.
        least: pairs that each volunteer is to have at least, up to his capacity.
        load_cost: what a volunteer's first, second … pair costs in points, never falling.
        load_before: pairs of each volunteer that count for the load already.
        organisation: the number of each volunteer's organisation, Limits.no_organisation for none; organisation_total: pairs that the volunteers of each may have in all.
        pinned: pairs that are in every plan: ChosenPair, or (volunteer, need, points) with a slot behind where it takes one. They need not be among the eligible pairs.
        
        Raises besides Error "option_invalid", "pin_infeasible", "lines_with_slots".
        """
    def __init__(self, *, volunteer: numpy.typing.ArrayLike, need: numpy.typing.ArrayLike, points: numpy.typing.ArrayLike, capacity: numpy.typing.ArrayLike, demand: numpy.typing.ArrayLike, tier: numpy.typing.ArrayLike | None = None, slot: numpy.typing.ArrayLike | None = None, volunteer_ids: collections.abc.Sequence[str] = [], need_ids: collections.abc.Sequence[str] = []) -> None:
        """
        volunteer, need, points, slot: one entry for each eligible pair; volunteer and need are indexes, slot is Candidate.no_slot (or left out) for a pair without one.
        capacity: pairs that each volunteer can take.
        demand: people that each need asks for; tier: 1, the most urgent, to 16.
        volunteer_ids, need_ids: external ids; by default the indexes in decimal.
        
        Raises TypeError for floats; Error "array_length", "index_out_of_range", "pair_double" and the like.
        """
class Verification:
    """
    What verify found. Converts to true if the plan is feasible and proved optimal.
    """
    class Finding:
        """
        One thing that is wrong.
        """
        def __repr__(self) -> str:
            ...
        @property
        def code(self) -> str:
            """
            as docs/errors.md lists them: "pair_not_eligible", …
            """
        @property
        def place(self) -> str:
            """
            ids of the volunteer and the need
            """
    def __bool__(self) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def feasible(self) -> bool:
        ...
    @property
    def finding_count(self) -> int:
        ...
    @property
    def findings(self) -> list[Verification.Finding]:
        """
        at most 100
        """
    @property
    def optimal(self) -> bool:
        ...
    @property
    def pairs_checked(self) -> int:
        """
        Pairs that were held against the prices: eligible ones one by one, or whole groups by a bound,
        in which not all are eligible.
        """
class PlanChange:
    """
    What an operation changed in the plan. Lists are by need id, then volunteer id.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __bool__(self) -> bool:
        ...
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def added(self) -> list[tuple[str, str]]:
        """
        Pairs that are new, as (volunteer, need).
        """
    @property
    def closed(self) -> list[str]:
        """
        Needs for which it has become too late: advance() closed them. By id.
        """
    @property
    def dropped(self) -> list[tuple[str, str]]:
        """
        Pairs that are gone, as (volunteer, need).
        """
    @property
    def empty(self) -> bool:
        """
        Whether nothing has changed.
        """
    @property
    def moved(self) -> list[tuple[str, str]]:
        """
        the same pair, at another time
        """
    @property
    def needs(self) -> list[str]:
        """
        Whose day looks different now, by id; no names.
        """
    @property
    def volunteers(self) -> list[str]:
        """
        Whose day looks different now, by id; no names.
        """
class Proposal:
    """
    A volunteer whom a need could have, and what that would cost the whole plan.
    """
    def __repr__(self) -> str:
        ...
    @property
    def cost(self) -> int:
        """
        weight that the plan loses; 0 if he serves the need already
        """
    @property
    def points(self) -> int:
        """
        of the pair
        """
    @property
    def points_lost(self) -> int | None:
        """
        The part of the cost below tiers: points. Empty if urgent units would be lost, or others won.
        """
    @property
    def volunteer(self) -> str:
        ...
class Operations:
    """
    Operations of a Dispatcher that belong together: Dispatcher::apply() does all of them or none.
    Each function notes one and returns the list.
    """
    def __init__(self) -> None:
        """
        No operation yet.
        """
    def __len__(self) -> int:
        ...
    def __repr__(self) -> str:
        ...
    def add_need(self, row: Need) -> Operations:
        """
        The need comes.
        """
    def add_volunteer(self, row: Volunteer) -> Operations:
        """
        The volunteer comes.
        """
    def confirm(self, volunteer: str, need: str) -> Operations:
        """
        Pins a pair of the plan.
        """
    def decline(self, volunteer: str, need: str) -> Operations:
        """
        The pair must not be in any plan.
        """
    def edit_need(self, row: Need) -> Operations:
        """
        Its row is this one.
        """
    def edit_volunteer(self, row: Volunteer) -> Operations:
        """
        His row is this one.
        """
    def pin(self, volunteer: str, need: str) -> Operations:
        """
        The pair is in every plan.
        """
    def set_capacity(self, volunteer: str, pairs: typing.SupportsIndex) -> Operations:
        """
        The volunteer takes so many pairs.
        """
    def set_demand(self, need: str, people: typing.SupportsIndex) -> Operations:
        """
        The need asks for so many people.
        """
    def unpin(self, volunteer: str, need: str) -> Operations:
        """
        Lets a pair go its way.
        """
    def withdraw_need(self, need: str) -> Operations:
        """
        The need leaves.
        """
    def withdraw_volunteer(self, volunteer: str) -> Operations:
        """
        The volunteer leaves.
        """
    @property
    def size(self) -> int:
        """
        How many there are.
        """
class Dispatcher:
    """
    Keeps a plan optimal while the day changes.
    
    After each operation the plan is as good as one solved anew under the same limits and pins, and among equally good plans it has the fewest changes against the plan before. Pinned pairs stay until they are unpinned or declined. An operation costs a few shortest paths, each of which touches only what it reaches. Several threads may use one dispatcher: they take turns.
    """
    def __init__(self, market: Market, *, before: Plan | None = None, threads: typing.SupportsIndex = 1, progress: bool | collections.abc.Callable[[jiedui.progress.SolveProgress], typing.Any] | None = None) -> None:
        """
        Solves the market. before: a plan to stay close to; threads and progress: as for solve. Ctrl-C raises.
        """
    def __repr__(self) -> str:
        ...
    def add_need(self, row: Need) -> PlanChange:
        """
        The need comes, or comes back. Errors as add_volunteer(); "lines_with_slots".
        """
    def add_volunteer(self, row: Volunteer) -> PlanChange:
        """
        The volunteer comes, or comes back. His row is checked as by NetworkBuilder.
        Raises InputError with all problems of the row; Error "id_duplicate"; "horizon_unknown" where
          the row has dates and the market no horizon; "market_explicit" for an ExplicitMarket.
        """
    def advance(self, now: datetime.datetime) -> PlanChange:
        """
        The clock moves on. A pair begins at the earliest time in its slot that suits both.
        
        A pair of the plan that has begun by `now` is pinned for good. A pair outside the plan whose
        begin has come cannot be planned any more. A need is closed when nobody could begin with it
        after `now` and still end within a window and slot: it then asks for no more people than it
        has; the change names it. Needs without windows stay open. No pair of the plan changes.
        O(needs + pairs), and the offers of needs whose windows are open are read anew when they are
        asked for; a new market where rules or points of one's own take part. An ExplicitMarket has no
        times: nothing happens.
        Raises Error "clock_backwards" if now is before the clock.
        """
    def apply(self, operations: Operations) -> PlanChange:
        """
        Does all operations one after the other, as one: a single change is told, with the fewest
        changes against the plan before them all. If one is refused, none is done.
        Raises Error as the operation that is refused; the place names its index, from 0. Costs one
          copy of the plan beside the operations, O(volunteers + needs).
        """
    def clock(self) -> datetime.datetime | None:
        """
        The moment of the last advance(), or of MarketOptions::begin_after.
        """
    def confirm(self, volunteer: str, need: str) -> PlanChange:
        """
        Pins a pair of the plan: both have agreed, and nobody touches them any more.
        Raises Error "id_unknown", "pair_unknown" if the plan does not have it.
        """
    def decline(self, volunteer: str, need: str) -> PlanChange:
        """
        The pair must not be in any plan from now on, pinned or not.
        Raises Error "id_unknown"; "pair_begun".
        """
    def edit_need(self, row: Need) -> PlanChange:
        """
        All fields of the need are from now on as in the row; those left out are absent. Its pinned
        pairs stay. A part keeps what it has taken from its need.
        Raises as edit_volunteer(), "demand_out_of_range" in place of the capacity.
        """
    def edit_volunteer(self, row: Volunteer) -> PlanChange:
        """
        All fields of the volunteer are from now on as in the row; those left out are absent. His
        pinned pairs stay, with their points as they are now.
        Raises as add_volunteer(), but "id_unknown" for "id_duplicate"; Error "pin_not_eligible" if
          he might not serve a pinned pair any more, "capacity_out_of_range" if his capacity is less
          than his pins: unpin first.
        """
    def market(self) -> Market:
        """
        The market as it is now, people, needs, clock, declined pairs and limits included:
        verify(plan(), market()) holds. Costs as much as making a market once people, needs or the
        clock have changed, else O(volunteers + needs).
        """
    def network(self) -> Network:
        """
        The network of market(), without making the market. O(cells) once it has changed.
        """
    def pin(self, volunteer: str, need: str) -> PlanChange:
        """
        The pair is in every plan from now on; it is put there if need be.
        Raises Error "id_unknown", "pin_not_eligible", "pin_infeasible".
        """
    def plan(self) -> Plan:
        """
        The plan as it is now, with its proof. O(volunteers + needs).
        """
    def propose(self, need: str, count: typing.SupportsIndex) -> list[Proposal]:
        """
        The `count` volunteers with the most points for a need, with what each would cost the plan.
        Changes nothing. Where a need of the market has several lines, each choice is tried in a copy
        of the plan, O(volunteers + needs), and those for whom pins leave no room are left out.
        Raises Error "id_unknown".
        """
    def set_capacity(self, volunteer: str, pairs: typing.SupportsIndex) -> PlanChange:
        """
        The volunteer takes so many pairs in all; 0 for none, until it is set anew.
        pairs: 0 to 10,000, no less than are pinned. Raises Error "id_unknown",
          "capacity_out_of_range": the way out is to unpin, or, for a volunteer whose row gives no
          capacity, to edit it.
        """
    def set_demand(self, need: str, people: typing.SupportsIndex) -> PlanChange:
        """
        The need asks for so many people; 0 for nobody.
        people: 0 to 100,000, no less than are pinned. Raises Error "id_unknown",
          "demand_out_of_range".
        """
    def unpin(self, volunteer: str, need: str) -> PlanChange:
        """
        Lets a pinned pair go its way again; no change if it is not pinned.
        Raises Error "id_unknown"; "pair_begun".
        """
    def update(self, market: Market, *, threads: typing.SupportsIndex = 1, progress: bool | collections.abc.Callable[[jiedui.progress.SolveProgress], typing.Any] | None = None) -> PlanChange:
        """
        Takes another market for the one at hand. What was pinned or declined stays so, as far as both
        are known and eligible there and the limits allow; a pinned pair that could not stay is among
        the dropped ones. The plan has the fewest changes among the best. Costs a cold solve.
        """
    def withdraw_need(self, need: str) -> PlanChange:
        """
        The need leaves, and its pins and its parts with it. Pairs that have begun stay, and it with
        them.
        Raises Error "id_unknown".
        """
    def withdraw_volunteer(self, volunteer: str) -> PlanChange:
        """
        The volunteer leaves, and his pins with him. Pairs that have begun stay, and he with them.
        Raises Error "id_unknown".
        """
class Graph:
    """
    The network as a directed graph: a vertex for each row, an edge for each row of the edges table
    and for each reference between rows.
    
    Vertices are numbered table by table in the order of Entity, each table in the order of ids.
    Edges are numbered by source, then as they are found, so that the edges out of a vertex are a
    run. Frozen; holds no pointer into the network. `network/boost.hpp` makes it a model of
    Boost.Graph's concepts.
    """
    class Link:
        """
        """
        @property
        def ends(self) -> datetime.date | None:
            ...
        @property
        def from_(self) -> int:
            ...
        @property
        def kind(self) -> EdgeKind:
            ...
        @property
        def starts(self) -> datetime.date | None:
            """
            field::no_date: open
            """
        @property
        def to(self) -> int:
            ...
        @property
        def weight(self) -> int:
            """
            1 where none is given
            """
    def __init__(self, network: Network) -> None:
        """
        O(rows + references).
        """
    def __repr__(self) -> str:
        ...
    def entity(self, vertex: typing.SupportsIndex) -> EntityRef:
        """
        O(1): the table and row of a vertex.
        """
    def first_out(self, vertex: typing.SupportsIndex) -> int:
        """
        Numbers of the edges out of a vertex: from first_out(v) up to first_out(v + 1).
        """
    def in_(self, vertex: typing.SupportsIndex) -> list[int]:
        """
        Numbers of the edges into a vertex, rising.
        """
    def link(self, edge: typing.SupportsIndex) -> Graph.Link:
        """
        An edge by its number.
        """
    def table(self, network: Network) -> Table:
        """
        from, from_kind, to, to_kind, kind, weight, starts, ends: one row for each edge.
        """
    def vertex(self, entity: Entity | str, row: typing.SupportsIndex) -> int:
        """
        The vertex of a row of a table.
        """
    @property
    def edge_count(self) -> int:
        ...
    @property
    def vertex_count(self) -> int:
        ...
class Counts:
    """
    How many of each there are at one place or organisation.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def activities(self) -> int:
        ...
    @property
    def beneficiaries(self) -> int:
        ...
    @property
    def demand(self) -> int:
        """
        people asked for by the needs
        """
    @property
    def households(self) -> int:
        ...
    @property
    def needs(self) -> int:
        ...
    @property
    def organisations(self) -> int:
        ...
    @property
    def volunteers(self) -> int:
        ...
class RollUp:
    """
    Counts for each row of a tree: what is there itself, and with all that lies below it.
    """
    @property
    def own(self) -> list[Counts]:
        ...
    @property
    def total(self) -> list[Counts]:
        ...
class Unit:
    """
    What an account counts. Amounts are whole numbers of it; two units never convert silently.
    
    Its 32-bit value is a kind in the lowest byte and, for money and other units, three letters or
    digits in the bytes above, so that it reads "\\x03CNY" in memory. Zero is no unit.
    """
    class Kind(enum.Enum):
        grams = ...
        millilitres = ...
        money = ...
        none = ...
        other = ...
        pieces = ...
        seconds_served = ...
        time_credits = ...
    @staticmethod
    def from_name(name: str) -> Unit | None:
        """
        The unit of such a name; empty if it is none's.
        """
    @staticmethod
    def from_value(value: typing.SupportsIndex) -> Unit | None:
        """
        The unit of that value; empty if it is none.
        """
    @staticmethod
    def grams() -> Unit:
        ...
    @staticmethod
    def millilitres() -> Unit:
        ...
    @staticmethod
    def money(currency: str) -> Unit:
        """
        Minor units of a currency. currency: three upper-case letters of ISO 4217: "CNY".
        Raises Error "unit_invalid" for anything else.
        """
    @staticmethod
    def other(name: str) -> Unit:
        """
        A unit of the user's own. name: three upper-case letters or digits: "KWH".
        Raises Error "unit_invalid" for anything else.
        """
    @staticmethod
    def pieces() -> Unit:
        ...
    @staticmethod
    def seconds_served() -> Unit:
        ...
    @staticmethod
    def time_credits() -> Unit:
        ...
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def kind(self) -> Unit.Kind:
        ...
    @property
    def name(self) -> str:
        """
        "seconds_served", "money CNY", "other KWH", "none".
        """
    @property
    def value(self) -> int:
        ...
class Hash256:
    """
    A BLAKE2b hash of 256 bits (RFC 7693). All zero means none.
    """
    @staticmethod
    def parse(text: str) -> Hash256 | None:
        """
        Reads 64 hexadecimal digits; empty if it is anything else.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self) -> None:
        ...
    def __repr__(self) -> str:
        ...
    def to_string(self) -> str:
        """
        64 lower-case hexadecimal digits.
        """
    @property
    def bytes(self) -> bytes:
        ...
    @property
    def is_zero(self) -> bool:
        ...
class AccountLimits:
    """
    How far one side of an account may exceed the other, open claims counted against it.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, *, debits_over_credits_max: typing.SupportsIndex | None = None, credits_over_debits_max: typing.SupportsIndex | None = None) -> None:
        ...
    @property
    def credits_over_debits_max(self) -> int | None:
        """
        Credits, posted and pending, may exceed posted debits by at most this; empty: without limit.
        0: credits must not exceed debits; x: the account holds at most x.
        """
    @property
    def debits_over_credits_max(self) -> int | None:
        """
        Debits, posted and pending, may exceed posted credits by at most this; empty: without limit.
        0: what is spent must have been earned; x: an overdraft down to −x.
        """
class Balance:
    """
    The four running totals of an account, in its unit. They only rise, but for what is pending.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def credits_pending(self) -> int:
        ...
    @property
    def credits_posted(self) -> int:
        ...
    @property
    def debits_pending(self) -> int:
        """
        claimed, neither confirmed nor declined
        """
    @property
    def debits_posted(self) -> int:
        ...
    @property
    def net(self) -> int:
        """
        Posted credits less posted debits.
        """
class Account:
    """
    An account as it stands. Its id is that of the entry that opened it.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def balance(self) -> Balance:
        ...
    @property
    def closed(self) -> bool:
        ...
    @property
    def code(self) -> int:
        """
        the caller's own: its place in a chart of accounts
        """
    @property
    def id(self) -> Id128:
        ...
    @property
    def limits(self) -> AccountLimits:
        ...
    @property
    def unit(self) -> Unit:
        ...
class EntryKind(enum.Enum):
    """
    What an entry says. Numbers are never reused.
    """
    change_limits = ...
    claim = ...
    close_account = ...
    confirm = ...
    correct = ...
    decline = ...
    expire = ...
    open_account = ...
    transfer = ...
class Entry:
    """
    One record of the books. Never changed, never removed.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def amount(self) -> int:
        """
        moved, or held pending by a claim; 0 for 1 to 3, 7 and 8
        """
    @property
    def answers(self) -> Id128:
        """
        the claim confirmed, declined or expired, or the entry corrected
        """
    @property
    def booked(self) -> int:
        """
        given by the ledger
        """
    @property
    def code(self) -> int:
        """
        the caller's own: what sort of movement
        """
    @property
    def commitment(self) -> Hash256:
        """
        to details kept off the chain; zero for none
        """
    @property
    def credit(self) -> Id128:
        """
        the credit account; zero for kinds 1 to 3
        """
    @property
    def debit(self) -> Id128:
        """
        the debit account; the account itself for kinds 1 to 3
        """
    @property
    def happened(self) -> datetime.datetime:
        """
        when what is booked took place
        """
    @property
    def id(self) -> Id128:
        """
        chosen by the caller, unique among all entries
        """
    @property
    def kind(self) -> EntryKind:
        ...
    @property
    def limits(self) -> AccountLimits:
        """
        for kinds 1 and 2
        """
    @property
    def linked(self) -> bool:
        """
        booked together with the next one
        """
    @property
    def number(self) -> int:
        """
        from 1, without gaps
        """
    @property
    def reason(self) -> int:
        """
        the caller's own: why
        """
    @property
    def reference(self) -> Id128:
        """
        what it is for, the caller's own; zero for none
        """
    @property
    def released(self) -> int:
        """
        no longer pending: the whole claim, for 6, 7 and 8
        """
    @property
    def timeout(self) -> datetime.timedelta:
        """
        of a claim, from when it is booked; 0: none
        """
    @property
    def unit(self) -> Unit:
        ...
class ChainHead:
    """
    How far a book has come: the number of its entries, the hash over all of them.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def book(self) -> Id128:
        """
        the random id of the book
        """
    @property
    def booked(self) -> int:
        """
        of the last entry; 1970-01-01 for an empty book
        """
    @property
    def count(self) -> int:
        """
        number of the last entry; 0 for an empty book
        """
    @property
    def hash(self) -> Hash256:
        ...
class Outcome(enum.Enum):
    """
    What became of one command. The first that applies, from the top, is the one that is given.
    
    Numbers are never reused or changed. They rise with the order of precedence and leave room, so
    that a later outcome finds its place between two others. docs/outcomes.md has cause and cure.
    """
    account_closed = ...
    account_has_claims = ...
    account_not_found = ...
    accounts_are_same = ...
    amount_above_claim = ...
    amount_is_zero = ...
    booked = ...
    claim_confirmed = ...
    claim_declined = ...
    claim_expired = ...
    claim_not_due = ...
    claim_not_found = ...
    credit_closed = ...
    credit_limit_exceeded = ...
    credit_not_found = ...
    credit_unit_differs = ...
    credits_overflow = ...
    debit_closed = ...
    debit_limit_exceeded = ...
    debit_not_found = ...
    debit_unit_differs = ...
    debits_overflow = ...
    entry_already_reversed = ...
    entry_is_no_claim = ...
    entry_not_found = ...
    entry_not_reversible = ...
    exists = ...
    exists_with_different_amount = ...
    exists_with_different_answers = ...
    exists_with_different_code = ...
    exists_with_different_commitment = ...
    exists_with_different_credit = ...
    exists_with_different_debit = ...
    exists_with_different_happened = ...
    exists_with_different_kind = ...
    exists_with_different_limits = ...
    exists_with_different_reason = ...
    exists_with_different_reference = ...
    exists_with_different_timeout = ...
    exists_with_different_unit = ...
    happened_out_of_range = ...
    id_is_zero = ...
    limits_below_balance = ...
    linked_chain_open = ...
    linked_entry_failed = ...
    timeout_out_of_range = ...
    unit_is_none = ...
class OutcomeInfo:
    """
    An outcome as docs/outcomes.md lists it.
    """
    @property
    def cause(self) -> str:
        ...
    @property
    def cure(self) -> str:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def outcome(self) -> Outcome:
        ...
class OpenAccount:
    """
    Opens an account; its id becomes the account's.
    """
    def __init__(self, id: Id128, unit: Unit, *, code: typing.SupportsIndex = 0, limits: AccountLimits = ..., reference: Id128 = ..., commitment: Hash256 = ...) -> None:
        ...
    @property
    def code(self) -> int:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def limits(self) -> AccountLimits:
        ...
    @property
    def reference(self) -> Id128:
        ...
    @property
    def unit(self) -> Unit:
        ...
class ChangeLimits:
    """
    Sets both limits of an account anew. Refused if the balance lies beyond them already.
    """
    def __init__(self, id: Id128, account: Id128, limits: AccountLimits, *, reason: typing.SupportsIndex = 0) -> None:
        ...
    @property
    def account(self) -> Id128:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def limits(self) -> AccountLimits:
        ...
    @property
    def reason(self) -> int:
        ...
class CloseAccount:
    """
    Closes an account without open claims, for good. It keeps its balance and takes corrections.
    """
    def __init__(self, id: Id128, account: Id128, *, reason: typing.SupportsIndex = 0) -> None:
        ...
    @property
    def account(self) -> Id128:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
class Transfer:
    """
    Moves an amount at once.
    """
    def __init__(self, id: Id128, debit: Id128, credit: Id128, amount: typing.SupportsIndex, unit: Unit, *, code: typing.SupportsIndex = 0, reason: typing.SupportsIndex = 0, happened: datetime.datetime | None = None, reference: Id128 = ..., commitment: Hash256 = ...) -> None:
        ...
    @property
    def amount(self) -> int:
        ...
    @property
    def code(self) -> int:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def credit(self) -> Id128:
        ...
    @property
    def debit(self) -> Id128:
        ...
    @property
    def happened(self) -> datetime.datetime | None:
        """
        empty: when it is booked
        """
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
    @property
    def reference(self) -> Id128:
        ...
    @property
    def unit(self) -> Unit:
        ...
class Claim:
    """
    Holds an amount as pending until it is confirmed, declined or its time-out passes.
    """
    def __init__(self, id: Id128, debit: Id128, credit: Id128, amount: typing.SupportsIndex, unit: Unit, *, code: typing.SupportsIndex = 0, reason: typing.SupportsIndex = 0, timeout: datetime.timedelta = ..., happened: datetime.datetime | None = None, reference: Id128 = ..., commitment: Hash256 = ...) -> None:
        ...
    @property
    def amount(self) -> int:
        ...
    @property
    def code(self) -> int:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def credit(self) -> Id128:
        ...
    @property
    def debit(self) -> Id128:
        ...
    @property
    def happened(self) -> datetime.datetime | None:
        """
        empty: when it is booked
        """
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
    @property
    def reference(self) -> Id128:
        ...
    @property
    def timeout(self) -> datetime.timedelta:
        """
        from when it is booked, up to 4,294,967,295; 0: none
        """
    @property
    def unit(self) -> Unit:
        ...
class Confirm:
    """
    Posts a claim; the rest of it, if any, is freed. Accounts, unit, code, reference and the time
    it happened are the claim's.
    """
    def __init__(self, id: Id128, claim: Id128, *, amount: typing.SupportsIndex | None = None, reason: typing.SupportsIndex = 0, commitment: Hash256 = ...) -> None:
        ...
    @property
    def amount(self) -> int | None:
        """
        1 to the claim's amount; empty: all of it
        """
    @property
    def claim(self) -> Id128:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
class Decline:
    """
    Frees a claim.
    """
    def __init__(self, id: Id128, claim: Id128, *, reason: typing.SupportsIndex = 0, commitment: Hash256 = ...) -> None:
        ...
    @property
    def claim(self) -> Id128:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
class Correct:
    """
    Moves back the whole of a transfer, a confirmation or another correction. Limits hold for it
    as for any movement. To change an amount, link it with a new transfer.
    """
    def __init__(self, id: Id128, entry: Id128, *, reason: typing.SupportsIndex = 0, commitment: Hash256 = ...) -> None:
        ...
    @property
    def commitment(self) -> Hash256:
        ...
    @property
    def entry(self) -> Id128:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        ...
class Command:
    """
    Anything that can be posted.
    """
    @typing.overload
    def __init__(self, command: OpenAccount) -> None:
        ...
    @typing.overload
    def __init__(self, command: ChangeLimits) -> None:
        ...
    @typing.overload
    def __init__(self, command: CloseAccount) -> None:
        ...
    @typing.overload
    def __init__(self, command: Transfer) -> None:
        ...
    @typing.overload
    def __init__(self, command: Claim) -> None:
        ...
    @typing.overload
    def __init__(self, command: Confirm) -> None:
        ...
    @typing.overload
    def __init__(self, command: Decline) -> None:
        ...
    @typing.overload
    def __init__(self, command: Correct) -> None:
        ...
    @typing.overload
    def __init__(self, entry: Entry) -> None:
        """
        The command that led to an entry; posted to the books as they were then, it leads there again.
        """
    @property
    def asked(self) -> Entry:
        """
        What is asked, with zero in the fields that the ledger fills.
        """
    @property
    def id(self) -> Id128:
        ...
    @property
    def linked(self) -> bool:
        ...
class PublicKey:
    """
    Checks what the SigningKey it belongs to has signed. 32 bytes of Ed25519 (RFC 8032), no secret.
    """
    @staticmethod
    def parse(text: str) -> PublicKey:
        """
        Raises Error "key_unreadable" if it is anything else; white space around it may be.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, bytes: bytes) -> None:
        ...
    def __repr__(self) -> str:
        ...
    def to_string(self) -> str:
        """
        "jiedui-public-key-v1" and 64 lower-case hexadecimal digits.
        """
    @property
    def bytes(self) -> bytes:
        ...
class SigningKey:
    """
    Signs heads: 32 secret bytes, the seed of an Ed25519 key. Overwritten when it dies.
    """
    @staticmethod
    def generate() -> SigningKey:
        """
        From the system's cryptographic generator.
        """
    def __init__(self, bytes: bytes) -> None:
        ...
    def __repr__(self) -> str:
        ...
    def public_key(self) -> PublicKey:
        ...
    @property
    def bytes(self) -> bytes:
        ...
class TimeAxis(enum.Enum):
    """
    By which of its two times an entry counts.
    """
    booked = ...
    happened = ...
class Period:
    """
    A half-open stretch of time: from ≤ t < until.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, from_: datetime.datetime, until: datetime.datetime) -> None:
        ...
    @property
    def from_(self) -> datetime.datetime:
        ...
    @property
    def until(self) -> datetime.datetime:
        ...
class AccountLine:
    """
    One entry of a statement, with the account's balance after it.
    """
    @property
    def after(self) -> Balance:
        ...
    @property
    def entry(self) -> Entry:
        ...
class AccountStatement:
    """
    What happened on one account in a period.
    """
    def __arrow_c_schema__(self) -> typing.Any:
        """
        The columns as an Arrow C schema.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The rows as an Arrow C stream.
        """
    def table(self) -> Table:
        """
        One row a line: number, kind, id, debit, credit, answers, reference, amount, released, unit,
        code, reason, happened, booked_ns. Raises Error "overflow" for amounts of 2^63 and more.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        The rows as a pyarrow.Table.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        The rows as a pandas.DataFrame; whole numbers stay whole (Int64).
        """
    @property
    def account(self) -> Account:
        """
        as it stands now, whatever the period
        """
    @property
    def axis(self) -> TimeAxis:
        ...
    @property
    def closing(self) -> Balance:
        """
        after the last line
        """
    @property
    def lines(self) -> list[AccountLine]:
        """
        in order of time, then of number
        """
    @property
    def opening(self) -> Balance:
        """
        before the first line
        """
    @property
    def period(self) -> Period:
        ...
class TrialBalance:
    """
    All accounts of one unit together.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def accounts(self) -> int:
        ...
    @property
    def credits_pending(self) -> int:
        ...
    @property
    def credits_posted(self) -> int:
        ...
    @property
    def debits_pending(self) -> int:
        ...
    @property
    def debits_posted(self) -> int:
        ...
    @property
    def sums_to_zero(self) -> bool:
        """
        Whether both sides are equal, as they always are in sound books.
        """
    @property
    def unit(self) -> Unit:
        ...
class Finding(enum.Enum):
    """
    What an audit found. The first finding ends it.
    """
    account_differs = ...
    account_missing = ...
    account_unknown = ...
    entry_missing = ...
    hash_differs = ...
    head_differs = ...
    rule_broken = ...
    sound = ...
    tail_missing = ...
    time_not_rising = ...
    unreadable = ...
class AuditReport:
    """
    The verdict of an audit.
    """
    def __bool__(self) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    @property
    def accounts(self) -> int:
        """
        opened by these entries
        """
    @property
    def covered(self) -> int:
        """
        Number of the last entry that an exported head vouches for; 0 if none. What comes after may
        have been rewritten as a whole, and nothing in the file would show it.
        """
    @property
    def detail(self) -> str:
        ...
    @property
    def finding(self) -> Finding:
        ...
    @property
    def first_bad_entry(self) -> int:
        """
        The first entry that is not as it was booked; 0 if none. For an account: the entry that
        opened it. For a rewritten or cut chain: the first after the last exported head that matches.
        """
    @property
    def head(self) -> ChainHead:
        """
        The head that the sound entries lead to. Export it: an end cut off after the last exported
        head cannot be seen.
        """
    @property
    def heads_matched(self) -> int:
        """
        exported heads that the chain passes through
        """
    @property
    def last_bad_entry(self) -> int:
        """
        The last entry that is in doubt, for a rewritten or cut chain; else as first_bad_entry.
        """
    @property
    def sound(self) -> bool:
        ...
class Ledger:
    """
    Double-entry books over a journal.
    
    It keeps the accounts it has met in memory and drops them when another writer was at work. Not
    thread-safe: one ledger a thread, each on a journal of its own.
    """
    def __init__(self) -> None:
        """
        Books in memory, for trials; those of a file are Store.books.
        """
    def advance(self) -> int:
        """
        Books the expiry of each claim whose time-out has passed. Returns how many.
        """
    def balance(self, account: Id128, at: datetime.datetime | None = None, axis: TimeAxis = ...) -> Balance:
        """
        The balance of all entries up to a time, itself included. O(entries of the account).
        """
    def entry_reader(self, first: typing.SupportsIndex = 1, last: typing.SupportsIndex | None = None, *, rows_at_once: typing.SupportsIndex = 65536) -> pyarrow.RecordBatchReader:
        """
        Entries as a stream of Arrow record batches, with the columns of AccountStatement.table: so many rows are held in memory at once. Without `last` up to the last entry at the time of the first batch.
        """
    def entry_table(self, first: typing.SupportsIndex, last: typing.SupportsIndex) -> Table:
        """
        Entries of number `first` to `last` as a table, with the columns of AccountStatement.table.
        """
    def find_account(self, id: Id128) -> Account | None:
        """
        The account of that id, if there is one.
        """
    def find_answer(self, id: Id128) -> Entry | None:
        """
        What answers an entry: a claim's confirmation, decline or expiry; a movement's correction.
        """
    def find_entry(self, id: Id128) -> Entry | None:
        """
        The entry of that id, if there is one.
        """
    def head(self) -> ChainHead:
        """
        How far a book has come: the number of its entries, the hash over all of them.
        """
    @typing.overload
    def post(self, commands: collections.abc.Sequence[Command]) -> list[Outcome]:
        """
        Judges, books and makes durable; one outcome a command. All that are booked are durable when
        it returns. When it throws, none is in the books.
        """
    @typing.overload
    def post(self, command: Command) -> Outcome:
        """
        Posts one command.
        """
    def post_many(self, commands: jiedui.frames.Frame, *, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> Table:
        """
        Posts the rows of a table, with the columns of commands_of, in order: 10,000 at a time become
        durable together, and linked ones always. Cells are checked before anything is posted. When it
        throws later, or is stopped, what is durable stays: post the same table again, and those rows
        answer `exists`. Returns a table with the columns id and outcome, one row a command.
        Raises Error as commands_of, of the journal, or "interrupted".
        """
    def read_entries(self, first: typing.SupportsIndex, last: typing.SupportsIndex) -> list[Entry]:
        """
        Entries of number `first` to `last`, in order.
        """
    def read_entries_about(self, reference: Id128) -> list[Entry]:
        """
        Entries that carry a reference, in order.
        """
    def read_entries_of(self, account: Id128) -> list[Entry]:
        """
        Entries of an account, in order.
        """
    def read_open_claims(self) -> list[Entry]:
        """
        Claims with a time-out that nothing has answered, the earliest due first.
        """
    def statement(self, account: Id128, period: Period, axis: TimeAxis = ...) -> AccountStatement:
        """
        Opening balance, lines, closing balance. O(n log n) in the entries of the account.
        Raises Error "account_unknown"; "period_reversed" if it ends before it begins.
        """
    def trial_balance(self) -> list[TrialBalance]:
        """
        One line for each unit that has accounts. O(accounts).
        """
    def verify(self, exported: collections.abc.Sequence[ChainHead] = []) -> AuditReport:
        """
        Recomputes everything and compares. exported: heads kept outside the book.
        """
class GroupCommit:
    """
    Posts of many threads to one ledger, committed together: what arrives while one commit is on its
    way to the disk is booked by the next. So 64 callers share the price of one commit. A commit
    waits for as many calls as shared the last one, as long as that took at most, and never over 10
    ms.
    
    It starts one thread, which until close alone uses the ledger, and the store it belongs to; but
    see `turn`.
    Every call is whole: its linked commands stay together. A call fails alone if it is its commands
    that cannot be booked; all that shared a commit fail with it if the commit does, and then
    nothing of them is in the books. Thread-safe. Not to be used across a fork.
    """
    def __enter__(self) -> typing.Self:
        ...
    def __exit__(self, exception_type: typing.Any, exception: typing.Any, traceback: typing.Any) -> None:
        ...
    def __init__(self, ledger: Ledger) -> None:
        """
        Of Store.books, or Ledger(). Other uses of the same store take turns with it; closing the store closes it.
        """
    def close(self) -> None:
        """
        Books what is waiting, then ends the thread; the ledger is the caller's again. Further posts
        are refused. May be called again.
        """
    @typing.overload
    def post(self, commands: collections.abc.Sequence[Command]) -> list[Outcome]:
        """
        Waits until its commands are judged and all that are booked are durable; one outcome a
        command, as of Ledger::post. Raises Error of the journal; "group_closed" after close.
        """
    @typing.overload
    def post(self, command: Command) -> Outcome:
        """
        Posts one command.
        """
class SourceStatus(enum.Enum):
    """
    How sure it is that a rule stands in the law as the pack says it.
    """
    partial = ...
    unverified = ...
    verified = ...
class Approver(enum.Enum):
    """
    Who must agree before seconds count, the nearer first.
    """
    automatic = ...
    organisation = ...
    parent_organisation = ...
    province = ...
class Rounding(enum.Enum):
    down = ...
    nearest = ...
    up = ...
class RuleSource:
    """
    Where rules of a pack come from.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def address(self) -> str:
        ...
    @property
    def note(self) -> str:
        ...
    @property
    def parts(self) -> list[str]:
        """
        of the pack: "stars", "approval"
        """
    @property
    def status(self) -> SourceStatus:
        ...
    @property
    def title(self) -> str:
        ...
class StarLevel:
    """
    A star and what it takes.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def least(self) -> datetime.timedelta:
        """
        seconds served, this many included
        """
    @property
    def name(self) -> str:
        ...
    @property
    def registered_at_least(self) -> datetime.timedelta:
        """
        since the volunteer registered
        """
class StarRules:
    """
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def clocked_only(self) -> bool:
        """
        Whether only hours recorded by clock count.
        """
    @property
    def levels(self) -> list[StarLevel]:
        """
        the lowest first; each asks for more than the one before
        """
class DisplayRules:
    """
    How seconds are shown; the books always hold all of them.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def rounding(self) -> Rounding:
        ...
    @property
    def step(self) -> datetime.timedelta:
        """
        shown in whole multiples of this
        """
class CountingRules:
    """
    What is left out of the time of service.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def breaks_count(self) -> bool:
        ...
    @property
    def travel_counts(self) -> bool:
        ...
class CapRules:
    """
    Seconds of one volunteer that count at most, by local day and by local week from Monday.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def day(self) -> datetime.timedelta | None:
        ...
    @property
    def week(self) -> datetime.timedelta | None:
        ...
class ApprovalTier:
    """
    Who approves the seconds of a volunteer's local day up to this many; the last tier has no end.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def approver(self) -> Approver:
        ...
    @property
    def day_up_to(self) -> datetime.timedelta | None:
        ...
class ApprovalRules:
    """
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def by_source(self) -> list[Approver]:
        """
        The least approver by class of source, in the order of RecordSource from `clock`.
        """
    @property
    def tiers(self) -> list[ApprovalTier]:
        """
        rising; none: all counts at once
        """
    @property
    def timeout(self) -> datetime.timedelta:
        """
        after which a claim expires; 0: never
        """
class BackfillRules:
    """
    Back-filled hours (补录).
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def evidence_needed(self) -> bool:
        ...
    @property
    def reason_needed(self) -> bool:
        ...
    @property
    def window(self) -> datetime.timedelta | None:
        """
        after the service, the day of its end included
        """
class ClockRules:
    """
    Clocking in and out.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def longest(self) -> datetime.timedelta:
        """
        from clocking in to clocking out; 0: any
        """
    @property
    def pairs_per_day_max(self) -> int:
        """
        of one volunteer, activity and local day; 0: any
        """
    @property
    def skew_max(self) -> datetime.timedelta:
        """
        between the device's clock and the receiver's; 0: any
        """
class ActivityRules:
    """
    Who counts as active (活跃度, rule 16): those with at least so many seconds confirmed in the
    months up to a day.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def clocked_only(self) -> bool:
        ...
    @property
    def least(self) -> datetime.timedelta:
        ...
    @property
    def window(self) -> int:
        """
        see activity_period
        """
class SupervisionRules:
    """
    A unit is listed if any of these holds. Rates are in thousandths.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def active_at_most(self) -> int | None:
        """
        active ÷ registered
        """
    @property
    def bound_included(self) -> bool:
        """
        "at most" or "below"
        """
    @property
    def no_team(self) -> bool:
        ...
    @property
    def registered_at_most(self) -> int | None:
        """
        registered ÷ residents (or members) expected
        """
class TimeBankRules:
    """
    A time bank. Credits are seconds; they are neither money nor hours of service.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def credit_line(self) -> datetime.timedelta:
        """
        an account may go this far below zero
        """
    @property
    def earned_per_day(self) -> datetime.timedelta | None:
        """
        at most, by local day
        """
    @property
    def expires(self) -> datetime.timedelta | None:
        """
        after it was earned; the rest to the pool
        """
    @property
    def guardian_below_age(self) -> int:
        """
        younger people spend through a guardian; 0: nobody
        """
    @property
    def held(self) -> datetime.timedelta | None:
        """
        at most; what is more goes to the pool
        """
    @property
    def organisations_only_donate(self) -> bool:
        ...
    @property
    def priority(self) -> list[str]:
        """
        Tags of those whom donated time serves first, in order.
        """
class RulePack:
    """
    Dated, sourced rules of one place.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def activity(self) -> ActivityRules | None:
        ...
    @property
    def approval(self) -> ApprovalRules:
        ...
    @property
    def backfill(self) -> BackfillRules:
        ...
    @property
    def caps(self) -> CapRules:
        ...
    @property
    def clock(self) -> ClockRules:
        ...
    @property
    def counting(self) -> CountingRules:
        ...
    @property
    def display(self) -> DisplayRules:
        ...
    @property
    def id(self) -> str:
        """
        "cn-stars-2012"
        """
    @property
    def place(self) -> str:
        """
        ISO 3166 code, or a code of division below it
        """
    @property
    def retention(self) -> int | None:
        """
        of records, at least
        """
    @property
    def sources(self) -> list[RuleSource]:
        ...
    @property
    def stars(self) -> StarRules | None:
        ...
    @property
    def supervision(self) -> SupervisionRules | None:
        ...
    @property
    def time_bank(self) -> TimeBankRules | None:
        ...
    @property
    def title(self) -> str:
        ...
    @property
    def title_zh(self) -> str:
        ...
    @property
    def valid_from(self) -> datetime.date:
        ...
    @property
    def valid_to(self) -> datetime.date:
        """
        the last day
        """
    @property
    def version(self) -> str:
        """
        of its text: "1"
        """
    @property
    def zone(self) -> str:
        """
        IANA name, in which its days and weeks begin
        """
class RecordSource(enum.Enum):
    """
    Where a record comes from: a class that never changes. Numbers are never reused.
    """
    backfilled = ...
    clock = ...
    declared = ...
    organisation = ...
class ServiceInterval:
    """
    A half-open stretch of time in UTC in which service was given.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, begins: datetime.datetime, ends: datetime.datetime) -> None:
        ...
    @property
    def begins(self) -> datetime.datetime:
        ...
    @property
    def ends(self) -> datetime.datetime:
        ...
class RecordEvidence:
    """
    What shows that service was given, as the recorder had it; each text at most 256 bytes.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, *, document: str = '', device: str = '', time_code: str = '', position: Position | None = None, reason: str = '') -> None:
        ...
    @property
    def device(self) -> str:
        """
        that clocked in and out
        """
    @property
    def document(self) -> str:
        """
        a form, photo or file, by the caller's own reference
        """
    @property
    def position(self) -> Position:
        """
        where the volunteer clocked in
        """
    @property
    def reason(self) -> str:
        """
        why it was entered after the fact
        """
    @property
    def time_code(self) -> str:
        """
        shown at the site and typed in (时间码)
        """
class ServiceRecord:
    """
    Service that one volunteer gave. Ids are external ones, at most 256 bytes; empty for none.
    
    Who was served and who wrote it down are personal: they stay off the chain, as all details do.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, volunteer: str, *, need: str = '', activity: str = '', organisation: str = '', place: str = '', item: str = '', beneficiary: str = '', intervals: collections.abc.Sequence[ServiceInterval] = [], served: datetime.timedelta = ..., recorded_by: str = '', source: RecordSource = ..., planned: collections.abc.Sequence[ServiceInterval] = [], breaks: collections.abc.Sequence[ServiceInterval] = [], travel: collections.abc.Sequence[ServiceInterval] = [], co_organisers: collections.abc.Sequence[str] = [], people_served: typing.SupportsInt | typing.SupportsIndex = 0, evidence: RecordEvidence = ..., id: Id128 = ...) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def activity(self) -> str:
        ...
    @property
    def beneficiary(self) -> str:
        """
        who was served
        """
    @property
    def breaks(self) -> list[ServiceInterval]:
        """
        within the intervals; not served
        """
    @property
    def co_organisers(self) -> list[str]:
        """
        Other organisations that ran the activity too; see organisation_shares.
        """
    @property
    def evidence(self) -> RecordEvidence:
        ...
    @property
    def id(self) -> Id128:
        """
        Chosen by the caller; zero: derived by the ledger from volunteer, need, activity, organisation
        and begin, so that the same service posted twice is found to exist.
        """
    @property
    def intervals(self) -> list[ServiceInterval]:
        """
        When, in any order; those that overlap or touch are united. Empty: unknown, then it counts for
        the time when it is booked. It counts for the day on which the first one begins.
        """
    @property
    def item(self) -> str:
        """
        of the catalogue of services
        """
    @property
    def need(self) -> str:
        ...
    @property
    def organisation(self) -> str:
        ...
    @property
    def people_served(self) -> int:
        """
        heads; 0: not counted
        """
    @property
    def place(self) -> str:
        ...
    @property
    def planned(self) -> list[ServiceInterval]:
        """
        what had been agreed, to be held against the actual
        """
    @property
    def recorded_by(self) -> str:
        """
        who wrote it down
        """
    @property
    def served(self) -> datetime.timedelta:
        """
        Seconds served: 1 to the united length of the intervals without breaks and travel; 0 for all
        of that length.
        """
    @property
    def source(self) -> RecordSource:
        ...
    @property
    def travel(self) -> list[ServiceInterval]:
        """
        the way there and back; not served
        """
    @property
    def volunteer(self) -> str:
        ...
class CalendarPeriod:
    """
    Whole days, without a zone: a year, a month, a day, or from one day to another, both included.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @typing.overload
    def __init__(self, text: str) -> None:
        """
        A year, a month or a day: 2026, 2026-03, 2026-03-05.
        """
    @typing.overload
    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        """
        Raises Error "period_invalid" if a day lies outside 1900-01-01 to 2199-12-31, is no real day,
        or `last` comes before `first`; the other constructors likewise.
        """
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    def instants(self, zone: str) -> Period:
        """
        From the beginning of the first day to the end of the last, as these are in that zone.
        """
    def to_string(self) -> str:
        """
        "2026-03-01 to 2026-03-31".
        """
    @property
    def first(self) -> datetime.date:
        ...
    @property
    def last(self) -> datetime.date:
        ...
class Hours:
    """
    Seconds of service: those that count, and those that wait to be confirmed.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def claimed(self) -> int:
        ...
    @property
    def confirmed(self) -> int:
        ...
class StatementLine:
    """
    One entry on a volunteer's account.
    """
    @property
    def activity(self) -> str:
        """
        Empty, or once the record was erased.
        """
    @property
    def booked(self) -> int:
        ...
    @property
    def change(self) -> Hours:
        """
        what it adds; negative where it takes away
        """
    @property
    def entry(self) -> Id128:
        """
        the entry itself
        """
    @property
    def happened(self) -> datetime.datetime:
        """
        when the service began
        """
    @property
    def item(self) -> str:
        """
        Empty, or once the record was erased.
        """
    @property
    def kind(self) -> EntryKind:
        ...
    @property
    def need(self) -> str:
        """
        Empty, or once the record was erased.
        """
    @property
    def number(self) -> int:
        """
        of the entry
        """
    @property
    def organisation(self) -> str:
        """
        Empty, or once the record was erased.
        """
    @property
    def place(self) -> str:
        """
        Empty, or once the record was erased.
        """
    @property
    def reason(self) -> int:
        """
        a HoursReason
        """
    @property
    def record(self) -> Id128:
        """
        the service record that it is about
        """
    @property
    def source(self) -> RecordSource:
        ...
class Statement:
    """
    The hours of one volunteer in a period, by the time of service. Amounts are whole seconds.
    """
    def __arrow_c_schema__(self) -> typing.Any:
        """
        The columns as an Arrow C schema.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The rows as an Arrow C stream.
        """
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    def _repr_html_(self) -> str:
        ...
    def confirmed(self, source: RecordSource | None = None) -> int:
        """
        Seconds confirmed in the period, corrections taken off.
        """
    def table(self) -> Table:
        """
        One row a line: number, record, what, source, reason, began, booked, confirmed_seconds,
        claimed_seconds, need, activity, organisation, place, item.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        The rows as a pyarrow.Table.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        The rows as a pandas.DataFrame; whole numbers stay whole (Int64).
        """
    @property
    def as_of_entry(self) -> int:
        """
        the last entry of the book that it takes in
        """
    @property
    def closing(self) -> Hours:
        ...
    @property
    def lines(self) -> list[StatementLine]:
        """
        in order of service time, then of booking
        """
    @property
    def opening(self) -> Hours:
        ...
    @property
    def period(self) -> CalendarPeriod:
        ...
    @property
    def volunteer(self) -> str:
        ...
    @property
    def zone(self) -> str:
        """
        in which the days of the period begin and end
        """
class HoursReason(enum.Enum):
    """
    Why an entry about hours was made. Numbers are never reused; the user's own start at 1,000.
    """
    awaits_organisation = ...
    awaits_parent_organisation = ...
    awaits_province = ...
    disputed = ...
    duplicate = ...
    erased = ...
    mistake = ...
    none = ...
    not_served = ...
    replaced = ...
    withdrawn = ...
class HoursLedger:
    """
    The books of hours, by people's external ids: service records in, statements out.
    
    Each volunteer has one account in seconds served. Hours come from the account of the
    organisation that the record names, or from the book's own. On the chain stand random ids,
    times, amounts and salted commitments; the directory knows who they are. Not thread-safe.
    """
    @staticmethod
    def replacement_id(record: Id128) -> Id128:
        """
        The id that the replacement of a record gets.
        """
    def __init__(self, *, zone: str = 'UTC') -> None:
        """
        Books in memory, for trials; those of a file are Store.ledger.
        """
    def account_of(self, volunteer: str) -> Id128 | None:
        """
        The account of a volunteer; empty if there are no hours.
        """
    def advance(self) -> int:
        """
        Books the expiry of claims whose time-out has passed. Returns how many.
        """
    def all_histories(self, period: CalendarPeriod, *, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> list[RecordHistory]:
        """
        The lives of all records that began in a period and count or may come to, by begin, then id;
        for recount. O(entries of the book). Raises Error "interrupted".
        """
    def balance(self, volunteer: str) -> Hours:
        """
        Confirmed and claimed seconds, now; zero for a volunteer without hours.
        """
    @typing.overload
    def claim(self, records: collections.abc.Sequence[ServiceRecord], timeout: datetime.timedelta = ...) -> list[Outcome]:
        """
        Books service that counts once it is confirmed; as `post`, without rules and whatever
        overlaps.
        timeout: after which the claim expires, see advance; 0: never.
        """
    @typing.overload
    def claim(self, record: ServiceRecord, timeout: datetime.timedelta = ...) -> Outcome:
        """
        Books service that counts once it is confirmed; as `post`, without rules and whatever
        overlaps.
        timeout: after which the claim expires, see advance; 0: never.
        """
    @typing.overload
    def confirm(self, records: collections.abc.Sequence[ServiceRecord], *, by: str = '', reason: HoursReason = ..., approver: Approver = ...) -> list[Outcome]:
        """
        Confirms many claims, whole, in one transaction; one outcome a record.
        """
    @typing.overload
    def confirm(self, record: ServiceRecord | Id128, *, by: str = '', seconds: datetime.timedelta | None = None, reason: HoursReason = ..., approver: Approver = ...) -> Outcome:
        """
        Confirms a claim, whole or in part: of a record, all that this approver may confirm.
        Raises Error "approver_too_low", "dispute_unsettled" where a claim of the record is open but
        not for this approver; "part_unclear" for seconds of a record of which several parts are open;
        "confirmer_missing" for a back-filled record without `by`; "decides_own_claim" where the
        volunteer confirms what they declared, or what was back-filled for them.
        """
    def correct(self, record: ServiceRecord | Id128, *, by: str = '', reason: HoursReason = ...) -> Outcome:
        """
        Takes back a record that counts, by a reversing entry; what of it is still claimed is
        declined.
        """
    @typing.overload
    def decline(self, records: collections.abc.Sequence[ServiceRecord], *, by: str = '', reason: HoursReason = ...) -> list[Outcome]:
        """
        Declines many claims in one transaction; one outcome a record.
        """
    @typing.overload
    def decline(self, record: ServiceRecord | Id128, *, by: str = '', reason: HoursReason = ...) -> Outcome:
        """
        Declines a claim.
        """
    def disputes(self, organisations: collections.abc.Sequence[str] = []) -> list[InboxItem]:
        ...
    def erase(self, person: str) -> Outcome:
        """
        Erases a person: what names them goes, open claims are declined, the account is closed. The
        amounts stay, under an id that leads to nobody, and the books still balance and verify.
        Where others' records name the person as served or as recorder, the name is blanked. A family
        is withdrawn from reciprocal service at all venues. In each time bank that they are a member
        of, what is left goes to the pool, and what they owe is written off (issued anew); where
        members name them as guardian or household, the name is blanked, and the pool of such a
        household goes to the bank's. These accounts are closed too. All of it or nothing, but that
        first the expiry of claims that are due is booked, as `advance` does.
        Returns booked; account_not_found for a person without an account, after the blanking.
        """
    def find(self, record: Id128) -> ServiceRecord | None:
        """
        A record that was posted or claimed, as far as it was not erased.
        """
    def histories(self, volunteer: str) -> list[RecordHistory]:
        """
        The lives of a volunteer's records, by begin; those that were erased are not among them.
        """
    def history(self, record: Id128) -> RecordHistory | None:
        """
        The life of a record: its parts and what became of each. Empty if there is no such record.
        """
    def id_of(self, record: ServiceRecord) -> Id128:
        """
        The id under which a record is booked: its own, or the derived one. Zero while the volunteer
        is unknown to the books.
        """
    def inbox(self, approver: Approver, organisations: collections.abc.Sequence[str] = []) -> list[InboxItem]:
        """
        Open claims that wait for an approver, or are in dispute, in order of booking; none for
        claims without a time-out that `claim` made. O(open claims).
        organisations: whose records; empty: all.
        """
    @typing.overload
    def post(self, records: collections.abc.Sequence[ServiceRecord]) -> list[Outcome]:
        """
        Books service that counts at once; one outcome a record.
        """
    @typing.overload
    def post(self, record: ServiceRecord) -> Outcome:
        """
        Books service that counts at once. The raw way in: no rules apply, and seconds that another
        record covers too count again; see submit.
        """
    def post_many(self, records: jiedui.frames.Frame, *, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> Table:
        """
        Posts the rows of a table, with the columns of service_records, in order: 10,000 at a time
        become durable together. Rows are checked before anything is posted. When it throws later, or
        is stopped, what is durable stays: post the same table again, and those rows answer `exists`.
        Returns a table with the columns volunteer and outcome, one row a record.
        Raises Error as service_records, of the journal, or "interrupted".
        """
    def replace(self, record: Id128, replacement: ServiceRecord, *, by: str = '', reason: HoursReason = ...) -> Outcome:
        """
        Takes back a record and books another in its place, both or neither: what counts at once, of
        the same source, without a pack's approval. If `replacement` has no id it gets
        replacement_id(record). O(the volunteer's entries).
        Raises Error "source_changes"; "replacement_disputed" where another record of the volunteer
        holds seconds of it.
        """
    def served_records(self, period: CalendarPeriod, *, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> list[ServedRecord]:
        """
        Every record that began in a period and counts or may come to, by begin, then id; corrections
        are taken off. The seconds of a volunteer add up to those of `statement`. A record counts as a
        whole for the local day on which it began. One pass over the book, O(n log n).
        Raises Error "interrupted", "books_inconsistent".
        """
    def settle(self, part: Id128, *, by: str, award: bool = False, reason: HoursReason = ...) -> Outcome:
        """
        Decides on disputed seconds: declines them, or confirms them and takes them from the records
        that hold them now, if any, in one transaction. What is taken has the reason `disputed`.
        O(entries of the volunteer).
        part: the claim in dispute, see inbox. Raises Error "settler_missing",
        "part_not_disputed", "decides_own_claim" where the volunteer settles it.
        """
    def statement(self, volunteer: str, period: CalendarPeriod | None = None, *, month: str | None = None) -> Statement:
        """
        What happened in a period; empty for a volunteer without hours. O(n log n) in the volunteer's
        entries.
        """
    @typing.overload
    def submit(self, record: ServiceRecord, pack: RulePack) -> Submission:
        """
        Hands records in under the rules of a pack: seconds that count at once are booked, those that
        somebody must approve and those that another record covers too are claimed, those over a cap
        are left out. All of a record is booked or nothing; all records are checked before the first
        is booked. They are taken by volunteer, source and begin, then by all else that they say, so
        that the order of the rows does not matter; that of the calls decides which record holds what
        two cover. O(n log n), and what the books hold of the volunteers in question.
        Raises InputError with the codes of `check` and "service_not_over",
        "backfill_author_missing", "backfill_reason_missing", "backfill_evidence_missing",
        "backfill_too_late", "pack_not_in_force" (the day of the service lies outside the pack's);
        Error "pack_zone_differs" where the pack is of another zone than the books.
        """
    @typing.overload
    def submit(self, records: collections.abc.Sequence[ServiceRecord], pack: RulePack) -> list[Submission]:
        """
        Hands records in under the rules of a pack: seconds that count at once are booked, those that
        somebody must approve and those that another record covers too are claimed, those over a cap
        are left out. All of a record is booked or nothing; all records are checked before the first
        is booked. They are taken by volunteer, source and begin, then by all else that they say, so
        that the order of the rows does not matter; that of the calls decides which record holds what
        two cover. O(n log n), and what the books hold of the volunteers in question.
        Raises InputError with the codes of `check` and "service_not_over",
        "backfill_author_missing", "backfill_reason_missing", "backfill_evidence_missing",
        "backfill_too_late", "pack_not_in_force" (the day of the service lies outside the pack's);
        Error "pack_zone_differs" where the pack is of another zone than the books.
        """
    def submit_table(self, table: jiedui.frames.Frame, pack: RulePack) -> Table:
        """
        Submits the rows of a table with the columns of service_records, local times in the zone of
        the pack. All that is wrong, in the cells, the records and by the pack, is told at once.
        Returns submission_table, one row a record. Raises as service_records and `submit`.
        """
    @property
    def books(self) -> Ledger:
        """
        The books underneath: trial balance, head, verification, other units.
        """
    @property
    def zone(self) -> str:
        """
        In which the days of statements begin and end.
        """
class Assessment:
    """
    The seconds of one record by what has to happen before they count. They add up to the seconds
    that the record counts, and all but `over_cap` are booked.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def total(self) -> datetime.timedelta:
        ...
    @property
    def by_approver(self) -> typing.Annotated[list[datetime.timedelta], "FixedSize(4)"]:
        """
        By Approver, `automatic` first: those count at once.
        """
    @property
    def disputed(self) -> datetime.timedelta:
        """
        another record of the volunteer covers them too
        """
    @property
    def disputed_with(self) -> list[Id128]:
        """
        the records that cover them
        """
    @property
    def over_cap(self) -> datetime.timedelta:
        """
        more than a day or a week may hold; never count
        """
class TimeSheet:
    """
    One volunteer's service, second by second, under the rules of a pack: no second counts twice,
    caps and tiers of approval are kept by local day and week.
    
    The records may come in any order: how many seconds of a day count, how many wait for which
    approver (as far as that depends on the day, not on the source), and how many are in dispute is
    the same for all; only which of two overlapping records holds the disputed seconds follows the
    order. Not thread-safe.
    """
    def __init__(self, pack: RulePack) -> None:
        """
        pack: must outlive the sheet. Raises Error "zone_unknown".
        """
    def add(self, record: ServiceRecord, undated: datetime.date | None = None) -> Assessment:
        """
        Takes a record in that passes `check`. A record without intervals is of the day `undated`.
        O(log n) and what overlaps.
        """
    def covered(self, day: datetime.date) -> datetime.timedelta:
        """
        Seconds on a local day that one record or more covers, caps or not.
        """
class Submission:
    """
    What became of a record that was handed in under the rules of a pack.
    """
    @property
    def assessment(self) -> Assessment:
        """
        all zero for a record that existed
        """
    @property
    def outcome(self) -> Outcome:
        """
        `amount_is_zero` if nothing of it may count
        """
    @property
    def record(self) -> Id128:
        """
        its id
        """
class RecordState(enum.Enum):
    """
    What became of a part of a record, and of the whole.
    """
    claimed = ...
    confirmed = ...
    corrected = ...
    declined = ...
    partly_confirmed = ...
class RecordPart:
    """
    Seconds of a record that are booked, and decided on, together.
    """
    @property
    def answered(self) -> int | None:
        """
        when it was confirmed, declined, expired or corrected
        """
    @property
    def answered_by(self) -> str:
        """
        empty where nobody was named, or was erased
        """
    @property
    def approver(self) -> Approver:
        """
        who has to confirm it; automatic: it counts at once
        """
    @property
    def booked(self) -> int:
        ...
    @property
    def confirmed(self) -> int:
        """
        of these, those that count
        """
    @property
    def disputed(self) -> bool:
        ...
    @property
    def entry(self) -> Id128:
        ...
    @property
    def reason(self) -> int:
        """
        of the answer; a HoursReason
        """
    @property
    def seconds(self) -> int:
        """
        booked or claimed
        """
    @property
    def state(self) -> RecordState:
        ...
class RecordHistory:
    """
    A record from its claim to its correction.
    """
    @property
    def happened(self) -> datetime.datetime:
        """
        when it began, or was booked if that is unknown
        """
    @property
    def hours(self) -> Hours:
        ...
    @property
    def parts(self) -> list[RecordPart]:
        ...
    @property
    def record(self) -> ServiceRecord:
        ...
    @property
    def state(self) -> RecordState:
        ...
class InboxItem:
    """
    A claim that waits for somebody.
    """
    @property
    def approver(self) -> Approver:
        ...
    @property
    def claimed(self) -> int:
        ...
    @property
    def co_organisers(self) -> list[str]:
        ...
    @property
    def disputed(self) -> bool:
        ...
    @property
    def disputed_with(self) -> list[Id128]:
        """
        Records of the volunteer that cover the disputed seconds now. Whoever is named by the
        organisation of either, or by one above it, can settle.
        """
    @property
    def expires(self) -> int | None:
        ...
    @property
    def happened(self) -> datetime.datetime:
        ...
    @property
    def organisation(self) -> str:
        ...
    @property
    def part(self) -> Id128:
        """
        the claim, for `confirm`, `decline` or `settle`
        """
    @property
    def record(self) -> Id128:
        ...
    @property
    def seconds(self) -> int:
        ...
    @property
    def source(self) -> RecordSource:
        ...
    @property
    def volunteer(self) -> str:
        ...
class ClockEvent:
    """
    One press of the clock: in, or out.
    """
    def __init__(self, volunteer: str, clocked_in: bool, at: datetime.datetime, *, need: str = '', activity: str = '', organisation: str = '', place: str = '', item: str = '', skew: datetime.timedelta = ..., device: str = '', time_code: str = '', position: Position | None = None) -> None:
        ...
    @property
    def activity(self) -> str:
        ...
    @property
    def at(self) -> datetime.datetime:
        """
        by the device's clock
        """
    @property
    def clocked_in(self) -> bool:
        """
        else out
        """
    @property
    def device(self) -> str:
        ...
    @property
    def item(self) -> str:
        ...
    @property
    def need(self) -> str:
        ...
    @property
    def organisation(self) -> str:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def position(self) -> Position:
        ...
    @property
    def skew(self) -> datetime.timedelta:
        """
        How far the device's clock was ahead of the receiver's when they last met; negative: behind.
        """
    @property
    def time_code(self) -> str:
        ...
    @property
    def volunteer(self) -> str:
        ...
class ClockedRecords:
    """
    """
    @property
    def problems(self) -> Table:
        """
        by row; what is in them is in no record
        """
    @property
    def records(self) -> list[ServiceRecord]:
        """
        of source `clock`, by volunteer and begin
        """
class ServedRecord:
    """
    A service record as the books count it now: what the reports of hours are made of.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, volunteer: str, day: datetime.date, confirmed: typing.SupportsInt | typing.SupportsIndex, claimed: typing.SupportsInt | typing.SupportsIndex = 0, *, need: str = '', activity: str = '', organisation: str = '', co_organisers: collections.abc.Sequence[str] = [], place: str = '', item: str = '', beneficiary: str = '', source: RecordSource = ..., people_served: typing.SupportsInt | typing.SupportsIndex = 0, happened: datetime.datetime | None = None, record: Id128 = ..., account: Id128 = ..., planned: typing.SupportsInt | typing.SupportsIndex = 0) -> None:
        """
        Seconds as whole numbers. Without `happened` it began at midnight of the day in UTC.
        """
    @property
    def account(self) -> Id128:
        """
        Of the volunteer in the books. Tells persons apart where `volunteer` is empty.
        """
    @property
    def activity(self) -> str:
        """
        External ids; empty for none. A volunteer who was erased leaves all of them empty.
        """
    @property
    def beneficiary(self) -> str:
        ...
    @property
    def claimed(self) -> int:
        """
        wait to be confirmed
        """
    @property
    def co_organisers(self) -> list[str]:
        ...
    @property
    def confirmed(self) -> int:
        ...
    @property
    def day(self) -> datetime.date:
        """
        on which it began, in the zone of the ledger
        """
    @property
    def happened(self) -> datetime.datetime:
        """
        when it began
        """
    @property
    def item(self) -> str:
        ...
    @property
    def need(self) -> str:
        """
        External ids; empty for none. A volunteer who was erased leaves all of them empty.
        """
    @property
    def organisation(self) -> str:
        """
        External ids; empty for none. A volunteer who was erased leaves all of them empty.
        """
    @property
    def people_served(self) -> int:
        """
        heads; 0: not counted
        """
    @property
    def place(self) -> str:
        ...
    @property
    def planned(self) -> int:
        """
        what had been agreed (定工时); 0: nothing
        """
    @property
    def record(self) -> Id128:
        ...
    @property
    def source(self) -> RecordSource:
        ...
    @property
    def volunteer(self) -> str:
        """
        External ids; empty for none. A volunteer who was erased leaves all of them empty.
        """
class GroupBy(enum.Enum):
    """
    By what hours are summed.
    """
    activity = ...
    beneficiary = ...
    item = ...
    month = ...
    need = ...
    organisation = ...
    place = ...
    source = ...
    volunteer = ...
class RankBy(enum.Enum):
    """
    By what lines are ranked.
    """
    confirmed = ...
    distinct_persons = ...
    people_served = ...
    person_times = ...
class HoursLine:
    """
    What some records come to.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def by_source(self) -> typing.Annotated[list[int], "FixedSize(4)"]:
        """
        confirmed seconds, by RecordSource, `clock` first
        """
    @property
    def claimed(self) -> int:
        """
        wait to be confirmed
        """
    @property
    def confirmed(self) -> int:
        """
        their sum
        """
    @property
    def distinct_persons(self) -> int:
        """
        volunteers of these records (人数)
        """
    @property
    def keys(self) -> list[str]:
        """
        what they have in common; "" for none named
        """
    @property
    def people_served(self) -> int:
        """
        heads that these records state, added up
        """
    @property
    def person_times(self) -> int:
        """
        records of which seconds are confirmed (人次)
        """
    @property
    def planned(self) -> int:
        """
        what had been agreed for these records (定工时)
        """
class HoursReport:
    """
    Hours by one or several keys. Seconds of the lines add up to those of the total; so do
    person-times and people served, but that a record of several organisations is one with each of
    them. Distinct persons never add up.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __arrow_c_schema__(self) -> typing.Any:
        """
        The columns as an Arrow C schema.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing.Any:
        """
        The rows as an Arrow C stream.
        """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def table(self) -> Table:
        """
        One row a line: a column for each key, then clock_seconds, organisation_seconds,
        declared_seconds, backfilled_seconds, confirmed_seconds, claimed_seconds,
        planned_seconds, person_times, distinct_persons, people_served.
        """
    def to_arrow(self) -> pyarrow.Table:
        """
        The rows as a pyarrow.Table.
        """
    def to_pandas(self) -> pandas.DataFrame:
        """
        The rows as a pandas.DataFrame; whole numbers stay whole (Int64).
        """
    @property
    def by(self) -> list[GroupBy]:
        ...
    @property
    def lines(self) -> list[HoursLine]:
        """
        by keys, bytewise
        """
    @property
    def total(self) -> HoursLine:
        """
        of all records, without keys
        """
class PlaceHours:
    """
    Hours of one place.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def own(self) -> HoursLine:
        """
        served at the place itself
        """
    @property
    def place(self) -> str:
        """
        "" for records without a place
        """
    @property
    def total(self) -> HoursLine:
        """
        with all places below it; each person counts once
        """
class Ranked:
    """
    A line in its place.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def line(self) -> HoursLine:
        ...
    @property
    def rank(self) -> int:
        """
        from 1; equal amounts have equal ranks, and the next are skipped
        """
class StarReached:
    """
    A star that a volunteer has.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def day(self) -> datetime.date:
        """
        the first on which hours and tenure, and every level below, were reached
        """
    @property
    def level(self) -> str:
        ...
class StarStanding:
    """
    The stars of one volunteer.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def counted(self) -> int:
        """
        that count for stars
        """
    @property
    def next(self) -> str | None:
        """
        the level that comes next; empty at the highest
        """
    @property
    def next_from(self) -> datetime.date | None:
        """
        From when tenure allows the next level; empty if it asks for none, or the day of registration
        is unknown: then no level that asks for tenure is reached.
        """
    @property
    def reached(self) -> list[StarReached]:
        """
        the lowest first
        """
    @property
    def to_next(self) -> int:
        """
        0 where only tenure is missing, or no level is left
        """
    @property
    def volunteer(self) -> str:
        ...
class Rate:
    """
    A share as two whole numbers, so that it is compared exactly.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, part: typing.SupportsInt | typing.SupportsIndex, whole: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    def at_most(self, permille: typing.SupportsInt | typing.SupportsIndex) -> bool:
        """
        Whether it is at most so many thousandths; of nothing, never.
        """
    def basis_points(self) -> int | None:
        """
        In hundredths of a per cent, halves rounded up: 6259 is 62.59 %. Empty of nothing.
        """
    def below(self, permille: typing.SupportsInt | typing.SupportsIndex) -> bool:
        """
        Whether it is below so many thousandths; of nothing, never.
        """
    @property
    def part(self) -> int:
        ...
    @property
    def whole(self) -> int:
        ...
class UnitFigures:
    """
    What a unit (community, organisation …) is judged by. None is negative.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, unit: str, teams: typing.SupportsInt | typing.SupportsIndex, expected: typing.SupportsInt | typing.SupportsIndex, registered: typing.SupportsInt | typing.SupportsIndex, active: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def active(self) -> int:
        """
        of those registered
        """
    @property
    def expected(self) -> int:
        """
        residents or members who could register; 0: unknown
        """
    @property
    def registered(self) -> int:
        ...
    @property
    def teams(self) -> int:
        ...
    @property
    def unit(self) -> str:
        ...
class SupervisionItem:
    """
    A unit on the list for supervision (督办), with the reasons.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def activity(self) -> bool:
        """
        active ÷ registered
        """
    @property
    def figures(self) -> UnitFigures:
        ...
    @property
    def no_team(self) -> bool:
        ...
    @property
    def registration(self) -> bool:
        """
        registered ÷ expected
        """
class WorkLoad:
    """
    What each of some workers has to carry: 3,000 households, 7 workers: 428 each and 4 left
    (mechanism C1).
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def each(self) -> int:
        """
        whole units
        """
    @property
    def is_over(self) -> bool:
        """
        more than the limit for each, exactly compared
        """
    @property
    def left(self) -> int:
        """
        so many workers have one more
        """
    @property
    def units(self) -> int:
        ...
    @property
    def workers(self) -> int:
        ...
class SupervisorSpan:
    """
    Whom a supervisor leads (mechanism C2, 社工带义工).
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def agreed(self) -> int | None:
        """
        the least weight of the edges that state one
        """
    @property
    def is_over(self) -> bool:
        """
        more led directly than agreed
        """
    @property
    def led(self) -> int:
        """
        people led directly
        """
    @property
    def led_in_all(self) -> int:
        """
        with those whom these lead, and so on
        """
    @property
    def supervisor(self) -> str:
        ...
class Recount:
    """
    One volunteer's hours as a pack would count them.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def counted(self) -> int:
        """
        Seconds that count once every approver has agreed: the sum of by_approver.
        """
    @property
    def by_approver(self) -> typing.Annotated[list[int], "FixedSize(4)"]:
        """
        by Approver, `automatic` first: those count at once
        """
    @property
    def disputed(self) -> int:
        """
        two records cover them; they count once, see by_approver
        """
    @property
    def over_cap(self) -> int:
        """
        never count
        """
    @property
    def stars(self) -> StarStanding:
        """
        as if every approver agreed; empty without star rules
        """
    @property
    def volunteer(self) -> str:
        ...
class PackChange:
    """
    What another pack would change for a volunteer.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def after(self) -> Recount:
        ...
    @property
    def before(self) -> Recount:
        ...
    @property
    def counted(self) -> int:
        """
        after less before
        """
    @property
    def star(self) -> bool:
        """
        whether the highest star would be another
        """
class RevocationReason(enum.Enum):
    """
    Why an attestation does not hold any more. Numbers are never reused.
    """
    revoked = ...
    superseded = ...
class Revocation:
    """
    One attestation that does not hold any more.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, attestation: Id128, when: datetime.datetime, reason: RevocationReason = ..., successor: Id128 = ...) -> None:
        ...
    @property
    def attestation(self) -> Id128:
        ...
    @property
    def reason(self) -> RevocationReason:
        ...
    @property
    def successor(self) -> Id128:
        """
        the attestation in its place; zero unless superseded
        """
    @property
    def when(self) -> datetime.datetime:
        ...
class RevocationList:
    """
    All attestations of one issuer's key that do not hold any more, as of a date. An attestation is
    never taken off it again.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, dated: datetime.datetime, revocations: collections.abc.Sequence[Revocation] = []) -> None:
        ...
    def add(self, revocation: Revocation) -> None:
        """
        Puts an attestation on the list, dated no earlier than that. Once more the same changes
        nothing. O(n).
        Raises Error "revocation_differs" if the list says something else of that attestation;
        "revocation_invalid" unless the successor is given exactly where it is superseded, by another;
        "revocations_too_many"; "time_out_of_range" outside 1970 to 2199.
        """
    def find(self, attestation: Id128) -> Revocation | None:
        """
        What the list says of an attestation, or None.
        """
    @property
    def dated(self) -> datetime.datetime:
        """
        when it was made; 1970 to 2199
        """
    @property
    def revocations(self) -> list[Revocation]:
        """
        by attestation, each once; at most 65,536
        """
class ShownParts:
    """
    The parts that the volunteer chooses to show; the total is always shown, a beneficiary never.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, *, sources: bool = False, organisations: bool = False, items: bool = False, days: bool = False) -> None:
        ...
    @property
    def days(self) -> bool:
        """
        seconds by day
        """
    @property
    def items(self) -> bool:
        """
        seconds by item of the catalogue: what was done
        """
    @property
    def organisations(self) -> bool:
        """
        seconds by organisation
        """
    @property
    def sources(self) -> bool:
        """
        seconds by class of source
        """
class AttestationRequest:
    """
    What is to be attested. Shown texts are UTF-8 of at most 200 bytes without control or invisible
    characters, and not of blanks alone.
    """
    def __init__(self, volunteer: str, period: CalendarPeriod, *, issuer_id: str, issuer_name: str, national_number: str = '', name: str = '', shows: ShownParts = ..., labels: collections.abc.Mapping[str, str] = {}, id: Id128 = ..., issued: datetime.datetime | None = None) -> None:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def id(self) -> Id128:
        """
        Zero: a new one, time-ordered. With an id, asking twice issues once.
        """
    @property
    def issued(self) -> datetime.datetime | None:
        """
        Empty: now. No earlier than the end of the service that is counted, at most a day ahead of
        the system's clock.
        """
    @property
    def issuer_id(self) -> str:
        """
        such as its unified social credit code
        """
    @property
    def issuer_name(self) -> str:
        """
        who attests, as on the seal
        """
    @property
    def labels(self) -> dict[str, str]:
        """
        Names to show for ids of organisations and items; an id without one is shown itself.
        """
    @property
    def name(self) -> str:
        """
        of the volunteer; empty: not shown
        """
    @property
    def national_number(self) -> str:
        """
        empty: the account's id is shown in its place
        """
    @property
    def period(self) -> CalendarPeriod:
        """
        ends with the day of issue if it runs past it
        """
    @property
    def shows(self) -> ShownParts:
        ...
    @property
    def volunteer(self) -> str:
        """
        external id in the books; not shown
        """
class VolunteerNumberKind(enum.Enum):
    """
    What an attestation names a volunteer by; never the number of an identity card.
    """
    national = ...
    pseudonym = ...
class SourceSeconds:
    """
    Seconds by where their records come from.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def seconds(self) -> int:
        ...
    @property
    def source(self) -> RecordSource | None:
        """
        in Python None if this version has no name
        """
class NamedSeconds:
    """
    Seconds by an organisation or an item, whose name is empty where the records state none.
    Organisations that ran an activity together share its seconds as in organisation_shares.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def seconds(self) -> int:
        ...
class DaySeconds:
    """
    Seconds by the day on which the service began.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def day(self) -> datetime.date:
        ...
    @property
    def seconds(self) -> int:
        ...
class Attestation:
    """
    Confirmed hours of one volunteer in a period, signed by who attests them.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    def pdf(self, path: os.PathLike[str] | str | bytes, *, head: str | None = None, handler: str | None = None, contact: str | None = None, font: os.PathLike[str] | str | bytes | None = None) -> None:
        """
        Writes one page of A4 in Chinese and English, to be printed and sealed.
        
        head, handler, contact: of the issuer; left open to be filled in by hand. They are not signed.
        font: a TrueType or OpenType file with Chinese characters, which the page embeds; by default one that is installed.
        
        Needs the extra `attestations`. Raises Error "font_missing" without a font that has all characters, "sheet_too_full" if letters would be smaller than 70 %, "attestation_text_invalid" or "attestation_id_card" for head, handler or contact.
        """
    def qr(self, path: os.PathLike[str] | str | bytes | None = None) -> segno.QRCode:
        """
        The text as a QR picture (ISO/IEC 18004, alphanumeric mode, error correction M).
        
        path: a file to write, PNG or SVG by its ending.
        
        Needs the extra `attestations`.
        """
    @property
    def days(self) -> list[DaySeconds]:
        ...
    @property
    def entries(self) -> int:
        """
        How many entries it counts: those of the volunteer's account in the period that moved
        confirmed seconds, corrections and what they correct included.
        """
    @property
    def entries_hash(self) -> Hash256:
        """
        binds it to these entries; docs/attestations.md
        """
    @property
    def head(self) -> ChainHead:
        """
        of the books when it was issued
        """
    @property
    def id(self) -> Id128:
        ...
    @property
    def issued(self) -> datetime.datetime:
        ...
    @property
    def issuer_id(self) -> str:
        ...
    @property
    def issuer_name(self) -> str:
        ...
    @property
    def items(self) -> list[NamedSeconds]:
        ...
    @property
    def key_mark(self) -> str:
        """
        the first 16 hexadecimal digits of the issuer's public key
        """
    @property
    def name(self) -> str:
        """
        of the volunteer; empty: not shown
        """
    @property
    def number(self) -> str:
        """
        of the volunteer
        """
    @property
    def number_kind(self) -> VolunteerNumberKind:
        ...
    @property
    def organisations(self) -> list[NamedSeconds]:
        ...
    @property
    def period(self) -> CalendarPeriod:
        ...
    @property
    def replaces(self) -> Id128:
        """
        the attestation in whose place it was issued; zero: none
        """
    @property
    def seconds(self) -> int:
        """
        confirmed by then, corrections taken off
        """
    @property
    def sources(self) -> list[SourceSeconds]:
        ...
    @property
    def text(self) -> str:
        """
        "JD1:" and Base45 (RFC 9285), signed: what is handed out
        """
    @property
    def zone(self) -> str:
        """
        IANA name; in which the days of the period begin and end
        """
class AttestationState(enum.Enum):
    """
    What an attestation in the register is worth. Numbers are never reused.
    """
    erased = ...
    outdated = ...
    revoked = ...
    superseded = ...
    valid = ...
class IssuedAttestation:
    """
    An attestation as the register has it.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    @property
    def id(self) -> Id128:
        ...
    @property
    def issued(self) -> datetime.datetime:
        ...
    @property
    def revocation(self) -> Revocation | None:
        """
        if superseded or revoked
        """
    @property
    def state(self) -> AttestationState:
        ...
    @property
    def text(self) -> str:
        """
        what was handed out, see read_attestation; empty once erased
        """
    @property
    def volunteer(self) -> str:
        """
        external id; empty once erased
        """
class AttestationVerdict(enum.Enum):
    """
    What a check of an attestation found. Numbers are never reused.
    """
    key_differs = ...
    list_older = ...
    list_unusable = ...
    not_checked = ...
    revoked = ...
    signature_wrong = ...
    superseded = ...
    unreadable = ...
    valid = ...
class AttestationCheck:
    """
    """
    def __bool__(self) -> bool:
        ...
    def __repr__(self) -> str:
        ...
    def __str__(self) -> str:
        ...
    @property
    def attestation(self) -> Attestation | None:
        """
        only if it is signed with the key
        """
    @property
    def list_dated(self) -> datetime.datetime | None:
        """
        of a list that is signed with the key
        """
    @property
    def revocation(self) -> Revocation | None:
        """
        of this attestation
        """
    @property
    def verdict(self) -> AttestationVerdict:
        ...
class HelpOffer:
    """
    One participant could meet the wish of another.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, helper: str, helped: str, weight: typing.SupportsInt | typing.SupportsIndex = 1) -> None:
        ...
    @property
    def helped(self) -> str:
        """
        external id, of another participant
        """
    @property
    def helper(self) -> str:
        """
        external id
        """
    @property
    def weight(self) -> int:
        """
        1 to 1,000,000: what meeting it is worth; 1 each counts wishes met
        """
class ExchangeCycle:
    """
    Two or three participants of whom each helps the next and the last the first.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def participants(self) -> list[str]:
        """
        from the one whose id sorts first
        """
    @property
    def weight(self) -> int:
        """
        of its offers together
        """
class ExchangePrice:
    """
    What a participant's place in a cycle is worth at most, in parts of `exchange_price_scale`.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def participant(self) -> str:
        ...
    @property
    def price(self) -> int:
        """
        at least 0
        """
class ExchangeSetPrice:
    """
    What a cycle that holds two or three participants of an odd set pays beside. Of so many
    participants at most half, rounded down, such cycles can be in one plan.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def participants(self) -> list[str]:
        """
        rising; three, five or seven of them
        """
    @property
    def price(self) -> int:
        """
        more than 0
        """
class ExchangePlan:
    """
    Disjoint cycles, and how far they can be from the best there are.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def bound(self) -> int:
        """
        no plan is worth more; from prices and search
        """
    @property
    def cycles(self) -> list[ExchangeCycle]:
        """
        by their first participant; no participant twice
        """
    @property
    def gap(self) -> int:
        """
        How much better a plan could be at most; 0: this one is proved best.
        """
    @property
    def possible(self) -> int:
        """
        cycles of two and three that there are
        """
    @property
    def price_bound(self) -> int:
        """
        that sum, rounded down; at least `bound`
        """
    @property
    def prices(self) -> list[ExchangePrice]:
        """
        A witness that anyone can check without a search: each possible cycle weighs at most the
        prices of its participants and of the sets that hold two of them. So no plan weighs more than
        all prices of participants, and those of sets times half their size, rounded down, together.
        Prices of 0 are left out.
        """
    @property
    def set_prices(self) -> list[ExchangeSetPrice]:
        ...
    @property
    def steps(self) -> int:
        """
        nodes of the search; 0 where prices were enough
        """
    @property
    def stopped(self) -> bool:
        """
        before the search was over: `gap` may be above 0
        """
    @property
    def value(self) -> int:
        """
        weight of the cycles together
        """
class TimeBankMember:
    """
    Who has an account in a time bank, as far as its rules ask. Kept in the directory, off the
    chain, until the person is erased. Texts are at most 256 bytes without control characters.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, id: str, *, organisation: bool = False, born: datetime.date | None = None, guardian: str = '', household: str = '', tags: collections.abc.Sequence[str] = []) -> None:
        ...
    @property
    def born(self) -> datetime.date | None:
        ...
    @property
    def guardian(self) -> str:
        """
        who spends for them while they are too young
        """
    @property
    def household(self) -> str:
        """
        whose pool they share; empty: none
        """
    @property
    def id(self) -> str:
        """
        external id: of a volunteer, or of an organisation
        """
    @property
    def organisation(self) -> bool:
        """
        bound to donating where the rules say so
        """
    @property
    def tags(self) -> list[str]:
        """
        as in TimeBankRules::priority; at most 64, no ";"
        """
class AboveDailyLimit(enum.Enum):
    """
    What becomes of credits above the limit of a day.
    """
    dropped = ...
    to_pool = ...
class Earned:
    """
    What became of earned credits; together the seconds that were handed in, less those dropped.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def kept(self) -> datetime.timedelta:
        """
        on the member's account
        """
    @property
    def outcome(self) -> Outcome:
        ...
    @property
    def to_pool(self) -> datetime.timedelta:
        """
        above the limit of the day, or of what may be held
        """
class GrantRequest:
    """
    Somebody who asks for donated time.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, id: Id128, member: str, amount: datetime.timedelta, asked: datetime.datetime) -> None:
        ...
    @property
    def amount(self) -> datetime.timedelta:
        """
        at least 1
        """
    @property
    def asked(self) -> datetime.datetime:
        ...
    @property
    def id(self) -> Id128:
        """
        of the entry
        """
    @property
    def member(self) -> str:
        ...
class Grant:
    """
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def granted(self) -> datetime.timedelta:
        """
        may be less than asked
        """
    @property
    def outcome(self) -> Outcome:
        """
        `debit_limit_exceeded` when the pool is empty
        """
    @property
    def request(self) -> Id128:
        ...
class TimeBank:
    """
    A time bank: credits in seconds, earned by service and spent on help, under a pack's rules.
    
    Credits are a unit of their own in the books of hours: never money, never hours of service
    (Regulations on Volunteer Service, State Council Order 685, articles 21 and 25). They come from
    an account of issue and go back to it, so all accounts of a bank add up to zero after every
    entry. Limits are also those of the ledger's accounts, which no entry passes. Each movement has
    an id that the caller chooses; sent again it answers `exists`. On the chain stand accounts whose
    ids are keyed with the party's secret.
    
    Amounts are 1 to 2^62 seconds: Error "credits_out_of_range" else. Who is not enrolled: Error
    "member_unknown". Members are kept with the books and looked up one by one. Not thread-safe.
    Each movement is durable when it returns, and takes O(1) but for `earn`: O(entries of the
    account) where a day is limited.
    """
    @staticmethod
    def earned_id(part: Id128) -> Id128:
        """
        The id under which a part of a service record earns (RecordPart::entry): so it earns once.
        """
    def __init__(self, hours: HoursLedger, rules: TimeBankRules, name: str = '') -> None:
        """
        hours: must outlive the bank; days are those of its zone.
        name: of the bank, where the books hold several.
        """
    def advance(self, now: datetime.datetime) -> datetime.timedelta:
        """
        Moves credits that have expired to the pool: those not spent within the rules' days after they
        came onto a member's account; what was spent was spent from the oldest. Of all members, in one
        transaction. O(entries of the members). Returns how many seconds.
        """
    def balance(self, member: str) -> datetime.timedelta:
        """
        Credits of a member; below 0 on credit.
        """
    def correct(self, movement: Id128) -> Outcome:
        """
        Takes back a movement that was wrong, whole: of what was earned also the part above a limit.
        Correct service in the books by itself. Returns `entry_not_found` if it is none of credits.
        """
    def donate(self, id: Id128, member: str, amount: datetime.timedelta, happened: datetime.datetime, *, by: str = '') -> Outcome:
        """
        To the pool; only what is held, no credit line. Raises Error "guardian_needed".
        """
    def draw(self, id: Id128, member: str, amount: datetime.timedelta, happened: datetime.datetime) -> Outcome:
        """
        From the pool of the household to a member of it. Raises Error "household_missing".
        """
    def earn(self, id: Id128, member: str, amount: datetime.timedelta, happened: datetime.datetime, *, above: AboveDailyLimit = ...) -> Earned:
        """
        Credits for service that was given; what is above a limit goes to the pool.
        id: of the entry; for service in the books best earned_id.
        """
    @typing.overload
    def enrol(self, member: TimeBankMember) -> Outcome:
        """
        Opens the member's account, or answers `exists` and keeps what is new about them.
        Returns `account_closed` for who has left.
        Raises Error "member_invalid" if they are not as TimeBankMember says.
        """
    @typing.overload
    def enrol(self, members: collections.abc.Sequence[TimeBankMember]) -> list[Outcome]:
        """
        Enrols many, durable together. One outcome a member.
        """
    def give(self, id: Id128, from_: str, to: str, amount: datetime.timedelta, happened: datetime.datetime, *, by: str = '') -> Outcome:
        """
        From one member to another. Raises Error as `spend`.
        """
    def grant(self, requests: collections.abc.Sequence[GrantRequest]) -> list[Grant]:
        """
        Grants from the pool: by the first of the rules' tags that a member has, without any last; of
        equals who asked earlier, then by member and id. Each gets what is asked for, what the
        member may still hold or what the pool has, whichever is least. One answer a request, in the
        order in which they were taken. O(n log n).
        """
    def household_pool(self, household: str) -> datetime.timedelta:
        ...
    def leave(self, id: Id128, member: str, *, by: str = '') -> Outcome:
        """
        Closes a member's account for good, what is left on it goes to the pool. What is known of the
        member stays until HoursLedger::erase. by: as `donate`. Returns `debit_limit_exceeded`
        for an account below zero. Raises Error "guardian_needed".
        """
    def lend(self, id: Id128, lender: str, borrower: str, amount: datetime.timedelta, happened: datetime.datetime) -> Outcome:
        """
        An organisation helped another out (G3): what they owe each other, apart from credits.
        """
    def lent(self, organisation: str, other: str) -> datetime.timedelta:
        """
        What `other` owes an organisation in hands lent; below 0 the other way round.
        """
    def member(self, id: str) -> TimeBankMember | None:
        """
        A member as last enrolled, less what named people who were erased; also one who has left.
        """
    def members(self) -> Table:
        """
        One row a member, by id: id, organisation (0 or 1), born ("2008-03-06"), guardian, household,
        tags (";" between). O(members).
        """
    def outstanding(self) -> datetime.timedelta:
        """
        Issued less spent: what members and pools hold together and what we owe other banks, what they
        owe us taken off.
        """
    def owed_to(self, bank: str) -> datetime.timedelta:
        """
        What we owe another bank; below 0: what it owes us.
        """
    def partner(self, id: Id128, bank: str, *, we_owe: datetime.timedelta, they_owe: datetime.timedelta) -> Outcome:
        """
        Agrees with another bank on how far each may owe the other; anew if there was an agreement.
        Returns `limits_below_balance` if more is owed already.
        """
    def pool(self) -> datetime.timedelta:
        """
        What the pool of donated time holds.
        """
    def receive(self, id: Id128, bank: str, member: str, amount: datetime.timedelta, happened: datetime.datetime, *, above: AboveDailyLimit = ...) -> Earned:
        """
        A member here helped one there: earned, with the limits of `earn`. Without an agreement:
        `debit_not_found`.
        """
    def send(self, id: Id128, member: str, bank: str, amount: datetime.timedelta, happened: datetime.datetime, *, by: str = '') -> Outcome:
        """
        A member here pays for help by a member there. Raises Error as `spend`.
        """
    def share(self, id: Id128, member: str, amount: datetime.timedelta, happened: datetime.datetime, *, by: str = '') -> Outcome:
        """
        From a member to the pool of the household; only what is held. Raises Error as `spend`,
        "household_missing".
        """
    def spend(self, id: Id128, member: str, amount: datetime.timedelta, happened: datetime.datetime, *, by: str = '') -> Outcome:
        """
        Credits for help received; down to the credit line.
        by: who spends: for the young their guardian, else empty or the member.
        Raises Error "guardian_needed", "organisation_only_donates".
        """
class BidOrder(enum.Enum):
    """
    In which order bids are served.
    """
    arrival = ...
    price = ...
class Bid:
    """
    A call: so many pieces at so much each.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, id: str, at: datetime.datetime, price: typing.SupportsInt | typing.SupportsIndex, pieces: typing.SupportsInt | typing.SupportsIndex = 1) -> None:
        ...
    @property
    def at(self) -> datetime.datetime:
        ...
    @property
    def id(self) -> str:
        """
        unique; the caller's own
        """
    @property
    def pieces(self) -> int:
        """
        wanted; fewer are taken where fewer are left
        """
    @property
    def price(self) -> int:
        """
        for a piece, in the smallest coin; 1 or more
        """
class Sale:
    """
    What a bid got.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def bid(self) -> str:
        ...
    @property
    def paid(self) -> int:
        """
        pieces times the bid's own price
        """
    @property
    def pieces(self) -> int:
        """
        0: they were gone, or the price lay below the least
        """
class AuctionResult:
    """
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def left(self) -> int:
        ...
    @property
    def proceeds(self) -> int:
        ...
    @property
    def sales(self) -> list[Sale]:
        """
        one a bid, in the order in which they were served
        """
    @property
    def sold(self) -> int:
        ...
class Payee:
    """
    Whom the proceeds are for.
    """
    def __init__(self, account: Id128, weight: typing.SupportsInt | typing.SupportsIndex = 1) -> None:
        ...
    @property
    def account(self) -> Id128:
        ...
    @property
    def weight(self) -> int:
        ...
class TimetableSession:
    """
    A session of each week at which a venue welcomes hands.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, id: str, venue: str, *, weekday: typing.SupportsIndex, begins: datetime.timedelta, ends: datetime.timedelta, demand: typing.SupportsIndex = 1, item: str = '', place: str = '') -> None:
        ...
    @property
    def begins(self) -> datetime.timedelta:
        """
        Local times of day, 0 to 1,439 minutes from midnight; a session that ends no later than it
        begins ends on the next day.
        """
    @property
    def demand(self) -> int:
        """
        how many are welcome, 1 to 100,000
        """
    @property
    def ends(self) -> datetime.timedelta:
        """
        Local times of day, 0 to 1,439 minutes from midnight; a session that ends no later than it
        begins ends on the next day.
        """
    @property
    def id(self) -> str:
        """
        external, 1 to 117 bytes, unique in the timetable: "SAT-READING"
        """
    @property
    def item(self) -> str:
        """
        of the catalogue of services: what there is to do
        """
    @property
    def place(self) -> str:
        """
        of the network; empty: not given
        """
    @property
    def venue(self) -> str:
        """
        external id of the organisation
        """
    @property
    def weekday(self) -> int:
        """
        on which it begins
        """
class VenueTimetable:
    """
    The sessions that venues publish for a time.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, sessions: collections.abc.Sequence[TimetableSession], *, zone: str = 'Asia/Shanghai', valid_from: datetime.date | None = None, valid_to: datetime.date | None = None, closed: collections.abc.Sequence[datetime.date] = []) -> None:
        ...
    @property
    def closed(self) -> list[datetime.date]:
        """
        local days on which no session begins
        """
    @property
    def sessions(self) -> list[TimetableSession]:
        ...
    @property
    def valid_from(self) -> datetime.date:
        """
        first and last local day on which a session begins
        """
    @property
    def valid_to(self) -> datetime.date:
        ...
    @property
    def zone(self) -> str:
        """
        IANA name; of the local times
        """
class VenueSession:
    """
    A session on its day. It is a need: `session_needs` takes it into a network.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, id: str, venue: str, interval: ServiceInterval, *, demand: typing.SupportsIndex = 1, item: str = '', place: str = '') -> None:
        ...
    @property
    def begins_is(self) -> str:
        """
        What the clocks made of its local times: see `venue_sessions`.
        """
    @property
    def demand(self) -> int:
        ...
    @property
    def ends_is(self) -> str:
        ...
    @property
    def id(self) -> str:
        """
        that of the timetable's session and the local day: "SAT-READING@2026-03-07"
        """
    @property
    def interval(self) -> ServiceInterval:
        """
        UTC
        """
    @property
    def item(self) -> str:
        ...
    @property
    def place(self) -> str:
        ...
    @property
    def venue(self) -> str:
        ...
class ReciprocalFigures:
    """
    What a family promised a venue, and what became of it: accrued is the sum of the others.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def accrued(self) -> datetime.timedelta:
        ...
    @property
    def open(self) -> datetime.timedelta:
        """
        neither scheduled nor settled nor waived
        """
    @property
    def scheduled(self) -> datetime.timedelta:
        """
        for sessions that nobody has answered yet
        """
    @property
    def settled(self) -> datetime.timedelta:
        ...
    @property
    def waived(self) -> datetime.timedelta:
        ...
class Scheduled:
    """
    What became of scheduling.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def amount(self) -> datetime.timedelta:
        """
        the length of the session, or what was open where that is less
        """
    @property
    def outcome(self) -> Outcome:
        ...
class Settled:
    """
    What became of settling; together the seconds that were served.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def beyond(self) -> datetime.timedelta:
        """
        Above what was scheduled. Nothing is owed for it: it is ordinary service, if it is posted as a
        ServiceRecord.
        """
    @property
    def outcome(self) -> Outcome:
        ...
    @property
    def settled(self) -> datetime.timedelta:
        ...
class Waived:
    """
    What became of a waiver.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    @property
    def amount(self) -> datetime.timedelta:
        ...
    @property
    def outcome(self) -> Outcome:
        ...
class ReciprocalService:
    """
    Families give back by a venue's timetable (家属反哺, mechanism G11): what they promise for what
    they were given accrues, is scheduled, settled or waived.
    
    It stays voluntary (Regulations on Volunteer Service, State Council Order 685, articles 21 and
    25): nothing accrues or is scheduled that the family has not agreed to, it may cancel or
    withdraw at any time without a reason, and nothing follows from that. Its seconds are a unit of
    their own in the books of hours: never hours of service, nor credits, and no entry joins them to
    either.
    
    A family has an account with each venue, which never goes below zero: a limit of the ledger.
    What is scheduled is a claim on it. Everything is read from the books and the directory, so that
    it is there again when a store is opened. Each movement has an id that the caller chooses; sent
    again it answers `exists`. On the chain stand keyed account ids, amounts, times and codes; who
    agreed or decided is kept in the directory, under a salted commitment.
    
    Ids are external ones, 1 to 256 bytes: Error "id_missing", "id_too_long"; a family's is that of
    a volunteer, so that it can be paired, and HoursLedger::erase withdraws it from all venues.
    Amounts are 1 to 2^32 - 1 seconds: Error "seconds_out_of_range". Not thread-safe. Each movement
    is durable when it returns, and takes O(1) where nothing else is said.
    """
    @staticmethod
    def unit() -> Unit:
        """
        The unit of the accounts: "other RCP", in seconds.
        """
    def __init__(self, hours: HoursLedger, name: str = '', *, answer_within: datetime.timedelta = ...) -> None:
        """
        hours: must outlive this.
        name: where the books hold several.
        answer_within: after the end of a session, 1 second to 366 days: what was scheduled for
        it and nobody has answered by then is open again. Raises Error "seconds_out_of_range".
        """
    def accrue(self, id: Id128, family: str, venue: str, amount: datetime.timedelta, happened: datetime.datetime, *, agreed_by: str) -> Outcome:
        """
        What a family promises for what it was given; opens the accounts that are missing.
        agreed_by: who agreed for the family. Raises Error "agreement_missing".
        """
    def cancel(self, schedule: Id128, *, by: str = '') -> Outcome:
        """
        The family does not come, or the venue cannot take it: no reason is asked, and what was
        scheduled is open again. Returns as `settle`.
        """
    def figures(self, family: str, venue: str) -> ReciprocalFigures:
        """
        Of a family at a venue; all zero where nothing was promised. What is scheduled stays so until
        it is answered, or HoursLedger::advance has booked its expiry. O(entries of the account).
        """
    def schedule(self, id: Id128, family: str, session: VenueSession, *, agreed_by: str) -> Scheduled:
        """
        Plans a session for a family: claims the length of the session, or what is open where that is
        less, until it is settled, cancelled or too late for that. O(entries of the family's accounts,
        and about the session).
        Raises Error "agreement_missing"; "session_invalid"; "session_over" if the time to answer has
        passed; "nothing_open": what a family gives beyond its promise is ordinary volunteering;
        "family_busy" if the session overlaps another one of the family, scheduled or served;
        "session_full".
        """
    def schedules(self, venue: str, period: CalendarPeriod) -> Table:
        """
        One row a scheduling at a venue for sessions that begin on the local days of a period, by
        begin, then family: schedule (its id), session, family, begins, ends, seconds, state (open,
        settled, cancelled, expired, corrected), settled (seconds). O(entries of the venue, n log n).
        """
    def settle(self, schedule: Id128, served: datetime.timedelta, *, by: str = '') -> Settled:
        """
        The family came. What was scheduled beyond that is open again.
        schedule: the id of the scheduling. Returns `claim_expired`, `claim_declined` if it does
        not stand any more; `claim_not_found` if it is none.
        served: at most 24 hours.
        by: who says so; empty: nobody is named.
        Raises Error "seconds_out_of_range".
        """
    def table(self) -> Table:
        """
        One row a family and venue, by these: family, venue, and in seconds accrued, open, scheduled,
        settled, waived. Families that were erased have an empty id. O(entries of the accounts,
        n log n).
        """
    def waive(self, id: Id128, family: str, venue: str, amount: datetime.timedelta | None = None, *, by: str = '') -> Waived:
        """
        Forgives some of what is open, or all.
        amount: empty: all. by: of the venue, or of the family.
        Returns `debit_limit_exceeded` for more than is open, `amount_is_zero` if nothing is,
        `account_not_found` if nothing was ever promised.
        """
    def withdraw(self, id: Id128, family: str, venue: str, *, by: str = '') -> Waived:
        """
        The family gives back no more: what is scheduled is cancelled and all that is left is waived,
        both or neither. Nothing else follows; it may promise anew. First books the expiry of claims
        that are due, as HoursLedger::advance does. Returns as `waive`. O(entries of the account).
        """
class StoreAccess(enum.Enum):
    read_only = ...
    read_write = ...
class Store:
    """
    One file that holds a town's network, its plan and its books.
    
    A SQLite file (WAL, every commit synced) that other programs may read: open it there with
    `file:…?mode=ro`. Only jiedui writes to it. Writers of all processes take turns by an exclusive
    lock on the file `<store>.jiedui-lock` beside it, and wait up to 5 s for each other. For local
    file systems. Not thread-safe: one store a thread, also on the same file; and one a process, as
    nothing of SQLite may cross a fork.
    
    Errors: "store_missing", "store_foreign" (not a store), "store_newer" (made by a newer jiedui),
    "store_older" (read-only, and to be migrated), "store_not_writable", "store_read_only",
    "store_busy", "store_full", "store_io", "store_broken" (after a failed write to the disk),
    "store_corrupt", "store_inconsistent", "store_forked", "store_closed", "store_second_sqlite"
    (another copy of SQLite is loaded in this process: writing is refused), "store_altered" and
    "store_unsound" (an untrusted file).
    """
    @staticmethod
    def open(path: os.PathLike[str] | str | bytes, access: StoreAccess = ..., *, zone: str | None = None, untrusted: bool = False) -> Store:
        """
        Opens a store that exists, and brings an older one to this version. Checks whose file it is,
        and that the last entry continues the chain: milliseconds, however large the file.
        """
    @staticmethod
    def open_if_exists(path: os.PathLike[str] | str | bytes, access: StoreAccess = ..., *, zone: str | None = None, untrusted: bool = False) -> Store | None:
        """
        The same; empty if there is no such file.
        """
    @staticmethod
    def open_or_create(path: os.PathLike[str] | str | bytes, *, zone: str | None = None, untrusted: bool = False) -> Store:
        """
        Opens a store, and makes the file if there is none.
        Raises Error as above; "zone_unknown"; "zone_differs" if the file was made for another zone.
        """
    def __enter__(self) -> typing.Self:
        ...
    def __exit__(self, exception_type: typing.Any, exception: typing.Any, traceback: typing.Any) -> None:
        ...
    def __repr__(self) -> str:
        ...
    def backup(self, copy: os.PathLike[str] | str | bytes, *, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> ChainHead:
        """
        Copies the store as it is now into a new file, while others may write, and verifies the copy:
        SQLite's integrity check, and the head. File and folder are synced. O(size); when it throws,
        or is stopped, no file is left behind. Returns the head of the copy.
        Raises Error "file_exists", "file_unwritable", "interrupted", "backup_differs"; "store_busy"
        within a transaction of this store.
        """
    def checkpoint(self) -> bool:
        """
        Carries the write-ahead log over into the file and empties it, so that the file alone holds
        everything. False if a reader is in the way.
        """
    def close(self) -> None:
        """
        Lets go of the file; everything else then throws "store_closed", but for close itself.
        """
    def load_network(self) -> Network:
        """
        Raises Error "network_missing" if none was saved; InputError if the tables were changed.
        """
    def load_plan(self) -> Plan:
        """
        Raises Error "plan_missing" if none was saved; "store_corrupt" or "plan_invalid" if the
        tables were changed.
        """
    @typing.overload
    def save(self, network: Network, *, personal: bool = True) -> None:
        """
        Keeps a network in place of the former one, as readable tables network_volunteers … With
        `left_out`, what can point to a person is not kept, and is absent after loading.
        """
    @typing.overload
    def save(self, plan: Plan) -> None:
        """
        Keeps a plan with its proof in place of the former one, as readable tables plan_pairs …
        """
    def verify(self, exported: collections.abc.Sequence[ChainHead] = []) -> AuditReport:
        """
        Checks the file and recomputes the books. exported: heads kept outside the store.
        """
    @property
    def book(self) -> Id128:
        """
        The random id of the book; zero never.
        """
    @property
    def books(self) -> Ledger:
        """
        The same books by account ids, for every unit.
        """
    @property
    def has_network(self) -> bool:
        ...
    @property
    def has_plan(self) -> bool:
        ...
    @property
    def is_open(self) -> bool:
        ...
    @property
    def ledger(self) -> HoursLedger:
        """
        The books of hours by people's ids.
        """
    @property
    def path(self) -> pathlib.Path:
        ...
class Encoding(enum.Enum):
    automatic = ...
    gb18030 = ...
    utf8 = ...
class CsvTable:
    """
    What was read, and what was wrong with it.
    """
    def record(self, row: typing.SupportsInt | typing.SupportsIndex) -> int:
        """
        The number of the record of a row.
        """
    @property
    def problem_count(self) -> int:
        """
        How many problems there are, listed or not.
        """
    @property
    def problems(self) -> Table:
        """
        Everything wrong with the form of the file, record by record.
        """
    @property
    def records(self) -> list[int]:
        """
        The number of the record of each row of `table`, the header being 1; empty when no record was
        left out, so that row i is record i + 2.
        """
    @property
    def table(self) -> Table:
        """
        The records with as many cells as the header and no problem. `first_row` is 2.
        """
class EntryRun:
    """
    A run of the entries of one book, without a gap, behind a head of its chain.
    """
    __hash__: typing.ClassVar[None]  # type: ignore[assignment]
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __init__(self, before: ChainHead, entries: collections.abc.Sequence[Entry]) -> None:
        ...
    @property
    def before(self) -> ChainHead:
        ...
    @property
    def entries(self) -> list[Entry]:
        ...
def active_volunteers(records: collections.abc.Sequence[ServedRecord], rules: ActivityRules) -> list[str]:
    """
    Volunteers with at least the seconds that make active, by id. O(n log n).
    """
def activity_period(rules: ActivityRules, as_of: datetime.date) -> CalendarPeriod:
    """
    The window of a rate of activity: the rules' months up to a day, which is its last. It begins
    the day after that day so many months before, or after that month's last day: 12 months up to
    2026-12-31 are the year 2026. Raises Error "period_invalid" outside 1900 to 2199.
    """
def activity_rate(records: collections.abc.Sequence[ServedRecord], rules: ActivityRules, registered: collections.abc.Sequence[str]) -> Rate:
    """
    Active ÷ registered (活跃度, rule 16). Only those on the list of the registered count, each
    once. records: of activity_period, or of another period. O(n log n).
    """
def attest(ledger: HoursLedger, request: AttestationRequest, key: SigningKey) -> Attestation:
    """
    Attests what the books hold as confirmed now, and enters it in the register. Claims do not
    count. Durable when it returns. O(n log n) in the volunteer's entries.
    Returns for an id under which it was issued before: the attestation of then.
    Raises Error "attestation_differs" if that one is of another volunteer, period, issuer, key,
    name, number, choice of parts or time of issue, or its volunteer was erased; labels are not
    compared; "attestation_empty" without a confirmed second in the period;
    "attestation_text_invalid", "attestation_id_card" for a text that must not be shown;
    "attestation_too_long" for more than 1,200 bytes; "attestation_part_negative" if a part that is
    to be shown is below zero; "time_out_of_range" if issued outside 1970 to 2199;
    "attestation_time_invalid" if issued before the period, or before service that it counts ended,
    or more than a day ahead of the system's clock.
    """
def auction_commands(result: AuctionResult, sale: Id128, happened: datetime.datetime, money: Unit, buyers: Id128, payees: collections.abc.Sequence[Payee], programme: Id128 = ..., costs: collections.abc.Sequence[tuple[Id128, typing.SupportsInt | typing.SupportsIndex]] = []) -> list[Command]:
    """
    The transfers that book a sale, linked: all proceeds from the buyers' account to the payees, by
    weight, and the costs from the programme's account to those who are paid for them. Ids follow
    from the sale's, so that booking it twice is found to exist.
    happened: when the sale was; whole seconds.
    programme: whose costs they are; none of the payees, from whom nothing is deducted.
    costs: accounts that are paid, with amounts above 0. Costs that come later: a transfer.
    Raises Error "weights_invalid", "programme_is_payee", "overflow".
    """
def blake2b(data: str) -> Hash256:
    """
    BLAKE2b-256 of bytes.
    """
def canonical_bytes(entry: Entry) -> bytes:
    """
    The bytes that are hashed: a fixed little-endian layout, in docs/ledger.md with examples.
    """
def check_exchanges(offers: collections.abc.Sequence[HelpOffer], plan: ExchangePlan) -> list[str]:
    """
    Checks a plan against the offers with code of its own: cycles of offers that exist, disjoint,
    their weights and value; prices that cover every possible cycle, their sum, and value ≤ bound ≤
    that sum. It cannot see whether a `bound` below `price_bound` is right: that took the search.
    O(o·d·s), s the sets of a participant.
    Returns what is wrong, in words without ids; empty if nothing is.
    """
def check_head(text: str, key: PublicKey) -> ChainHead:
    """
    The head, if the text is signed with the key to which the public key belongs.
    Raises Error "head_unreadable", "head_unsigned", "head_signature_wrong".
    """
def check_revocations(text: str, key: PublicKey) -> RevocationList:
    """
    The list, if it is signed with the key to which the public key belongs.
    Raises Error "revocations_unreadable", "revocations_signature_wrong".
    """
def clocked_records(events: collections.abc.Sequence[ClockEvent], pack: RulePack) -> ClockedRecords:
    """
    Makes records of clocking in and out: one for each volunteer, need or activity, organisation and
    local day on which the first pair began, with an interval for each pair. Events may come in any
    order; their times are set right by the skew. A pair may go past midnight and past a change of
    the clocks: what counts is the time between the instants. O(n log n).
    
    Each event that makes no pair has a problem with a name: "clock_out_missing" (an "in" that no
    "out" follows), "clock_in_missing", "clock_out_before_in" (an "out" and then an "in", and
    nothing else on that day), "clock_no_time" (in and out at the same instant), "clock_skew" (more
    than the pack allows), "clock_too_long" (more between in and out than the pack allows),
    "clock_pairs_too_many". The way out of each is a back-filled record.
    """
def commands_of(table: jiedui.frames.Frame) -> list[Command]:
    """
    The commands of a table, one a row, with the columns of Entry as far as a caller gives them:
    kind (a transfer where empty), linked (yes, no), id, debit (the account of change_limits and
    close_account), credit, answers, reference, amount, unit (a Unit's name), code, reason, timeout
    (seconds), happened (UTC), debits_over_credits_max, credits_over_debits_max, commitment. Ids are
    32 hexadecimal digits or UUIDs, the commitment 64 digits. Columns may be missing. What a row
    lacks for its kind is for the ledger to judge. O(cells).
    Raises InputError with every cell that does not have its column's form ("id128_invalid",
    "hash_invalid", "number_invalid", "number_out_of_range", "instant_invalid", "choice_unknown"),
    or that its kind does not take ("cell_not_taken"); Error "column_length".
    """
def compare_packs(histories: collections.abc.Sequence[RecordHistory], before: RulePack, after: RulePack, as_of: datetime.date, registered: collections.abc.Mapping[str, datetime.date] = {}) -> list[PackChange]:
    """
    Recounts under two packs, side by side: 'what would change'. Also volunteers for whom nothing
    would. As recount.
    """
def counted_seconds(record: ServiceRecord) -> datetime.timedelta:
    """
    The seconds that a record counts, taken from its intervals where it leaves them open.
    """
def csv_files(folder: os.PathLike[str] | str | bytes) -> dict[str, pathlib.Path]:
    """
    The files of a folder that have the documented names, as keyword arguments of read_csv. Symbolic links are refused, so that nothing outside the folder is read.
    
    Raises Error "file_missing" if there is none of them; "file_not_regular".
    """
def dispatcher_from_bytes(data: bytes, rules: Rules | None = None, points: PointTerms | None = None, *, roads: RoadGraph | None = None, threads: typing.SupportsIndex = 1, bytes_max: typing.SupportsIndex = 4294967296) -> Dispatcher:
    """
    The Dispatcher goes on where it was saved, without a solve. Its prices are held against the
    conditions of the proof first.
    terms: the rules, points and roads that it was made with.
    Raises Error as above; InputError where the tables are no network; as Dispatcher.
    
    rules: those of the market that it was made with; None: the standard ones.
    points: likewise.
    roads: likewise, where the market had any.
    threads: to use, 1 to 64; the answer is the same for any number.
    bytes_max: a file may have no more bytes.
    """
def displayed(seconds: datetime.timedelta, rules: DisplayRules) -> datetime.timedelta:
    """
    Seconds as a pack shows them. Raises Error "overflow" past 64 bits.
    """
def distance(a: Position, b: Position) -> int:
    """
    Whole metres, rounded down, of the straight line from `a` to `b`.
    
    The line goes through the ground: up to 100 km it is at most 1.1 m shorter than the way over
    the sphere, and the sphere differs from the ellipsoid by at most 0.6 %. It rises and falls with
    the way over the ground everywhere, poles and the 180th meridian included.
    """
def enter_revocations(ledger: HoursLedger, list: RevocationList, key: PublicKey) -> None:
    """
    Enters what a list says that was kept elsewhere, also of attestations that the register does not
    have: all of it or nothing. Once more the same changes nothing.
    key: of the issuer whose list it is.
    Raises Error "revocation_differs" where the register says something else already;
    "revocation_time_invalid" for an entry more than a day ahead of the system's clock; else as
    RevocationList::add.
    """
def entries_from_bytes(data: bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> EntryRun:
    """
    As load_network and so on, from memory.
    """
def first_head(book: Id128) -> ChainHead:
    """
    The head of an empty book: BLAKE2b-256("jiedui-book-v1", two zero bytes, the book's id).
    """
def head_text(head: ChainHead) -> str:
    """
    A head as text, to be printed or mailed: a few lines from "jiedui-head-v1" to "end".
    """
def holds_id_card_number(text: str) -> bool:
    """
    Whether a text holds the number of a Chinese identity card: 18 digits with a date of birth and
    the check digit of GB 11643-1999 (ISO/IEC 7064, MOD 11-2), also in full-width or mathematical
    digits, or with anything but letters and digits between.
    """
def hours_by_place(records: collections.abc.Sequence[ServedRecord], network: Network) -> list[PlaceHours]:
    """
    Hours of every place, rolled up over all levels: a line for each place of the network in its
    order, then one for each place of a record that the network does not know, by id. `own` adds up
    to the whole, and so does `total` over the places without a parent. A record without a place
    counts at that of its need, else of its beneficiary. O(n log n · levels).
    Raises Error as hours_report.
    """
def hours_report(records: collections.abc.Sequence[ServedRecord], by: collections.abc.Sequence[GroupBy | str]) -> HoursReport:
    """
    Sums records by what they have in common. O(n log n).
    Raises Error "source_unknown" for a record of no known class.
    """
def hours_text(seconds: typing.SupportsIndex) -> str:
    """
    "1:30:00"; hours are not cut off at a day.
    """
def info(outcome: Outcome) -> OutcomeInfo:
    """
    Cause and cure of an outcome.
    """
def intersection(a: collections.abc.Sequence[Interval], b: collections.abc.Sequence[Interval]) -> list[Interval]:
    """
    The common parts of two lists of disjoint, ordered intervals. O(a + b).
    """
def is_showable(text: str) -> bool:
    """
    Whether a text can be shown as it is: UTF-8 of at most 200 bytes without control, invisible or
    direction-changing characters, and not of blanks alone. An empty one can.
    """
def issued_attestations(ledger: HoursLedger, volunteer: str = '') -> list[IssuedAttestation]:
    """
    What was issued, by time of issue, then id. O(n log n) in the entries of each volunteer, for
    each attestation.
    volunteer: of whom; empty: of all.
    """
def linked(command: Command) -> Command:
    """
    The command, bound to the next of the same call.
    """
def load_dispatcher(path: os.PathLike[str] | str | bytes, rules: Rules | None = None, points: PointTerms | None = None, *, roads: RoadGraph | None = None, threads: typing.SupportsIndex = 1, bytes_max: typing.SupportsIndex = 4294967296) -> Dispatcher:
    """
    The Dispatcher goes on where it was saved, without a solve. Its prices are held against the
    conditions of the proof first.
    terms: the rules, points and roads that it was made with.
    Raises Error as above; InputError where the tables are no network; as Dispatcher.
    
    rules: those of the market that it was made with; None: the standard ones.
    points: likewise.
    roads: likewise, where the market had any.
    threads: to use, 1 to 64; the answer is the same for any number.
    bytes_max: a file may have no more bytes.
    """
def load_entries(path: os.PathLike[str] | str | bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> EntryRun:
    """
    The entries follow the head before them, and lead to the head that was saved behind them.
    Raises Error as above; "chain_broken" where they do not: an entry was changed or is missing.
    """
def load_network(path: os.PathLike[str] | str | bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> Network:
    """
    Raises Error as above; InputError where the tables are sound, but no network.
    """
def load_plan(path: os.PathLike[str] | str | bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> Plan:
    """
    Raises Error as above; "plan_invalid" where the lists are sound, but no plan.
    """
def load_tables(path: os.PathLike[str] | str | bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> list[Table]:
    """
    Loads tables of any kind.
    """
def month_text(day: datetime.date) -> str:
    """
    "2026-03".
    """
def network_from_bytes(data: bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> Network:
    """
    As load_network and so on, from memory.
    """
def next_head(head: ChainHead, entry: Entry) -> ChainHead:
    """
    The head after one more entry: BLAKE2b-256(hash before, canonical bytes).
    """
def open_intervals(windows: collections.abc.Sequence[Window], from_: datetime.date, until: datetime.date) -> list[Interval]:
    """
    What the windows open between two local days, in seconds of local time since 1970-01-01T00:00:
    disjoint, in order, touching ones united, exceptions taken away. No windows at all, or none but
    exceptions, means any time.
    
    O(days · windows).
    """
def organisation_shares(record: ServiceRecord, seconds: datetime.timedelta) -> list[tuple[str, datetime.timedelta]]:
    """
    What each organisation of a record is credited with, its own first, then `co_organisers`: equal
    shares that add up to the whole, the first ones taking the seconds that do not divide
    (largest remainder, ties by place in the list). The volunteer keeps all of them.
    """
def outdated_attestations(ledger: HoursLedger) -> list[IssuedAttestation]:
    """
    Those that the books no longer say after a correction, each to be reissued. As
    issued_attestations.
    """
def own_price_auction(pieces: typing.SupportsInt | typing.SupportsIndex, bids: collections.abc.Sequence[Bid], order: BidOrder = ..., least_price: typing.SupportsInt | typing.SupportsIndex = 1) -> AuctionResult:
    """
    Sells equal pieces to bids at their own prices until none is left. The order of the list does
    not matter. O(n log n).
    least_price: below which nothing is sold. Raises InputError with the codes
    "id_duplicate", "value_missing" (no id), "number_out_of_range"; Error "overflow".
    """
def pack_change_table(changes: collections.abc.Sequence[PackChange]) -> Table:
    """
    volunteer, the columns of recount_table with "before_" and "after_", counted_change_seconds.
    """
def parse_csv(data: bytes, name: str, *, encoding: Encoding = ..., separator: str = ',', dictionaries: bool = False, file_bytes_max: typing.SupportsIndex = 1073741824, cell_bytes_max: typing.SupportsIndex = 1048576, columns_max: typing.SupportsIndex = 1000) -> CsvTable:
    """
    As read_csv_table, from memory. `name` stands for the file in problems.
    """
def parse_rule_pack(text: str, name: str = 'rule pack') -> RulePack:
    """
    Reads a rule pack, format 1: JSON in UTF-8 (RFC 8259) as rule_pack_schema() allows, with rising
    levels and tiers, a known zone, and a source for each part.
    name: what problems are listed under; their row is the line in the text, their column the
    field as a JSON pointer (RFC 6901), such as "/stars/levels/2/hours".
    Raises InputError with the codes "json_invalid", "field_invalid", "date_invalid",
    "zone_unknown", "period_invalid", "levels_not_rising", "tiers_not_rising",
    "rule_source_missing"; Error "file_too_large" past rule_pack_bytes_max.
    """
def parse_window(term: str) -> list[Window] | None:
    """
    Reads one term of the window syntax into one or more windows; empty if it does not fit:
    "Mon 09:00-11:30", "Mon-Fri 09:00-11:30", "daily 09:00-11:30", "2026-03-05 09:00-12:00",
    "2026-03-05" (all day), "not 2026-03-05", "not 2026-03-05 09:00-12:00".
    """
def place_figures(network: Network, records: collections.abc.Sequence[ServedRecord], rules: ActivityRules, as_of: datetime.date, expected: collections.abc.Mapping[str, typing.SupportsInt | typing.SupportsIndex] = {}) -> list[UnitFigures]:
    """
    Figures of every place with all below it, in the network's order: teams (organisations of kind
    team or association, or of none), volunteers registered by a day, those of them who are active.
    as_of: the last day of the report; who registered later is left out, without a day of
    registration nobody is.
    expected: of places, by id. Raises Error "id_unknown" for another place, "overflow" for a
    negative number. O(n log n + places · levels).
    """
def place_hours_table(places: collections.abc.Sequence[PlaceHours]) -> Table:
    """
    One row a place: place, then the columns of HoursReport::table, each with "own_" and "total_"
    before its name.
    """
def plan_exchanges(offers: collections.abc.Sequence[HelpOffer], *, steps_max: typing.SupportsInt | typing.SupportsIndex = 20000, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> ExchangePlan:
    """
    Chooses cycles of two and three, each participant in one at most, of the greatest weight.
    
    The cycle formulation of kidney exchange (Roth, Sönmez & Ünver, American Economic Review 97
    (2007) 828; Abraham, Blum & Sandholm, EC 2007), which is NP-hard with cycles of three. Each part
    of the market that shares no participant is relaxed, tightened by rows of odd sets (Edmonds
    1965) and searched by COIN-OR Cbc (EPL 2.0). What Cbc reckons in floating point decides nothing
    but the choice: value, prices and `price_bound` are whole numbers. Where several plans are best,
    which one is given may differ between builds of Cbc; not with the order of the offers.
    In a build without Cbc (JIEDUI_CBC=OFF) cycles are taken greedily, and the gap tells how far off
    they may be.
    
    O(o·d) to list the cycles of o offers, d the most of one helper; then the search, which can take
    exponential time: see `steps_max`.
    Raises InputError "offer_to_self", "offer_duplicate", "number_out_of_range" (weight),
    "id_missing"; Error "cycles_too_many" above 5,000,000, "option_invalid".
    """
def plan_from_bytes(data: bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> Plan:
    """
    As load_network and so on, from memory.
    """
def ranking(report: HoursReport, by: RankBy | str = 'confirmed', last: typing.SupportsInt | typing.SupportsIndex = 0) -> list[Ranked]:
    """
    Lines by an amount, the largest first: ranks 1, 2, 2, 4, the equal ones by keys (mechanism D4,
    晒工效). Lines whose keys are all empty have no place.
    last: rank that is given; 0: all. Equal ones are never cut apart. O(n log n).
    """
def ranking_table(ranked: collections.abc.Sequence[Ranked], by: collections.abc.Sequence[GroupBy | str]) -> Table:
    """
    Rank, and the columns of HoursReport::table. by: as the report had it.
    """
def read_attestation(text: str) -> Attestation:
    """
    Reads an attestation and does not look at its signature. Raises Error "attestation_unreadable".
    """
def read_canonical(data: str) -> Entry | None:
    """
    The entry of canonical bytes; empty if they are not the canonical bytes of any entry.
    """
def read_csv(*, places: os.PathLike[str] | str | bytes | None = None, organisations: os.PathLike[str] | str | bytes | None = None, households: os.PathLike[str] | str | bytes | None = None, beneficiaries: os.PathLike[str] | str | bytes | None = None, volunteers: os.PathLike[str] | str | bytes | None = None, activities: os.PathLike[str] | str | bytes | None = None, catalogue: os.PathLike[str] | str | bytes | None = None, needs: os.PathLike[str] | str | bytes | None = None, edges: os.PathLike[str] | str | bytes | None = None, encoding: Encoding = ..., separator: str = ',', dictionaries: bool = False, file_bytes_max: typing.SupportsIndex = 1073741824, cell_bytes_max: typing.SupportsIndex = 1048576, columns_max: typing.SupportsIndex = 1000) -> Network:
    """
    Reads a network from CSV files with the columns of docs/formats.md.
    
    Finds every problem of every file at once, those of form (parse_csv) and those of content
    (NetworkBuilder); only where a header line cannot be read are the contents not judged. What
    refers to a record with a problem of form is reported as well. O(bytes + rows · log rows).
    Raises InputError with all problems; Error as read_csv_table.
    """
def read_csv_folder(folder: os.PathLike[str] | str | bytes, *, encoding: Encoding = ..., separator: str = ',', dictionaries: bool = False, file_bytes_max: typing.SupportsIndex = 1073741824, cell_bytes_max: typing.SupportsIndex = 1048576, columns_max: typing.SupportsIndex = 1000) -> Network:
    """
    read_csv(csv_files(folder)).
    """
def read_csv_good_rows(*, places: os.PathLike[str] | str | bytes | None = None, organisations: os.PathLike[str] | str | bytes | None = None, households: os.PathLike[str] | str | bytes | None = None, beneficiaries: os.PathLike[str] | str | bytes | None = None, volunteers: os.PathLike[str] | str | bytes | None = None, activities: os.PathLike[str] | str | bytes | None = None, catalogue: os.PathLike[str] | str | bytes | None = None, needs: os.PathLike[str] | str | bytes | None = None, edges: os.PathLike[str] | str | bytes | None = None, encoding: Encoding = ..., separator: str = ',', dictionaries: bool = False, file_bytes_max: typing.SupportsIndex = 1073741824, cell_bytes_max: typing.SupportsIndex = 1048576, columns_max: typing.SupportsIndex = 1000) -> NetworkBuilder.GoodRows:
    """
    As read_csv, but builds the rows without problems and returns the problems beside the network.
    Raises InputError where a header line cannot be read; Error as read_csv_table.
    """
def read_csv_table(path: os.PathLike[str] | str | bytes, *, encoding: Encoding = ..., separator: str = ',', dictionaries: bool = False, file_bytes_max: typing.SupportsIndex = 1073741824, cell_bytes_max: typing.SupportsIndex = 1048576, columns_max: typing.SupportsIndex = 1000) -> CsvTable:
    """
    Reads a CSV file with a header line (RFC 4180; docs/formats.md).
    
    Lines end with LF or CRLF; empty lines at the end are ignored. A quote opens a cell only at its
    beginning. Records with a problem are left out of the table and listed: every one of them is
    found, save that nothing can be read behind a quote that is never closed. O(bytes).
    
    Problem codes: header_missing, header_empty, header_double, columns_too_many, cell_count,
    cell_too_long, cell_nul, cell_encoding, quote_misplaced, quote_unclosed, line_end_invalid.
    Raises Error "file_missing", "file_unreadable", "file_not_regular", "file_too_large",
    "encoding_unknown" (neither UTF-8 nor GB18030), "option_invalid", "column_too_large".
    """
def read_head(text: str) -> ChainHead:
    """
    Reads a head of either kind and does not look at its signature. What stands before
    "jiedui-head-v1" and after "end" is passed over, as is how the lines are broken.
    Raises Error "head_unreadable".
    """
def read_public_key(path: os.PathLike[str] | str | bytes) -> PublicKey:
    """
    Raises Error "file_unreadable"; "key_unreadable" if it is not a public key.
    """
def read_revocations(text: str) -> RevocationList:
    """
    Reads a list and does not look at its signature. Raises Error "revocations_unreadable".
    """
def read_rule_pack(path: os.PathLike[str] | str | bytes) -> RulePack:
    """
    Reads a file with a rule pack. Raises Error "file_unreadable", and as parse_rule_pack.
    """
def read_signing_key(path: os.PathLike[str] | str | bytes) -> SigningKey:
    """
    Raises Error "file_unreadable"; "key_unreadable" if it is not a signing key.
    """
def recount(histories: collections.abc.Sequence[RecordHistory], pack: RulePack, as_of: datetime.date, registered: collections.abc.Mapping[str, datetime.date] = {}) -> list[Recount]:
    """
    Counts records anew under the rules of a pack, as if they were handed in again: caps, tiers of
    approval, travel, breaks, stars. The books are not touched. What somebody declined, took back or
    confirmed only in part stays taken off, with the first seconds counting; disputes are open
    again. The days on which the pack is in force, its window for back-filling and its limits for
    clocks do not matter here. One row a volunteer, by id. O(n log n).
    histories: see HoursLedger::all_histories; in any order.
    as_of: see stars. Raises Error "zone_unknown".
    """
def recount_table(recounts: collections.abc.Sequence[Recount]) -> Table:
    """
    volunteer, automatic_seconds, organisation_seconds, parent_organisation_seconds,
    province_seconds, counted_seconds, disputed_seconds, over_cap_seconds, star.
    """
def registrations(network: Network) -> dict[str, datetime.date]:
    """
    The days of a network, where it has them (registered_since).
    """
def reissue(ledger: HoursLedger, older: Attestation, request: AttestationRequest, key: SigningKey) -> Attestation:
    """
    Attests anew after a correction, in place of an older attestation of the same books and key. The
    register gets both, and that the older one is superseded from the time of issue on.
    older: as it was handed out; the register need not have it.
    request: of the period of the older one; where that ended with its day of issue, of one
    that ends later.
    Raises Error as attest, where "attestation_empty" says to revoke the older one, and
    "attestation_time_invalid" also if issued before it; "attestation_foreign" if the older one is
    of other books, another key, volunteer or period; "attestation_unreadable",
    "attestation_signature_wrong" by its text;
    "revocation_differs" if it was revoked or superseded before; "revocations_too_many".
    """
def revocation_list(ledger: HoursLedger, key: PublicKey, dated: datetime.datetime | None = None, leave_outdated: bool = False) -> RevocationList:
    """
    All that was ever revoked or superseded of an issuer's key, ready for sign_revocations. Without
    `leave_outdated` O(n log n) in the entries of each volunteer, for each attestation of the key.
    dated: when it is given out, at most a day ahead of the system's clock; empty: now. The
    list is dated no earlier than its last revocation.
    leave_outdated: whether to make it although attestations stay valid by it that count
    service which was taken back since.
    Raises Error "attestations_outdated", which names up to ten of these;
    "revocation_time_invalid".
    """
def revoke(ledger: HoursLedger, attestation: Id128, when: datetime.datetime | None = None) -> Revocation:
    """
    Takes back an attestation that was issued, for good. Durable when it returns.
    O(revocations of its key).
    when: from the time of issue to now, by the system's clock; empty: now.
    Returns what the list says of it; of one that was taken back before, the same as then.
    Raises Error "attestation_unknown" if the register does not have it; "revocation_differs" if it
    was superseded: revoke its successor; "revocation_time_invalid"; "revocations_too_many";
    "time_out_of_range".
    """
def roll_up_organisations(network: Network) -> RollUp:
    """
    Counts over the tree of organisations: volunteers and activities of each, needs of its
    activities. O(rows).
    """
def roll_up_places(network: Network) -> RollUp:
    """
    Counts over the four levels of places (mechanism N1). A need counts at its own place, else at
    its beneficiary's. O(rows).
    """
def roll_up_table(network: Network, entity: Entity | str, roll_up: RollUp) -> Table:
    """
    id, and each count as own and total: one row for each place or organisation.
    """
def rule_pack_schema() -> str:
    """
    The JSON Schema (draft 7) of rule packs, for editors and other programs.
    """
def rule_pack_text(id: str) -> str:
    """
    The text of a shipped pack, to start one's own from. Raises Error "rule_pack_unknown".
    """
def sales_table(result: AuctionResult) -> Table:
    """
    bid, pieces, paid.
    """
@typing.overload
def save(path: os.PathLike[str] | str | bytes, network: Network, *, personal: bool = True) -> None:
    """
    Saves a network. Positions, years of birth and health limits are part of it: without them it
    cannot be paired again. With Personal::left_out it can be handed on.
    """
@typing.overload
def save(path: os.PathLike[str] | str | bytes, plan: Plan) -> None:
    """
    Saves it as a Cap'n Proto snapshot.
    """
@typing.overload
def save(path: os.PathLike[str] | str | bytes, run: EntryRun) -> None:
    """
    Saves it as a Cap'n Proto snapshot.
    """
@typing.overload
def save(path: os.PathLike[str] | str | bytes, tables: collections.abc.Sequence[Table]) -> None:
    """
    Saves it as a Cap'n Proto snapshot.
    """
@typing.overload
def save(path: os.PathLike[str] | str | bytes, dispatcher: Dispatcher) -> None:
    """
    Saves a Dispatcher: the network as it stands, personal fields included; the plan with its pins,
    what has begun and what was declined; clock, limits and prices. Rules, points and roads are left
    to whoever loads it. Costs as much as to load it, and the Dispatcher goes on as the one
    that is loaded does: Dispatcher::data().
    Raises Error "market_explicit" for an ExplicitMarket.
    """
def served(pair: PlannedPair, duration: datetime.timedelta, begins: datetime.datetime | None = None) -> ServiceRecord:
    """
    The record of a planned pair that was carried out: from the time planned, for as long as given.
    A pair without a time counts for the time when it is booked, and can be booked once.
    """
def served_intervals(record: ServiceRecord) -> list[ServiceInterval]:
    """
    The intervals without breaks and travel, in order. O(n log n).
    """
def served_table(records: collections.abc.Sequence[ServedRecord]) -> Table:
    """
    One row a record: record, volunteer, need, activity, organisation, co_organisers (joined by
    ";"), place, item, beneficiary, source, day, month, confirmed_seconds, claimed_seconds,
    planned_seconds, people_served.
    """
def service_records(table: jiedui.frames.Frame, zone: str = 'UTC') -> list[ServiceRecord]:
    """
    Reads a time sheet: one record a row, with the fields of ServiceRecord as columns. Columns may
    be missing: volunteer, need, activity, organisation, place, item, beneficiary, begins and ends
    (both or neither: one interval), served (seconds), break_seconds and travel_seconds (taken off,
    when is not known), planned_begins and planned_ends, recorded_by, source (a name; organisation
    where empty), co_organisers (";" between), people_served, document, device, time_code, reason,
    id (32 hexadecimal digits or a UUID).
    
    Times are "2026-03-05T01:30:00Z", or local as "2026-03-05 09:30" or "2026-03-05 09:30:00"; a
    local time that the clocks skipped or repeated is refused, as nobody can tell what it means.
    zone: of local times. O(cells).
    Raises InputError with every row that does not pass `check`, and every cell that does not have
    its column's form; Error "column_length", "zone_unknown".
    """
def session_needs(sessions: collections.abc.Sequence[VenueSession], zone: str) -> Table:
    """
    Sessions as a table of needs, each with its window, demand, item and place, for
    NetworkBuilder::add. The pairs of a plan then name them by id.
    zone: of the market's windows.
    Raises Error "session_invalid" for one without an id, or of no whole minutes from 1 to 2,880;
    "session_not_local" for one whose times that zone's clocks show twice, and the windows mean
    another; "zone_unknown".
    """
def shares_by_weight(amount: typing.SupportsInt | typing.SupportsIndex, weights: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> list[int]:
    """
    Whole shares of an amount by weights, without a rest: largest remainder, ties by place.
    Raises Error "weights_invalid" unless each is 0 to 1,000,000,000 and one is more than 0.
    """
def shipped_rule_pack(id: str) -> RulePack:
    """
    Raises Error "rule_pack_unknown" with the ids that there are.
    """
def shipped_rule_packs() -> list[str]:
    """
    The packs that come with the library: their ids, and each by its id.
    """
def sign_head(head: ChainHead, key: SigningKey) -> str:
    """
    The same with a signature that binds each of its values to the key.
    """
def sign_revocations(list: RevocationList, key: SigningKey) -> str:
    """
    The list as text, "JR1:" and Base45 (RFC 9285), signed with the issuer's key (Ed25519).
    Raises Error as RevocationList::add, or "revocation_differs" for one that is listed twice.
    """
def solve(market: Market, *, before: Plan | None = None, threads: typing.SupportsIndex = 1, progress: bool | collections.abc.Callable[[jiedui.progress.SolveProgress], typing.Any] | None = None, raise_interrupt: bool = False) -> Plan:
    """
    The best plan of the market: most filled demand units of tier 1, then of tier 2, …, then most
    points; exact for capacity, demand, tiers and slots (docs/pairing-model.md), with its proof.
    Where lending or changes are limited, or pairs may span slots, a plan within all limits with a
    bound: optimal if it reaches the bound, else of status bounded.
    
    Deterministic: a function of the market and the plan before. When stopped, what was found is
    completed greedily and returned with status interrupted and a bound.
    Raises Error "points_out_of_range"; "changes_infeasible" where no plan was found that keeps
      enough of the plan before; "overflow" for threads outside the range.
    
    before: a plan; among equally good plans the one with the fewest changes against it is given. Pairs of people or needs that the market does not know are left aside.
    threads: to use, 1 to 64; the answer is the same for any number.
    
    Ctrl-C ends the solve and returns what was found, with status interrupted; with raise_interrupt=True it raises KeyboardInterrupt instead.
    
    progress: by default a bar where it takes over a second; True for a bar at once, False for none, or a function that gets a SolveProgress: the fraction done, with value and bound.
    """
def span_table(spans: collections.abc.Sequence[SupervisorSpan]) -> Table:
    """
    supervisor, led, led_in_all, agreed, is_over as 0 or 1.
    """
def standard_catalogue() -> Table:
    """
    The built-in catalogue: 5 groups, 23 items (mechanism N9), as a table for NetworkBuilder.
    """
def standard_points() -> PointTerms:
    """
    The standard terms, each with weight 1.
    """
def standard_rules() -> Rules:
    """
    All the standard rules, none of one's own.
    """
def star_table(standings: collections.abc.Sequence[StarStanding]) -> Table:
    """
    volunteer, star, day, counted_seconds, next, to_next_seconds, next_from.
    """
def stars(records: collections.abc.Sequence[ServedRecord], rules: StarRules, as_of: datetime.date, registered: collections.abc.Mapping[str, datetime.date] = {}) -> list[StarStanding]:
    """
    Stars from the records of all time (rules 6 to 8; mechanism D5). A level is reached on the day
    when the running sum of confirmed seconds, by day of service, came to its hours and the
    volunteer had been registered for its days, whichever is later; levels are reached in order.
    Records and days after `as_of` do not count, nor do records without a volunteer's id. One row
    a volunteer, by id; also for those registered without hours. O(n log n).
    """
def statement_word(kind: EntryKind) -> str:
    """
    What an entry of that kind is called on a statement: "served", "claimed", "confirmed" …
    """
def still_holds(ledger: HoursLedger, volunteer: str, attestation: Attestation) -> bool:
    """
    Whether the books still say what an attestation says: its head is one of theirs, and the
    volunteer's entries in its period are the same with the same total. If not, reissue it.
    """
def submission_table(submissions: collections.abc.Sequence[Submission]) -> Table:
    """
    One row a submission: record, outcome, and the seconds: confirmed, organisation,
    parent_organisation, province (those that wait for each), disputed, over_cap.
    """
def succeeded(outcome: Outcome) -> bool:
    """
    Whether what was asked for is in the books now: booked, or booked before.
    """
def supervision_list(units: collections.abc.Sequence[UnitFigures], rules: SupervisionRules) -> list[SupervisionItem]:
    """
    Units to which any rule of the pack applies, in the order given (mechanism D3). A rate of
    nothing is none and lists nobody. Raises Error "overflow" for negative figures. O(n).
    """
def supervision_table(items: collections.abc.Sequence[SupervisionItem]) -> Table:
    """
    unit, teams, expected, registered, active, and no_team, registration, activity as 0 or 1.
    """
def supervisor_spans(network: Network, day: datetime.date) -> list[SupervisorSpan]:
    """
    Spans from the network's edges of the kind `supervises` that hold on a day, by id.
    O(supervisors · people they lead in all).
    """
def tables_from_bytes(data: bytes, *, bytes_max: typing.SupportsIndex = 4294967296) -> list[Table]:
    """
    As load_network and so on, from memory.
    """
@typing.overload
def to_bytes(network: Network, *, personal: bool = True) -> bytes:
    """
    As save, to memory.
    """
@typing.overload
def to_bytes(plan: Plan) -> bytes:
    """
    As save, to memory.
    """
@typing.overload
def to_bytes(run: EntryRun) -> bytes:
    """
    As save, to memory.
    """
@typing.overload
def to_bytes(tables: collections.abc.Sequence[Table]) -> bytes:
    """
    As save, to memory.
    """
@typing.overload
def to_bytes(dispatcher: Dispatcher) -> bytes:
    """
    As save, to memory.
    """
def to_csv(table: Table, separator: str = ',') -> str:
    """
    The table as CSV in UTF-8 (RFC 4180, CRLF), readable again to the same cells.
    
    Whole numbers are decimal, real numbers the shortest decimal that reads back the same, absent
    cells empty. Text cells that a spreadsheet would take for a formula get an apostrophe in front
    (OWASP "CSV Injection"; ASVS 1.2.10), which reading takes away again.
    Raises Error "cell_invalid" for texts that are not UTF-8 or hold NUL, and for NaN and
    infinities; "table_invalid" for columns that are nameless, double or of unequal length.
    """
@typing.overload
def to_table(entries: collections.abc.Sequence[Entry]) -> Table:
    """
    Entries as a table, with the columns of AccountStatement.table.
    """
@typing.overload
def to_table(lines: collections.abc.Sequence[TrialBalance]) -> Table:
    """
    A trial balance as a table: unit, accounts, debits_posted, credits_posted, debits_pending,
    credits_pending. Raises Error "overflow" for totals of 2^63 and more.
    """
def united(intervals: collections.abc.Sequence[ServiceInterval]) -> list[ServiceInterval]:
    """
    The intervals in order, those that overlap or touch made one. O(n log n).
    """
def venue_sessions(timetable: VenueTimetable, period: CalendarPeriod) -> list[VenueSession]:
    """
    The sessions that begin on the local days of a period, by begin, then id.
    
    A local time that the clocks skip or repeat is read as Zone::instant does (RFC 5545, section
    3.3.5), and the session says so: a skipped end moves forward by the gap, of a repeated time the
    earlier one counts. A skipped begin moves the session forward as a whole, with its length on the
    timetable. All other sessions last from the one local time to the other, so that one over a
    change of the clocks is longer or shorter than on other days.
    
    O(days · sessions + n log n).
    Raises InputError as `check`.
    """
def verify(plan: Plan, market: Market, *, exhaustive: bool = False, threads: typing.SupportsIndex = 1, progress: bool | collections.abc.Callable[[float], typing.Any] | None = None) -> Verification:
    """
    Checks a plan against a market with code that the solver does not share: that every pair is
    eligible, the pins are there and no limit is exceeded; that the prices prove the plan optimal
    over every eligible pair, which it finds itself; that the step makes the tiers strict; and that
    primal and dual totals are equal, in 128 bits. Of an interrupted plan it checks that it is
    feasible and that its prices prove its bound; its findings are empty then, and `optimal` is
    false.
    
    The conditions, as docs/pairing-model.md derives them. P is the listed price of a volunteer, O
    that of his organisation's total, c(i) the load cost of his i-th pair, less the least bonus if
    it is among his least; he has U pairs, pins first, and room for k.
    - Outside the plan weight ≤ P + slot prices + profit, inside ≥, and no other slot or line of the
      same need is better for him.
    - P ≤ O + c(U + 1) if U < k; P ≥ O + c(U) if not all U are pins.
    - Slot prices, profits and O are ≥ 0, and 0 unless the slot is taken, the line full, the total
      used up.
    - Pairs that do not fit beside the pins are exempt.
    
    O(pairs of the plan · log + needs · boxes that bounds leave open); with the user's own terms
    O(eligible pairs), by road or exhaustive O(needs · volunteers).
    Raises Error "overflow" for threads outside the range.
    
    exhaustive: looks at every volunteer for every need, by the definitions of the rules alone.
    threads: to use, 1 to 64; the answer is the same for any number.
    progress: as for solve.
    """
def verify_attestation(text: str, key: PublicKey, revocations: str | None = None) -> AttestationCheck:
    """
    Judges the text of an attestation, without the books; attestation_verifier.hpp does the same in
    one header. O(attestation + list).
    key: of the issuer, from a source that is trusted: not from the attestation.
    revocations: text of the issuer's list, if there is one.
    """
def verify_store(path: os.PathLike[str] | str | bytes, exported: collections.abc.Sequence[ChainHead] = []) -> AuditReport:
    """
    Opens a store read-only, whatever its end looks like, and verifies it; what cannot be read to
    its end is `unreadable`.
    Raises Error where there is no such file, or where it is not a store.
    """
def with_needs(records: collections.abc.Sequence[ServedRecord], network: Network) -> list[ServedRecord]:
    """
    Records with what they leave empty taken from the need that they name, as records of planned
    pairs do: item, beneficiary and place (the need's, else its beneficiary's, else the
    household's). So hours received, of a record that names its need, count for who received them.
    Records of needs that the network does not know stay as they are. O(n log n).
    """
def work_load(units: typing.SupportsInt | typing.SupportsIndex, workers: typing.SupportsInt | typing.SupportsIndex, limit: typing.SupportsInt | typing.SupportsIndex | None = None) -> WorkLoad:
    """
    limit: for each worker; none: never over.
    Raises Error "workers_missing" for none, "overflow" for negative numbers.
    """
@typing.overload
def write_csv(table: Table, path: os.PathLike[str] | str | bytes, separator: str = ',') -> None:
    """
    Writes to_csv(table) so that `path` holds the old file or the whole new one, never a part.
    Raises Error as to_csv, and "file_unwritable".
    """
@typing.overload
def write_csv(network: Network, folder: os.PathLike[str] | str | bytes, *, personal: bool = False) -> None:
    """
    Writes one file for each table into the folder, which is made if need be; files of these names
    are replaced one by one. Fields that can point to a person are written only if asked for.
    Raises Error "file_unwritable".
    """
@typing.overload
def write_key(key: SigningKey, path: os.PathLike[str] | str | bytes) -> None:
    """
    Writes a new file that only its owner may read: "jiedui-signing-key-v1" and 64 digits. Synced.
    Raises Error "file_exists", "file_unwritable".
    """
@typing.overload
def write_key(key: PublicKey, path: os.PathLike[str] | str | bytes) -> None:
    """
    Writes a new file with the text of the key.
    """
__version__: str
earliest_date: datetime.date
entity_count: int = 9
entity_names: list[str] = ['place', 'organisation', 'household', 'beneficiary', 'volunteer', 'activity', 'item', 'need', 'edge']
entry_bytes: int = 192
exchange_price_scale: int = 65536
latest_date: datetime.date
listed_problems_max: int = 1000
rule_pack_bytes_max: int = 1000000
standard_rule_count: int = 12
standard_term_count: int = 6
table_names: list[str] = ['places', 'organisations', 'households', 'beneficiaries', 'volunteers', 'activities', 'catalogue', 'needs', 'edges']
Slot = Interval
