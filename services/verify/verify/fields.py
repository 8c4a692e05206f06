"""Every fact that was compared, with the places on the pages where it stands. No I/O."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from verify import pictures
from verify.comparing import Examined, Finding, on_page
from verify.domain import Fact
from verify.placing import Place
from verify.printed import NAME_ON_PAGE, PRINTED

FieldOutcome = Literal["same", "differs", "not_found"]


@dataclass(frozen=True)
class Compared:
    """One fact of the registry, what the file says of it, and where it says so."""

    field: str
    label: str
    outcome: FieldOutcome
    file: str | None
    registry: str
    places: Sequence[Place]


@dataclass(frozen=True)
class Page:
    """One page as shown, in points, with its picture in base64 when there is one."""

    width: float
    height: float
    picture: str | None


def compared(examined: Examined, fact: Fact, findings: Sequence[Finding]) -> Iterator[Compared]:
    """Yield every printed fact in the form's order; what ``findings`` name differs."""
    yield _one(
        examined,
        findings,
        ("name", "姓名", fact.name_masked),
        shown=bool(NAME_ON_PAGE.search(examined.text)),
    )
    for printed in PRINTED:
        registered = printed.registered(fact)
        shown = bool(on_page(printed, examined.text))
        if registered or shown:
            known = (printed.field, printed.label, registered)
            yield _one(examined, findings, known, shown=shown)


def _one(
    examined: Examined, findings: Sequence[Finding], known: tuple[str, str, str], *, shown: bool
) -> Compared:
    field, label, registered = known
    said = sorted((one for one in findings if one.field == field), key=lambda one: one.source)
    places = places_of(examined, field)
    if said:
        return Compared(field, label, "differs", said[0].file, registered, places)
    if shown:
        return Compared(field, label, "same", registered, registered, places)
    return Compared(field, label, "not_found", None, registered, ())


def places_of(examined: Examined, field: str) -> list[Place]:
    """Return the lines on which the pages show ``field``."""
    found = examined.said.get("places", {}).get(field, ())
    return [Place(page, tuple(box)) for page, box in found]


def pages_of(examined: Examined) -> list[Page]:
    """Return the pages in order."""
    return [
        Page(one["width"], one["height"], pictures.passable(one["picture"]))
        for one in examined.said.get("pages", ())
    ]
