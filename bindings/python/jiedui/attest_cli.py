"""The command `jiedui attest`: issue, list, show, verify, reissue and revoke attestations."""

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
    issue.add_argument("--id", type=_id, default=_core.Id128(), metavar="ID", help="of one's own: asked twice, issued once")
    issue.set_defaults(run=_issue)

    listing = actions.add_parser("list", help="what was issued: id, time, state, volunteer")
    listing.add_argument("file", type=Path, metavar="FILE", help="the .jiedui file")
    listing.add_argument("volunteer", nargs="?", default="", metavar="VOLUNTEER", help="id in the books; all without it")
    listing.add_argument("--outdated", action="store_true", help="only those to be reissued after a correction")
    listing.set_defaults(run=_list)

    show = actions.add_parser("show", help="print the text of one that was issued, or draw it, once more")
    show.add_argument("file", type=Path, metavar="FILE", help="the .jiedui file")
    show.add_argument("id", type=_id, metavar="ID")
    _add_drawing(show)
    show.set_defaults(run=_show)

    verify = actions.add_parser("verify", help="check the text of an attestation, offline")
    verify.add_argument("text", type=Path, metavar="FILE", help="holds the text that begins with JD1:; - for the input")
    verify.add_argument("--key", type=Path, required=True, metavar="FILE", help="public key, got from the issuer")
    verify.add_argument("--list", type=Path, metavar="FILE", help="the issuer's current revocation list")
    verify.set_defaults(run=_verify)

    reissue = actions.add_parser("reissue", help="attest anew after a correction, and put the older one on the list")
    reissue.add_argument("--older", required=True, metavar="ID", help="the one to replace, or a file with its text")
    reissue.add_argument("--list", type=Path, required=True, metavar="LIST", help="written anew; may be absent")
    _add_leave_outdated(reissue)
    _add_request(reissue)
    reissue.set_defaults(run=_reissue)

    revoke = actions.add_parser("revoke", help="take attestations back, and write the revocation list anew")
    revoke.add_argument("file", type=Path, metavar="FILE", help="the .jiedui file")
    revoke.add_argument("--id", dest="ids", type=_id, action="append", default=[], metavar="ID", help="may repeat")
    revoke.add_argument("--unregistered", action="store_true", help="also ids that the register does not have")
    revoke.add_argument("--list", type=Path, required=True, metavar="LIST", help="may be absent; give it out afterwards")
    revoke.add_argument("--key", type=Path, required=True, metavar="FILE", help="signing key")
    _add_leave_outdated(revoke)
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
    _add_drawing(parser)


def _add_drawing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--qr", type=Path, metavar="FILE", help="write the QR picture, PNG or SVG")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the page to print")
    parser.add_argument("--head", metavar="NAME", help="of the issuer, on the page; not signed")
    parser.add_argument("--handler", metavar="NAME", help="the same")
    parser.add_argument("--contact", metavar="TEXT", help="the same")
    parser.add_argument("--font", type=Path, metavar="FILE", help="TrueType or OpenType with Chinese characters")


def _add_leave_outdated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--leave-outdated", action="store_true",
        help="write the list although attestations stay valid that count service taken back since",
    )  # fmt: skip


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
        id=getattr(asked, "id", _core.Id128()),
    )


def _period(text: str) -> _core.CalendarPeriod:
    first, dots, last = text.partition("..")
    if not dots:
        return _core.CalendarPeriod(text)
    return _core.CalendarPeriod(_core.CalendarPeriod(first).first, _core.CalendarPeriod(last).last)


def _issue(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key)
    with _core.Store.open(asked.file) as store:
        attestation = _core.attest(store.ledger, _request(asked), key)
    print(attestation.text, flush=True)  # first: it is issued, whether it can be drawn or not
    _draw(attestation, asked)
    return 0


def _show(asked: argparse.Namespace) -> int:
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        texts = {one.id: one.text for one in _core.issued_attestations(store.ledger)}
    if not texts.get(asked.id):
        raise Error(
            "attestation_unknown",
            f"attestation {asked.id}",
            "the register has no text of that id",
            "the id of one that these books issued, to a volunteer who was not erased",
            "check the id: attest list",
        )
    print(texts[asked.id], flush=True)
    _draw(_core.read_attestation(texts[asked.id]), asked)
    return 0


def _list(asked: argparse.Namespace) -> int:
    with _core.Store.open(asked.file, _core.StoreAccess.read_only) as store:
        for issued in _core.issued_attestations(store.ledger, asked.volunteer):
            if not asked.outdated or issued.state is _core.AttestationState.outdated:
                print(f"{issued.id}  {_utc(issued.issued)}  {issued.state.name:10}  {issued.volunteer}".rstrip())
    return 0


def _reissue(asked: argparse.Namespace) -> int:
    key = _core.read_signing_key(asked.key)
    with _core.Store.open(asked.file) as store:
        older = _core.read_attestation(_older(asked, store.ledger))
        _enter_list(asked.list, store.ledger, key)
        attestation = _core.reissue(store.ledger, older, _request(asked), key)
        print(attestation.text, flush=True)  # first: it is issued, whether the list can be written or not
        _write_list(asked, store.ledger, key)
    _draw(attestation, asked)
    return 0


def _older(asked: argparse.Namespace, ledger: _core.HoursLedger) -> str:
    """The text of the attestation to replace: by its id from the register, else from a file."""
    issued = {str(one.id): one.text for one in _core.issued_attestations(ledger, asked.volunteer)}
    return issued[asked.older] if asked.older in issued else _text(Path(asked.older))


def _draw(attestation: _core.Attestation, asked: argparse.Namespace) -> None:
    try:
        if asked.qr is not None:
            attestation.qr(asked.qr)
        if asked.pdf is not None:
            attestation.pdf(
                asked.pdf, head=asked.head, handler=asked.handler, contact=asked.contact, font=asked.font
            )
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
    with _core.Store.open(asked.file) as store:
        _enter_list(asked.list, store.ledger, key)
        for attestation in asked.ids:
            revocation = _take_back(store.ledger, attestation, key, asked.unregistered)
            print(f"{attestation}: {revocation.reason.name} since {_utc(revocation.when)}")
        listed = _write_list(asked, store.ledger, key)
    print(f"{asked.list} lists {len(listed.revocations):,} attestations as of {_utc(listed.dated)}")
    return 0


def _take_back(
    ledger: _core.HoursLedger, attestation: _core.Id128, key: _core.SigningKey, unregistered: bool
) -> _core.Revocation:
    try:
        return _core.revoke(ledger, attestation)
    except Error as error:
        if error.code != "attestation_unknown" or not unregistered:
            raise
    listed = _core.revocation_list(ledger, key.public_key(), leave_outdated=True)
    said = listed.find(attestation) or _core.Revocation(attestation, listed.dated)
    _core.enter_revocations(ledger, _core.RevocationList(said.when, [said]), key.public_key())
    return said


def _enter_list(path: Path, ledger: _core.HoursLedger, key: _core.SigningKey) -> None:
    """What a list that was given out says stays said, and a list of another key is not written over."""
    if path.exists():
        listed = _core.check_revocations(_text(path), key.public_key())
        _core.enter_revocations(ledger, listed, key.public_key())


def _write_list(
    asked: argparse.Namespace, ledger: _core.HoursLedger, key: _core.SigningKey
) -> _core.RevocationList:
    listed = _core.revocation_list(ledger, key.public_key(), leave_outdated=asked.leave_outdated)
    _write(asked.list, _core.sign_revocations(listed, key))
    return listed


def _utc(time: datetime.datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


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
