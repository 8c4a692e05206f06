"""The vectors of contracts/status/vectors.json, made from keys that anybody can make again.

``python services/verify/tests/unit/status_vectors.py`` writes the file anew.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.statements import SigningKeys, claims_of, public_text, sign
from verify.status_list import SLOTS, TYPE, Signing, Slots

FILE = Path(__file__).parents[4] / "contracts/status/vectors.json"
AS_OF = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
HOST = "www.hnzjgl.gov.cn"
KEY_ID = "st-1"


def private_key(name: str) -> Ed25519PrivateKey:
    """Return a key that is no secret: it follows from its name."""
    seed = hashlib.sha256(f"yuzheng test key {name}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


SIGNING = Signing(SigningKeys(KEY_ID, {KEY_ID: private_key(KEY_ID)}), HOST, timedelta(days=1))
KEYS = SIGNING.keys.public
# Code to slots. The first twelve are the example of the standard: C9 44 F9.
MEMBERS = {
    0: {
        0: [2, 4, 6, 1000, 100_000, 262_142],
        2: [1, 9, 1001, 262_141],
        3: [3, 10, 11, 1002, 262_143],
    },
    1: {0: [0], 2: [1], 3: [2]},
}


def slots(number: int) -> Slots:
    return Slots.of(MEMBERS[number])


def token(number: int, *, as_of: datetime = AS_OF) -> str:
    return SIGNING.token(number, slots(number).deflated(), as_of=as_of)


def with_list(packed: bytes, *, cut: int | None = None, more: bytes = b"", bits: int = 2) -> str:
    """Return a genuine token around a list that is none of this profile."""
    deflated = zlib.compress(packed)[:cut] + more
    lst = base64.urlsafe_b64encode(deflated).rstrip(b"=").decode()
    claims = claims_of(token(0)) | {"status_list": {"bits": bits, "lst": lst}}
    return signed(claims)


def signed(claims: dict[str, Any], *, typ: str = TYPE, key: str = KEY_ID) -> str:
    return sign(claims, typ=typ, key_id=KEY_ID, key=private_key(key))


def refused() -> Iterator[tuple[str, str]]:
    """Return texts that are no list, each with the reason."""
    good, packed = token(0), slots(0).packed
    claims = claims_of(good)
    yield "another_key", signed(claims, key="a forger's")
    yield "signed_as_a_receipt", signed(claims, typ="yuzheng-receipt+jwt")
    yield "unknown_key_id", sign(claims, typ=TYPE, key_id="st-9", key=private_key(KEY_ID))
    head, body, signature = good.split(".")
    yield "claims_of_another_list", f"{head}.{token(1).split('.')[1]}.{signature}"
    yield "signature_missing", f"{head}.{body}."
    yield "one_bit", with_list(packed, bits=1)
    yield "too_short", with_list(packed[:-1])
    yield "too_long", with_list(packed + b"\0")
    yield "unpacks_to_megabytes", with_list(bytes(64 * len(packed)))
    yield "compression_cut_off", with_list(packed, cut=-3)
    yield "bytes_behind_it", with_list(packed, more=b"\0")
    yield "number_missing", signed(claims | {"sub": f"https://{HOST}/v/status/"})
    yield "number_padded", signed(claims | {"sub": f"https://{HOST}/v/status/00"})
    yield "another_address", signed(claims | {"sub": f"https://{HOST}/v/keys"})
    yield "no_iat", signed({name: value for name, value in claims.items() if name != "iat"})


Case = tuple[str, int, int, date, datetime, str]


def cases() -> Iterator[Case]:
    """Return name, list, index, day of issue, instant and what is answered."""
    day, now = date(2026, 11, 20), AS_OF + timedelta(minutes=5)
    yield "valid", 0, 1000, day, now, "valid"
    yield "suspended", 0, 1001, day, now, "suspended"
    yield "superseded", 0, 1002, day, now, "superseded"
    yield "revoked_or_never_issued", 0, 1003, day, now, "invalid"
    yield "last_slot", 0, 262_143, day, now, "superseded"
    yield "first_slot_of_the_next_list", 1, 262_144, day, now, "valid"
    yield "list_of_another_index", 0, 262_144, day, now, "other_list"
    yield "issued_on_the_day_of_the_list", 0, 1003, date(2026, 11, 23), now, "newer_than_list"
    yield "issued_after_the_list", 0, 1003, date(2026, 11, 24), now, "newer_than_list"
    yield "issued_the_day_before", 0, 1003, date(2026, 11, 22), now, "invalid"
    yield "valid_on_the_day_of_the_list", 0, 1000, date(2026, 11, 23), now, "valid"
    yield "list_at_its_end", 0, 1000, day, AS_OF + timedelta(days=1), "valid"
    yield "list_ended", 0, 1000, day, AS_OF + timedelta(days=1, seconds=1), "list_expired"
    last_day = date(2026, 11, 20)
    yield "ended_list_says_nothing", 0, 1003, last_day, AS_OF + timedelta(days=2), "list_expired"


def document() -> dict[str, Any]:
    """Return what the file says."""
    return {
        "note": "Test keys. Never configure them.",
        "keys": {KEY_ID: public_text(KEYS[KEY_ID])},
        "host": HOST,
        "slots": SLOTS,
        "lists": [
            {
                "number": number,
                "signed": token(number),
                "claims": claims_of(token(number)),
                "slots_sha256": hashlib.sha256(slots(number).packed).hexdigest(),
                "not_invalid": {str(code): members for code, members in MEMBERS[number].items()},
            }
            for number in MEMBERS
        ],
        "refused": [{"reason": reason, "signed": text} for reason, text in refused()],
        "answers": [
            {
                "case": name,
                "list": number,
                "index": index,
                "issued_on": issued_on.isoformat(),
                "now": now.isoformat(),
                "outcome": said,
            }
            for name, number, index, issued_on, now, said in cases()
        ],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
