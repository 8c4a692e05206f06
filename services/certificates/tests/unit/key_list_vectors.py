"""The vectors of contracts/qr/key-list-vectors.json, made from keys that anybody can make again.

``python services/certificates/tests/unit/key_list_vectors.py`` writes the file anew.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.qr import QRSigner, base32, signed_payload
from certificates.record import CertificateRecord, CreditTenths
from chassis import statements
from chassis.key_list import PROFILE, ROOT_KEY_ID, TYPE, KeyList, ListedKey, sign_key_list

FILE = Path(__file__).parents[4] / "contracts/qr/key-list-vectors.json"
START = datetime(2026, 1, 1, tzinfo=UTC)
CHANGE = datetime(2027, 1, 10, 2, tzinfo=UTC)
WITHDRAWN = datetime(2027, 3, 1, tzinfo=UTC)
TOKEN = "0759F08JS8DVVJQTR8RV76H3VH6W6RHF2ZK0"


def private_key(name: str) -> Ed25519PrivateKey:
    """Return a key that is no secret: it follows from its name."""
    seed = hashlib.sha256(f"yuzheng test key {name}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


ROOT, OTHER_ROOT = private_key("root-1"), private_key("another root")


def listed(key_id: str, use: str, since: datetime, **ends: datetime) -> ListedKey:
    public = statements.public_text(private_key(key_id).public_key())
    return ListedKey(key_id, use, public, since, **ends)


def signed_list(sequence: int, issued_at: datetime, *keys: ListedKey) -> KeyList:
    return KeyList(sequence, issued_at, issued_at + timedelta(days=92), keys)


STATUS = listed("st-1", "status", START)
RECEIPT = listed("rc-1", "receipt", START)
LISTS = {
    "first": signed_list(1, START, listed("2026-1", "payload", START), STATUS, RECEIPT),
    "rotated": signed_list(
        3,
        CHANGE,
        listed("2026-1", "payload", START, valid_until=CHANGE),
        STATUS,
        RECEIPT,
        listed("2027-1", "payload", CHANGE),
    ),
    "withdrawn": signed_list(
        5,
        WITHDRAWN,
        listed("2026-1", "payload", START, valid_until=CHANGE),
        STATUS,
        RECEIPT,
        listed("2027-1", "payload", CHANGE, revoked_at=WITHDRAWN - timedelta(days=3)),
        listed("2027-2", "payload", WITHDRAWN),
    ),
}
RECORD = CertificateRecord(
    certificate_id=UUID("0199d1f0-5c2a-7e31-9b1d-3f0a5d6c7b80"),
    number="41002345678917",
    year=2026,
    version=1,
    name="欧阳䶮",
    sex="male",
    identity_masked="410105********0020",
    employer="郑州市第一人民医院",
    level="intermediate",
    credit_tenths=CreditTenths(900, 300, 600),
    rule_id=UUID("0199d1f0-0000-7000-8000-000000000001"),
    rule_version=1,
    office_id=UUID("e0c3c1a6-6a5b-5d0e-8a51-0a5a5c5d5e5f"),
    office_name="郑州市人力资源和社会保障局",
    issued_on=date(2026, 11, 23),
    template_version="annex-1/1",
)


def payload(key_id: str, issued_on: date) -> bytes:
    signer = QRSigner(key_id, private_key(key_id))
    return signed_payload(replace(RECORD, issued_on=issued_on), TOKEN, 4711, signer)


def altered(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def refused() -> Iterator[tuple[str, str]]:
    """Return texts that are no key list, each with the reason."""
    good = sign_key_list(LISTS["first"], ROOT)
    claims = statements.claims_of(good)
    head, body, signature = good.split(".")
    named = {"typ": TYPE, "key_id": ROOT_KEY_ID, "key": ROOT}
    yield "another_root", sign_key_list(LISTS["first"], OTHER_ROOT)
    yield "signed_as_a_receipt", statements.sign(claims, **named | {"typ": "yuzheng-receipt+jwt"})
    yield "another_key_id", statements.sign(claims, **named | {"key_id": "root-2"})
    yield "unknown_profile", statements.sign(claims | {"profile": "yuzheng-keys-2"}, **named)
    swapped = sign_key_list(LISTS["rotated"], ROOT).split(".")[1]
    yield "claims_of_another_list", f"{head}.{swapped}.{signature}"
    for more in ({"alg": "none"}, {"crit": ["exp"]}):
        header = {"alg": "EdDSA", "kid": ROOT_KEY_ID, "typ": TYPE} | more
        first = _base64url(json.dumps(header, separators=(",", ":")).encode())
        proof = _base64url(ROOT.sign(f"{first}.{body}".encode()))
        yield f"header_{next(iter(more))}", f"{first}.{body}.{proof}"
    yield "padded", f"{head}.{body}.{signature}=="
    yield "signature_missing", f"{head}.{body}."
    yield "two_parts", f"{head}.{body}"


# name, list, payload, instant, what is answered
Case = tuple[str, str, bytes, datetime, str]


def cases() -> Iterator[Case]:
    old, new = payload("2026-1", date(2026, 11, 23)), payload("2027-1", date(2027, 2, 1))
    last_day = payload("2026-1", date(2027, 1, 10))
    yield "active_key", "first", old, START + timedelta(days=30), "genuine"
    yield "retired_key_signed_before_its_end", "rotated", old, CHANGE, "genuine"
    yield "retired_key_on_its_last_day", "rotated", last_day, CHANGE, "genuine"
    yield "new_key", "rotated", new, CHANGE, "genuine"
    yield "new_key_on_its_first_day", "rotated", payload("2027-1", CHANGE.date()), CHANGE, "genuine"
    late, early = payload("2026-1", date(2027, 1, 11)), payload("2027-1", date(2027, 1, 9))
    yield "retired_key_after_its_end", "rotated", late, CHANGE, "key_out_of_time"
    yield "new_key_before_its_start", "rotated", early, CHANGE, "key_out_of_time"
    yield "withdrawn_key", "withdrawn", new, WITHDRAWN, "key_revoked"
    before = payload("2027-1", date(2027, 1, 20))
    yield "withdrawn_key_dated_before", "withdrawn", before, WITHDRAWN, "key_revoked"
    yield "retired_key_after_a_withdrawal", "withdrawn", old, WITHDRAWN, "genuine"
    next_key = payload("2027-2", date(2027, 3, 2))
    yield "key_after_a_withdrawal", "withdrawn", next_key, WITHDRAWN, "genuine"
    yield "key_not_listed_yet", "first", new, START, "key_unknown"
    status = payload("st-1", date(2026, 5, 1))
    yield "key_of_another_use", "first", status, START, "key_unknown"
    yield "signature_altered", "first", altered(old), START, "signature_wrong"
    forged = signed_payload(RECORD, TOKEN, 4711, QRSigner("2026-1", private_key("a forger's")))
    yield "forger_under_a_listed_id", "first", forged, START, "signature_wrong"
    yield "withdrawn_and_altered", "withdrawn", altered(new), WITHDRAWN, "signature_wrong"
    yield "list_at_its_end", "first", old, START + timedelta(days=92), "genuine"
    ended = START + timedelta(days=92, seconds=1)
    yield "list_ended", "first", old, ended, "list_expired"
    yield "no_payload", "first", b"\x84", START, "malformed"


def document() -> dict[str, Any]:
    """Return what the file says."""
    return {
        "note": "Test keys. Never configure them.",
        "profile": PROFILE,
        "root": {"kid": ROOT_KEY_ID, "x": statements.public_text(ROOT.public_key())},
        "lists": {
            name: {
                "sequence": one.sequence,
                "signed": sign_key_list(one, ROOT),
                "claims": statements.claims_of(sign_key_list(one, ROOT)),
            }
            for name, one in LISTS.items()
        },
        "refused": [{"reason": reason, "signed": text} for reason, text in refused()],
        "payloads": [
            {
                "case": name,
                "list": key_list,
                "payload_base32": base32.encode(data),
                "now": now.isoformat(),
                "outcome": outcome,
            }
            for name, key_list, data, now, outcome in cases()
        ],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
