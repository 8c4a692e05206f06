"""An examined file held against the registry: which checks hold, and which fact differs. No I/O."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from verify.domain import Fact
from verify.printed import NAME_ON_PAGE, PRINTED, Printed, packed

Outcome = Literal["passed", "failed", "absent", "not_checked"]
Source = Literal["page", "record"]
_TIMESTAMPS_ONLY = {"NONE", "LTA_UPDATES"}
_OVERLAPPING = 0.3
Where = tuple[int, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Finding:
    """One fact that the file says differently, and where it says so."""

    field: str
    label: str
    file: str
    registry: str
    source: Source
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def sentence(self) -> str:
        where = "文件" if self.source == "page" else "文件所附电子记录"
        return f"{self.label}：{where}写{self.file}，登记为{self.registry}"


_TOKEN = re.compile(r"/v/([0-9A-Za-z]{36})(?:[#?]|$)")


class Examined:
    """What the examining process said, with its parts by name."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.said = said
        self.unreadable: str | None = said.get("unreadable")
        self.text = packed(said.get("text", ""))
        self.record = _parsed(said.get("record"))

    @property
    def tokens(self) -> list[str]:
        """Return the tokens of the codes on the pages, in the order found."""
        found = (_TOKEN.search(code) for code in self.said.get("codes", ()))
        return [match[1] for match in found if match]

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield number and name as record and page give them."""
        if self.record:
            yield str(self.record.get("number", "")), str(self.record.get("name", ""))
        name, number = NAME_ON_PAGE.search(self.text), on_page(PRINTED[0], self.text)
        if name and number:
            yield number, name[1]

    @property
    def seals(self) -> list[Mapping[str, Any]]:
        return [one for one in self.said.get("signatures", ()) if one["kind"] == "seal"]

    @property
    def seal(self) -> Mapping[str, Any] | None:
        """Return the one seal; two are none."""
        return self.seals[0] if len(self.seals) == 1 else None


def signature(examined: Examined) -> Outcome:
    """Say whether one certifying signature stands, over exactly the bytes it was made for."""
    if not examined.seals:
        return "absent"
    seal = examined.seal
    good = seal and seal["intact"] and seal["valid"] and seal.get("permitted") == 1
    return "passed" if good else "failed"


def chain(examined: Examined) -> Outcome:
    """Say whether the seal's certificate leads to a trusted authority."""
    if not examined.seals:
        return "absent"
    return "passed" if examined.seal and examined.seal.get("trusted") else "failed"


def pin(examined: Examined, filed: set[bytes] | None) -> Outcome:
    """Say whether the issuing office filed the very certificate that sealed."""
    if not examined.seals:
        return "absent"
    if filed is None:
        return "not_checked"
    seal = examined.seal
    return "passed" if seal and bytes.fromhex(seal.get("signer_sha256", "")) in filed else "failed"


def coverage(examined: Examined) -> Outcome:
    """Say whether nothing but validation material and trusted timestamps came after the seal."""
    signatures = list(examined.said.get("signatures", ()))
    if not signatures:
        return "absent"
    last, later = signatures[-1], signatures[1:]
    good = (
        examined.seal is signatures[0]
        and examined.seal.get("changes") in _TIMESTAMPS_ONLY
        and last.get("coverage") == "ENTIRE_FILE"
        and all(one["intact"] for one in later)
        and (not later or last.get("trusted"))
        and not examined.said.get("annotations")
    )
    return "passed" if good else "failed"


def file(pdf: bytes, sha256: bytes | None, length: int | None) -> Outcome:
    """Say whether the file begins with the registered one (contracts/file/profile.md)."""
    if sha256 is None:
        return "not_checked"
    beginning = pdf if length is None else pdf[:length]
    good = len(beginning) == (length or len(pdf)) and hashlib.sha256(beginning).digest() == sha256
    return "passed" if good else "failed"


def record(examined: Examined, digest: bytes | None) -> Outcome:
    """Say whether the attached record is the registered one, byte for byte."""
    text = examined.said.get("record")
    if text is None:
        return "absent"
    if digest is None:
        return "not_checked"
    return "passed" if hashlib.sha256(text.encode()).digest() == digest else "failed"


def differences(examined: Examined, fact: Fact) -> list[Finding]:
    """Return every fact that page or record say differently; the name is compared elsewhere."""
    found = []
    for printed in PRINTED:
        registered = printed.registered(fact)
        if examined.record and registered:
            said = _said(printed, examined.record)
            if said is not None and said != registered:
                found.append(Finding(printed.field, printed.label, said, registered, "record"))
        found += _differing(examined, printed, registered)
    return found


def text(examined: Examined, found: Sequence[Finding]) -> Outcome:
    """Say whether the page reads as registered; a picture of a page has no text to read."""
    readable = [one for one in PRINTED if on_page(one, examined.text)]
    if any(one.source == "page" for one in found):
        return "failed"
    return "passed" if len(readable) >= len(PRINTED) // 2 else "not_checked"


def where(examined: Examined, field: str) -> list[Where]:
    """Return page and box of each line on which the pages show ``field``."""
    return [(page, tuple(box)) for page, box in examined.said.get("ink", {}).get(field, ())]


def first(places: Sequence[Where]) -> tuple[()] | Where:
    """Return the first place, or nothing to point at."""
    return places[0] if places else ()


def _differing(examined: Examined, printed: Printed, registered: str) -> Iterator[Finding]:
    said = on_page(printed, examined.text)
    if not said or not registered:
        return
    places = where(examined, printed.field)
    if said != packed(registered):
        yield Finding(
            printed.field, printed.label, _spaced(said), registered, "page", *first(places)
        )
        return
    # The right text may lie below another: what is drawn over it is what people read.
    for place in places:
        if over := _drawn_over(examined, place, said):
            yield Finding(printed.field, printed.label, over, registered, "page", *place)
            return


def _drawn_over(examined: Examined, place: Where, said: str) -> str | None:
    for page, left, bottom, right, top, words in examined.said.get("rectangles", ()):
        if page != place[0] or _overlap((left, bottom, right, top), place[1]) <= _OVERLAPPING:
            continue
        # A box is read with what lies under it, each on a line of its own.
        other = "".join(line.strip() for line in words.splitlines() if packed(line) not in said)
        if other and said not in packed(other):
            return other
    for note in examined.said.get("annotations", ()):
        if note["page"] == place[0] and _overlap(tuple(note["box"]), place[1]) > _OVERLAPPING:
            return str(note["text"]) or "（批注遮盖）"
    return None


def _overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """Return what part of the smaller one the two share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    area = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def on_page(printed: Printed, words: str) -> str | None:
    match = printed.on_page.search(words) if printed.on_page else None
    return match[1][:100] if match else None


def _spaced(said: str) -> str:
    return re.sub(r"^([\d.]+)学时$", r"\1 学时", said)


def _said(printed: Printed, record_: Mapping[str, Any]) -> str | None:
    try:
        return printed.said(printed.in_record(record_))[:200]
    except (KeyError, TypeError, ValueError):
        return None


def _parsed(words: str | None) -> dict[str, Any] | None:
    try:
        parsed = json.loads(words) if words else None
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
