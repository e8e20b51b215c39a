"""The command `jiedui attest`: issue, verify, reissue and revoke attestations."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from . import _core
from .errors import Error

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

PARTS = ("sources", "organisations", "items", "days")
UNREADABLE = 2


def add_to(commands: Commands) -> None:
    """Adds the command to a parser."""
    attest = commands.add_parser("attest", help="issue and check attestations of service (志愿服务记录证明)")
    actions = attest.add_subparsers(dest="action", required=True, metavar="ACTION")

    issue = actions.add_parser("issue", help="attest a volunteer's confirmed hours, and print the text")
    _add_request(issue)
    issue.set_defaults(run=_issue)

    verify = actions.add_parser("verify", help="check the text of an attestation, offline")
    verify.add_argument("text", type=Path, metavar="FILE", help="holds the text that begins with JD1:; - for the input")
    verify.add_argument("--key", type=Path, required=True, metavar="FILE", help="public key, got from the issuer")
    verify.add_argument("--list", type=Path, metavar="FILE", help="the issuer's current revocation list")
    verify.set_defaults(run=_verify)

    reissue = actions.add_parser("reissue", help="attest anew after a correction, and put the older one on the list")
    reissue.add_argument("--older", type=Path, required=True, metavar="FILE", help="text of the attestation to replace")
    reissue.add_argument("--list", type=Path, required=True, metavar="FILE", help="revocation list; may be absent")
    _add_request(reissue)
    reissue.set_defaults(run=_reissue)

    revoke = actions.add_parser("revoke", help="put an attestation on the revocation list, or only date it anew")
    revoke.add_argument("list", type=Path, metavar="LIST", help="made if it is absent; give it out afterwards")
    revoke.add_argument("--id", dest="ids", type=_id, action="append", default=[], metavar="ID", help="may repeat")
    revoke.add_argument("--key", type=Path, required=True, metavar="FILE", help="signing key")
    revoke.set_defaults(run=_revoke)


def _add_request(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the .jiedui file")
    parser.add_argument("volunteer", metavar="VOLUNTEER", help="id in the books; not shown")
    parser.add_argument("--period", required=True, help="2026, 2026-03, 2026-03-05, or 2026-01-01..2026-06-30")
    parser.add_argument("--issuer-id", required=True, metavar="ID")
    parser.add_argument("--issuer-name", required=True, metavar="NAME")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="signing key")
    parser.add_argument("--number", default="", help="national volunteer number; never that of an identity card")
    parser.add_argument("--name", default="", help="of the volunteer, who chooses whether it is shown")
    parser.add_argument("--show", nargs="+", default=[], choices=PARTS, help="what else the volunteer chooses to show")
    parser.add_argument(
        "--label", dest="labels", type=_label, action="append", default=[], metavar="ID=NAME",
        help="name to show for an organisation or an item; may repeat",
    )  # fmt: skip
    parser.add_argument("--qr", type=Path, metavar="FILE", help="write the QR picture, PNG or SVG")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the page to print")


def _id(text: str) -> _core.Id128:
    try:
        return _core.Id128(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not the id of an attestation") from error


def _label(text: str) -> tuple[str, str]:
    external_id, equals, name = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError("ID=NAME is wanted")
    return external_id, name


def _request(asked: argparse.Namespace) -> _core.AttestationRequest:
    return _core.AttestationRequest(
        asked.volunteer,
        _period(asked.period),
        issuer_id=asked.issuer_id,
        issuer_name=asked.issuer_name,
        national_number=asked.number,
        name=asked.name,
        shows=_core.ShownParts(**dict.fromkeys(asked.show, True)),
        labels=dict(asked.labels),
    )


def _period(text: str) -> _core.CalendarPeriod:
    first, dots, last = text.partition("..")
    if not dots:
        return _core.CalendarPeriod(text)
    return _core.CalendarPeriod(_core.CalendarPeriod(first).first, _core.CalendarPeriod(last).last)


def _issue(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key)
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        attestation = _core.attest(store.ledger, _request(asked), key)
    _hand_out(attestation, asked)
    return 0


def _reissue(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key)
    older = _core.read_attestation(_text(asked.older))
    revocations = _list_at(asked.list, key)
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        made = _core.reissue(store.ledger, older, _request(asked), key)
    revocations.add(made.revocation)
    _write(asked.list, _core.sign_revocations(revocations, key))
    _hand_out(made.attestation, asked)
    return 0


def _hand_out(attestation: _core.Attestation, asked: argparse.Namespace) -> None:
    print(attestation.text, flush=True)  # first: it is issued, whether it can be drawn or not
    try:
        if asked.qr is not None:
            attestation.qr(asked.qr)
        if asked.pdf is not None:
            attestation.pdf(asked.pdf)
    except ImportError as error:
        way_out = "pip install jiedui[attestations]"
        raise Error("extra_missing", str(error.name), "this package is not installed", way_out=way_out) from error
    except OSError as error:
        raise _unwritable(Path(error.filename or "sheet"), error) from error


def _verify(asked: argparse.Namespace) -> int:
    key = _core.read_public_key(asked.key)
    listed = _text(asked.list) if asked.list is not None else None
    check = _core.verify_attestation(_text(asked.text), key, listed)
    print(str(check).rstrip())
    if check.verdict is _core.AttestationVerdict.unreadable:
        return UNREADABLE
    return 0 if check else 1


def _revoke(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key)
    revocations = _list_at(asked.list, key)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    for attestation in asked.ids:
        known = revocations.find(attestation)
        if known is None:
            revocations.add(_core.Revocation(attestation, now))
        else:
            print(f"{attestation} is on the list already: {known.reason.name} since {known.when:%Y-%m-%dT%H:%M:%SZ}")
    dated = _core.RevocationList(max(now, revocations.dated), revocations.revocations)
    _write(asked.list, _core.sign_revocations(dated, key))
    print(f"{asked.list} lists {len(dated.revocations):,} attestations as of {dated.dated:%Y-%m-%dT%H:%M:%SZ}")
    return 0


def _list_at(path: Path, key: _core.SigningKey) -> _core.RevocationList:
    """The issuer's list, or an empty one. One of another key is refused, not written over."""
    if path.exists():
        return _core.check_revocations(_text(path), key.public_key())
    return _core.RevocationList(datetime.datetime.fromtimestamp(0, datetime.timezone.utc))


def _text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Error("file_unreadable", path.name, f"the file cannot be read: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    """The whole text or none of it: a list that is half written would be lost."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent, delete=False) as part:
            part.write(text + "\n")
            part.flush()
            os.fsync(part.fileno())
        os.chmod(part.name, 0o644)
        os.replace(part.name, path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Error:
    return Error("file_unwritable", path.name, f"the file cannot be written: {error.strerror}")
