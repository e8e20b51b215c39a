"""Books and requests that the tests of attestations share, and how their pictures are read."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pypdfium2
from PIL import Image
from pyzbar import pyzbar

import jiedui as jd

ROOT = Path(__file__).resolve().parents[2]
UTC = datetime.timezone.utc
ISSUED = datetime.datetime(2026, 4, 2, 3, 4, 5, tzinfo=UTC)
# The seed of the first test vector of RFC 8032, 7.1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
KEY = jd.SigningKey(SEED)



def record(need: str, begins: datetime.datetime, seconds: int, **more: object) -> jd.ServiceRecord:
    interval = jd.ServiceInterval(begins, begins + datetime.timedelta(seconds=seconds))
    return jd.ServiceRecord("V-7", need=need, beneficiary="B-secret", intervals=[interval], **more)


def serve(ledger: jd.HoursLedger) -> None:
    for day, seconds, organisation, item, source in (
        (5, 5_400, "O-1", "I-1", jd.RecordSource.clock),
        (6, 3_600, "O-2", "I-2", jd.RecordSource.organisation),
        (20, 1_800, "", "", jd.RecordSource.backfilled),
    ):
        begins = datetime.datetime(2026, 3, day, 1, tzinfo=UTC)
        made = record(f"N-{day}", begins, seconds, organisation=organisation, item=item, source=source)
        assert ledger.post(made) is jd.Outcome.booked


def books() -> jd.HoursLedger:
    made = jd.HoursLedger(zone="Asia/Shanghai")
    serve(made)
    return made


def request(**changes: object) -> jd.AttestationRequest:
    asked = {
        "issuer_id": "51330800MJ0000001X",
        "issuer_name": "衢州市志愿服务中心",
        "national_number": "330800000123",
        "name": "李青",
        "shows": jd.ShownParts(sources=True, organisations=True, items=True, days=True),
        "labels": {"O-1": "和谐社区志愿服务队", "O-2": "红十字会", "I-1": "水电查修", "I-2": "理发"},
        "issued": ISSUED,
    }
    return jd.AttestationRequest("V-7", "2026-03", **(asked | changes))


def golden(name: str) -> str:
    page = (ROOT / "docs" / "attestations.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- golden {name} -->\n```\n(.*?)\n```", page, re.DOTALL)
    assert found, name
    return found[1]


def scanned(picture: Image.Image) -> list[str]:
    return [code.data.decode() for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def rendered(path: Path, dots_per_inch: int = 200) -> tuple[str, Image.Image]:
    """Text and picture of the only page."""
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    return text, document[0].render(scale=dots_per_inch / 72).to_pil()
