"""What a device finds out about a code with the key list alone, without asking anybody.

``contracts/qr/keys.md`` says it for every checker; this is the one that the vectors are made with.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from certificates.qr.payload import PayloadRefused, QRPayload, read_payload, verify_payload
from chassis.clock import legal_midnight
from chassis.key_list import KeyList, Standing

_LAST_OF_DAY = timedelta(days=1, seconds=-1)


class Outcome(StrEnum):
    """What is said of the code's signature."""

    GENUINE = "genuine"
    MALFORMED = "malformed"
    SIGNATURE_WRONG = "signature_wrong"
    KEY_UNKNOWN = "key_unknown"
    KEY_OUT_OF_TIME = "key_out_of_time"
    # Says nothing against the certificate: it has to be asked online.
    KEY_REVOKED = "key_revoked"
    LIST_EXPIRED = "list_expired"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome; the facts only if nothing speaks against believing them."""

    outcome: Outcome
    facts: QRPayload | None = None


def check_offline(payload: bytes, key_list: KeyList, *, now: datetime) -> Checked:
    """Check a payload with a key list whose own signature has been checked."""
    try:
        claimed = read_payload(payload)
    except PayloadRefused:
        return Checked(Outcome.MALFORMED)
    if now > key_list.expires_at:
        return Checked(Outcome.LIST_EXPIRED)
    key = key_list.key(claimed.key_id, "payload")
    if key is None:
        return Checked(Outcome.KEY_UNKNOWN)
    try:
        facts = verify_payload(payload, {key.key_id: key.public})
    except PayloadRefused:
        return Checked(Outcome.SIGNATURE_WRONG)
    day = legal_midnight(facts.issued_on)
    standing = key_list.standing(
        key.key_id, "payload", signed_from=day, signed_until=day + _LAST_OF_DAY
    )
    if standing is not Standing.GOOD:
        return Checked(Outcome(standing.value))
    return Checked(Outcome.GENUINE, facts)
