"""Sign what a check found, under a short code that anybody can look up again."""

import secrets
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import insert, select

from chassis.statements import claims_of
from verify.errors import ReceiptNotFound
from verify.tables_of_records import receipts
from verify.usecases import Dependencies
from verify.usecases.judging import Judged, reading

KIND = "yuzheng-receipt+jwt"
How = Literal["qr", "lookup", "document", "office", "client"]
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 60 random bits: a code cannot be found by trying, and what it opens is masked anyway.
_LENGTH = 12
_GROUP = 4
_FOLD = str.maketrans("OIL", "011", "- \u3000")


class Receipt(NamedTuple):
    """A receipt: its code, and the statement as signed."""

    code: str
    signed: str

    @property
    def says(self) -> dict[str, Any]:
        return claims_of(self.signed)


async def give_receipt(
    deps: Dependencies,
    *,
    how: How,
    checked: Sequence[Judged],
    findings: Sequence[dict[str, Any]] = (),
) -> Receipt:
    """Sign and keep what was found; the receipt says nothing of who asked."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    now = deps.clock.now()
    claims = {
        "iss": deps.official_host,
        "jti": spelled(code),
        "iat": int(now.timestamp()),
        "how": how,
        "certificates": [statement(one) for one in checked],
        "findings": list(findings),
    }
    receipt = Receipt(spelled(code), deps.signing.sign(claims, typ=KIND))
    async with deps.database.transaction() as tx:
        row = {"code": code, "signed": receipt.signed, "issued_at": now}
        await tx.execute(insert(receipts).values(row))
    return receipt


async def read_receipt(deps: Dependencies, code: str) -> Receipt:
    """Return the receipt of ``code`` as it was given; raise ``ReceiptNotFound``."""
    folded = code.upper().translate(_FOLD)
    if len(folded) != _LENGTH or not set(folded) <= set(_ALPHABET):
        raise ReceiptNotFound
    async with reading(deps) as tx:
        signed = await tx.scalar(select(receipts.c.signed).where(receipts.c.code == folded))
    if signed is None:
        raise ReceiptNotFound
    return Receipt(spelled(folded), signed)


def spelled(code: str) -> str:
    """Return a code in groups, as people read it to each other."""
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def statement(one: Judged) -> dict[str, Any]:
    """Return what a receipt says of one certificate: masked, as it stood."""
    fact, answer = one.entry.fact, one.answer
    return {
        "state": answer.state.value,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "management_number": fact.management_number,
        "name_masked": fact.name_masked,
        "year": fact.year,
        "version": fact.certificate_version,
        "total_tenths": fact.total_tenths,
        "public_tenths": fact.public_tenths,
        "professional_tenths": fact.professional_tenths,
        "employer_name": fact.employer_name,
        "office_name": fact.office_name,
        "issued_on": fact.issued_on,
        "seal": answer.seal.value,
    }
