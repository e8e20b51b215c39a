"""The command line: `jiedui pair DIR`; `verify`, `head`, `key` and `backup` for the books; `attest`."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from . import _core, attest_cli
from .errors import Error, InputError

PROBLEMS_SHOWN = 20
BAD_INPUT = 2
UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: all is well; 1: the answer is not what one hopes for; 2: bad input."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except InputError as error:
        print(f"jiedui: {error.problem_count:,} problems in the input", file=sys.stderr)
        rows = error.problems
        for row in range(min(len(rows), PROBLEMS_SHOWN)):
            print("  " + _problem({name: rows[name][row] for name in rows.columns}), file=sys.stderr)
        if error.problem_count > PROBLEMS_SHOWN:
            print(f"  and {error.problem_count - PROBLEMS_SHOWN:,} more", file=sys.stderr)
    except Error as error:
        print(f"jiedui: {error}", file=sys.stderr)
    return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jiedui", description="Pairs volunteers with needs, and keeps the books.")
    parser.add_argument("--version", action="version", version=f"jiedui {_core.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    pair = commands.add_parser("pair", help="pair the people in a folder of CSV files")
    pair.add_argument("folder", type=Path, metavar="DIR", help="holds volunteers.csv, needs.csv … (docs/formats.md)")
    pair.add_argument("--out", type=Path, metavar="DIR", help="write plan.csv, town.jiedui and map.png there")
    pair.add_argument("--from", dest="begin", type=datetime.date.fromisoformat, metavar="DATE", help="first day")
    pair.add_argument("--days", type=int, metavar="N", help="length of the planning horizon")
    pair.add_argument("--zone", default="Asia/Shanghai", help="time zone of all windows (default: %(default)s)")
    pair.set_defaults(run=_pair)

    verify = commands.add_parser("verify", help="recompute the books of a .jiedui file and say whether they are sound")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument(
        "--head", dest="heads", type=Path, action="append", default=[], metavar="FILE", help="exported head; may repeat"
    )
    verify.add_argument("--key", type=Path, metavar="FILE", help="public key with which every head must be signed")
    verify.set_defaults(run=_verify)

    head = commands.add_parser("head", help="print the head of a .jiedui file, to be kept elsewhere")
    head.add_argument("file", type=Path, metavar="FILE")
    head.add_argument("--key", type=Path, metavar="FILE", help="signing key")
    head.set_defaults(run=_head)

    key = commands.add_parser("key", help="make a signing key FILE, and FILE.pub for those who check")
    key.add_argument("file", type=Path, metavar="FILE")
    key.set_defaults(run=_key)

    backup = commands.add_parser("backup", help="copy a .jiedui file that may be in use, and verify the copy")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument("copy", type=Path, metavar="COPY", help="must not exist")
    backup.set_defaults(run=_backup)

    attest_cli.add_to(commands)
    return parser


def _pair(asked: argparse.Namespace) -> int:
    network = _core.read_csv_folder(asked.folder)
    market = _core.Market(network, from_=asked.begin, days=asked.days, zone=asked.zone)
    plan = _core.solve(market)
    verification = _core.verify(plan, market)
    print(plan.summary().rstrip())
    state = "plan and proof verified" if verification else "NOT proved optimal"
    print(f"{state}: {verification.pairs_checked:,} pairs held against the prices")
    for finding in verification.findings[:PROBLEMS_SHOWN]:
        print(f"  {finding.code}: {finding.place}")
    if asked.out is not None:
        _write(asked.out, network, plan)
    return 0 if verification else 1


def _write(folder: Path, network: _core.Network, plan: _core.Plan) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _core.write_csv(plan.table(), folder / "plan.csv")
    with _core.Store.open_or_create(folder / "town.jiedui") as store:
        store.save(network)
        store.save(plan)
    written = ["plan.csv", "town.jiedui"]
    try:
        plan.plot(folder / "map.png")
        written.append("map.png")
    except ImportError:
        print("no map: matplotlib is not installed", file=sys.stderr)
    except Error as error:
        print(f"no map: {error}", file=sys.stderr)
    print(f"written to {folder}: {', '.join(written)}")


def _verify(asked: argparse.Namespace) -> int:
    key = _core.read_public_key(asked.key) if asked.key is not None else None
    texts = [_text(path) for path in asked.heads]
    heads = [_core.read_head(text) if key is None else _core.check_head(text, key) for text in texts]
    report = _core.verify_store(asked.file, heads)
    print(str(report).rstrip())
    if heads and key is None:
        print("The signatures of the heads were not checked: --key FILE does that.")
    if report.finding is _core.Finding.unreadable:
        return UNREADABLE
    return 0 if report else 1


def _head(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key) if asked.key is not None else None
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        head = store.books.head()
    print(_core.head_text(head) if key is None else _core.sign_head(head, key), end="")
    return 0


def _key(asked: argparse.Namespace) -> int:
    key = _core.SigningKey.generate()
    public = asked.file.with_name(asked.file.name + ".pub")
    _core.write_key(key, asked.file)
    _core.write_key(key.public_key(), public)
    print(f"{asked.file} signs: keep it secret. {public} checks: give it to the auditor.")
    return 0


def _backup(asked: argparse.Namespace) -> int:
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        head = store.backup(asked.copy)
    print(f"{asked.copy} holds {head.count:,} entries, up to the head {head.hash.to_string()}")
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Error("file_unreadable", path.name, f"the file cannot be read: {error.strerror}") from error


def _problem(row: dict[str, object]) -> str:
    place = f"{row['table']} row {row['row']}" + (f" column {row['column']}" if row["column"] else "")
    return f"{place}: {row['code']}" + (f"; allowed: {row['allowed']}" if row["allowed"] else "")


if __name__ == "__main__":
    sys.exit(main())
