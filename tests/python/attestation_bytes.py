"""Attestations and lists written by the page docs/attestations.md alone, with nothing of jiedui."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
EPOCH_DAY = 719_163  # date(1970, 1, 1).toordinal()


@dataclass
class Content:
    """What an attestation says: ids as int, times in seconds, days since 1970-01-01."""

    id: int
    issued: int
    first: int
    last: int
    seconds: int
    book: int
    head_count: int
    head_booked: int
    head_hash: bytes
    entries: int
    entries_hash: bytes
    number_kind: int
    issuer_id: str
    issuer_name: str
    number: str
    name: str
    zone: str
    replaces: int = 0
    sources: list[tuple[int, int]] = field(default_factory=list)
    organisations: list[tuple[str, int]] = field(default_factory=list)
    items: list[tuple[str, int]] = field(default_factory=list)
    days: list[tuple[int, int]] = field(default_factory=list)


def base45(data: bytes) -> str:
    """RFC 9285, section 4."""
    text = ""
    for at in range(0, len(data), 2):
        group = data[at : at + 2]
        number = int.from_bytes(group, "big")
        for _ in range(3 if len(group) == 2 else 2):
            number, digit = divmod(number, 45)
            text += BASE45[digit]
    return text


def varint(number: int) -> bytes:
    low = number & 0x7F
    return bytes([low]) if number < 0x80 else bytes([low | 0x80]) + varint(number >> 7)


def text_bytes(text: str) -> bytes:
    data = text.encode()
    return bytes([len(data)]) + data


def parts(rows: Iterable[tuple[bytes, int]]) -> bytes:
    written = [key + varint(seconds) for key, seconds in rows]
    return varint(len(written)) + b"".join(written)


def number128(number: int) -> bytes:
    return number.to_bytes(16, "little")


def content_bytes(content: Content, key_mark: bytes) -> bytes:
    fixed = b"".join(
        [
            b"\1",
            number128(content.id),
            number128(content.replaces),
            struct.pack("<q", content.issued),
            key_mark,
            struct.pack("<iiQ", content.first, content.last, content.seconds),
            number128(content.book),
            struct.pack("<Qq", content.head_count, content.head_booked),
            content.head_hash,
            struct.pack("<I", content.entries),
            content.entries_hash,
            bytes([content.number_kind]),
        ]
    )
    texts = (content.issuer_id, content.issuer_name, content.number, content.name, content.zone)
    return b"".join(
        [
            fixed,
            *map(text_bytes, texts),
            parts((bytes([source]), seconds) for source, seconds in content.sources),
            parts((text_bytes(name), seconds) for name, seconds in content.organisations),
            parts((text_bytes(name), seconds) for name, seconds in content.items),
            parts((varint(day - content.first), seconds) for day, seconds in content.days),
        ]
    )


def public_half(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sealed(prefix: str, purpose: bytes, content: bytes, seed: bytes) -> str:
    return prefix + base45(content + Ed25519PrivateKey.from_private_bytes(seed).sign(purpose + content))


def attestation_text(content: Content, seed: bytes) -> str:
    return sealed("JD1:", b"jiedui-attest-v1", content_bytes(content, public_half(seed)[:8]), seed)


def revocations_text(dated: int, rows: Iterable[tuple[int, int, int, int]], seed: bytes) -> str:
    """Rows of attestation, when, reason and successor."""
    written = [number128(one) + struct.pack("<qB", when, why) + number128(next_) for one, when, why, next_ in rows]
    head = b"\1" + struct.pack("<q", dated) + public_half(seed)[:8] + struct.pack("<I", len(written))
    return sealed("JR1:", b"jiedui-revoke-v1", head + b"".join(written), seed)


def entries_hash(rows: Iterable[tuple[int, int, int]]) -> bytes:
    """Rows of number, id and seconds."""
    written = [struct.pack("<Q", number) + number128(id_) + struct.pack("<q", seconds) for number, id_, seconds in rows]
    return hashlib.blake2b(b"jiedui-counts-v1" + b"".join(written), digest_size=32).digest()
