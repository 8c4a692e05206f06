"""Anybody hands in a PDF and learns whether it is the file that was sealed, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from chassis.db import Transaction
from verify import check_counts, comparing, registry
from verify.comparing import Examined, Finding, Outcome
from verify.domain import mask_name
from verify.errors import DocumentTooLarge, LookupsLimited
from verify.examiner import Examiner
from verify.fields import Compared, Page, compared, pages_of
from verify.limits import Ask, Limit
from verify.printed import NAME_ON_PAGE
from verify.registry import Entry, Reading
from verify.tokens import TokenKeys
from verify.usecases import Dependencies
from verify.usecases.judging import Judged, judged, reading, require_fresh

MOST_BYTES = 2 * 1024 * 1024
DOCUMENTS = Limit("document-address", burst=10, per_hour=60)
Verdict = Literal["genuine", "altered", "foreign", "unreadable"]


@dataclass(frozen=True)
class Examination:
    """The verdict, each check with its own outcome, and every fact that differs."""

    verdict: Verdict
    reason: str | None
    checks: dict[str, Outcome]
    findings: Sequence[Finding]
    certificate: Judged | None
    fields: Sequence[Compared] = ()
    pages: Sequence[Page] = ()


async def examine_document(
    deps: Dependencies,
    examiner: Examiner,
    tokens: TokenKeys,
    *,
    pdf: bytes,
    address: str,
    pictures: bool = False,
) -> Examination:
    """Return what the file is; nothing of it is kept.

    The registry is asked by the code on the page, which lets its holder in, else by number and
    name together as in any look-up: a number alone opens nothing.
    """
    if len(pdf) > MOST_BYTES:
        raise DocumentTooLarge
    wait = await deps.limiter.wait_for(Ask(DOCUMENTS, address))
    if wait > 0:
        raise LookupsLimited(retry_after_seconds=int(wait) + 1)
    examined = Examined(await examiner.examine(pdf, pictures=pictures))
    if examined.unreadable:
        return Examination("unreadable", examined.unreadable, {}, (), None)
    async with reading(deps) as tx:
        coded, found, entry = await _find(deps, tx, tokens, examined)
        if entry is None:
            require_fresh(deps, found)
            pages = pages_of(examined)
            return Examination("foreign", None, _alone(examined), (), None, pages=pages)
        filed = await registry.signers_of(tx, UUID(entry.fact.office_id))
    return _against(deps, examined, pdf, coded=coded, found=found, entry=entry, filed=filed)


async def _find(
    deps: Dependencies, tx: Transaction, tokens: TokenKeys, examined: Examined
) -> tuple[Entry | None, Reading, Entry | None]:
    """Return the certificate of the code, the reading, and the certificate the file is of."""
    coded: Entry | None = None
    for token in examined.tokens:
        if token_hash := tokens.hash_of(token):
            found = await registry.by_token(tx, token_hash)
            coded = coded or next(iter(found.entries), None)
    named: Entry | None = None
    reading_: Reading | None = None
    for number, name in examined.pairs:
        if not number.isdigit():
            continue
        reading_ = await registry.by_numbers(tx, [number])
        matching = [
            one for one in reading_.entries if deps.names.matches(name, number, one.name_check)
        ]
        named = named or _closest(examined, matching)
    if named and reading_:
        return coded, reading_, named
    if coded:
        return coded, await registry.by_numbers(tx, [coded.fact.management_number]), coded
    return None, reading_ or await registry.by_numbers(tx, []), None


def _closest(examined: Examined, matching: Sequence[Entry]) -> Entry | None:
    """Return the one with the record's digest, else of its year and version, else the newest."""
    said = examined.record or {}
    for one in matching:
        if comparing.record(examined, one.record_digest) == "passed":
            return one
    for one in matching:
        if (one.fact.year, one.fact.certificate_version) == (said.get("year"), said.get("version")):
            return one
    return next(iter(matching), None)


def _alone(examined: Examined) -> dict[str, Outcome]:
    """Return the checks of a file that no certificate is known of."""
    return {
        "code": "failed" if examined.said.get("codes") else "absent",
        "signature": comparing.signature(examined),
        "chain": comparing.chain(examined),
        "seal": comparing.pin(examined, None),
        "coverage": comparing.coverage(examined),
        "file": "not_checked",
        "record": "absent" if examined.record is None else "not_checked",
        "text": "not_checked",
    }


def _against(
    deps: Dependencies,
    examined: Examined,
    pdf: bytes,
    *,
    coded: Entry | None,
    found: Reading,
    entry: Entry,
    filed: set[bytes],
) -> Examination:
    findings = [*_name(deps, examined, entry), *comparing.differences(examined, entry.fact)]
    checks: dict[str, Outcome] = {
        "code": _code(examined, coded, entry),
        "signature": comparing.signature(examined),
        "chain": comparing.chain(examined),
        "seal": comparing.pin(examined, filed),
        "coverage": comparing.coverage(examined),
        "file": comparing.file(pdf, entry.file_sha256, entry.file_bytes),
        "record": comparing.record(examined, entry.record_digest),
        "text": comparing.text(examined, findings),
    }
    # The bytes decide: a genuine file reads as it was sealed, whatever a reader makes of its text.
    decisive = ("code", "signature", "chain", "seal", "coverage", "file", "record")
    genuine = all(checks[one] == "passed" for one in decisive)
    deps.counter.checked(entry.certificate_id, check_counts.DOCUMENT)
    answers = judged(deps, found, [entry])
    told = () if genuine else findings
    return Examination(
        "genuine" if genuine else "altered",
        None,
        checks,
        told,
        answers[0] if answers else None,
        tuple(compared(examined, entry.fact, told)),
        pages_of(examined),
    )


def _code(examined: Examined, coded: Entry | None, entry: Entry) -> Outcome:
    if not examined.said.get("codes"):
        return "absent"
    one_code = len(set(examined.tokens)) == 1
    same = coded is not None and coded.certificate_id == entry.certificate_id
    return "passed" if one_code and same else "failed"


def _name(deps: Dependencies, examined: Examined, entry: Entry) -> list[Finding]:
    """Return where the name is another; what is registered is shown masked."""
    number, registered = entry.fact.management_number, entry.fact.name_masked
    found = []
    written = NAME_ON_PAGE.search(examined.text)
    if written and not deps.names.matches(written[1], number, entry.name_check):
        place = comparing.first(comparing.where(examined, "name"))
        found.append(Finding("name", "姓名", mask_name(written[1]), registered, "page", *place))
    said: Any = (examined.record or {}).get("name")
    if said and not deps.names.matches(str(said), number, entry.name_check):
        found.append(Finding("name", "姓名", mask_name(str(said)), registered, "record"))
    return found
