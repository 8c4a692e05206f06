"""The answer as a page: byte templates made once, filled for each request."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from chassis.clock import LEGAL_ZONE
from verify.domain import Answer, Fact, NameMatch, SealState, State
from verify.pages.parts import (
    ICONS,
    Variant,
    as_of,
    checks,
    escape,
    links,
    match_line,
    offline_link,
    proof_link,
)
from verify.pages.texts import LANGUAGES, Texts

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text().strip()
# The one style element is allowed by its digest.
_STYLE_SOURCE = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_SHELL = (_HERE / "page.html").read_text()
_FACTS = (_HERE / "facts.html").read_text()
_MATCH = (_HERE / "match.html").read_text()

# In place of what a projection from before it was kept does not hold.
_NOT_HELD = "—"
_STATES_WITH_FACTS = frozenset({State.VALID, State.SUSPENDED, State.SUPERSEDED, State.REVOKED})
# What ``_fact_words`` returns, in its order, and before it what else is filled in.
_FACT_SLOTS = (
    "year_number", "version_number", "issued_iso", "office_id", "status_index", "record_digest",
    "name", "sex", "level", "identity", "number", "year", "version", "total", "public",
    "professional", "employer", "office", "issued_on",
)  # fmt: skip
_SLOTS = ("host", "match", "instant", "as_of", "successor", *_FACT_SLOTS)
_SLOT = re.compile(r"\[\[(\w+)\]\]")
_WORD = re.compile(r"\{\{([\w.]+)\}\}")


class Template:
    """A page whose constant parts are bytes already; only its slots are filled for each answer."""

    def __init__(self, page: str) -> None:
        # One formatting operation in C fills all slots; a percent sign of the page is doubled.
        self._format = _SLOT.sub("%b", page.replace("%", "%%")).encode()
        # The first twice, so that even one slot gives a tuple.
        slots = [_SLOTS.index(name) for name in _SLOT.findall(page)]
        self._pick = itemgetter(slots[0], *slots)
        self.digest = hashlib.blake2b(page.encode(), digest_size=8).digest()

    def fill(self, values: Sequence[bytes]) -> bytes:
        """Return the page with ``values``, one for each of ``_SLOTS`` and escaped, in its slots."""
        filled: bytes = self._format % self._pick(values)[1:]
        return filled


class Pages:
    """All pages of the service: one template for each state, seal, language and size."""

    def __init__(self, official_host: str, script: str = "") -> None:
        """``script`` is the path of the page's script, empty for none."""
        self._host = escape(official_host).encode()
        loads = "script-src 'self'; connect-src 'self'; " if script else ""
        # What the pages may load: their one style by its digest, and their script.
        self.policy = (
            f"default-src 'none'; {loads}style-src '{_STYLE_SOURCE}'; img-src data:; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        self._templates = {
            (state, seal, Variant(language, large), read): Template(
                _page(state, seal, texts, Variant(language, large), script, read=read)
            )
            for state in State
            for seal in SealState
            for language, texts in LANGUAGES.items()
            for large in (False, True)
            for read in (False, True)
        }

    def template(self, answer: Answer, variant: Variant) -> Template:
        """Return the page's template; equal answers give the same one."""
        return self._templates[answer.state, answer.seal, variant, answer.as_of is not None]

    def values(
        self, answer: Answer, variant: Variant, match: NameMatch | None = None
    ) -> Sequence[bytes]:
        """Return what the slots hold for ``answer``; ``match`` is told if a name was compared."""
        language, fact = variant.language, answer.fact
        instant = _instant(answer.as_of, language) if answer.as_of is not None else (b"", b"")
        first = (self._host, match_line(match, language), *instant)
        if fact is None:
            return first
        # One look for what is unsafe in HTML and one encoding for all of them. No text holds a
        # zero byte: PostgreSQL, where they come from, refuses it.
        words = escape("\0".join(_fact_words(fact, answer.office_name_now, language)))
        return *first, _successor(fact, language), *words.encode().split(b"\0")


@lru_cache(maxsize=4096)
def hours(tenths: int) -> str:
    """Return credit hours as people write them: 900 → 90, 905 → 90.5."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _fact_words(fact: Fact, office_name_now: str | None, language: str) -> tuple[str, ...]:
    texts = LANGUAGES[language]
    office = fact.office_name
    if office_name_now:
        office = texts["office.renamed"].format(office, office_name_now)
    return (
        str(fact.year),
        str(fact.certificate_version),
        fact.issued_on,
        fact.office_id,
        "" if fact.status_index is None else str(fact.status_index),
        fact.record_digest,
        fact.name_masked,
        texts.get(f"sex.{fact.sex}", _NOT_HELD),
        texts.get(f"level.{fact.title_level}", _NOT_HELD),
        fact.identity_masked or _NOT_HELD,
        fact.management_number,
        _numbered("year", fact.year, language),
        _numbered("version", fact.certificate_version, language),
        hours(fact.total_tenths),
        hours(fact.public_tenths),
        hours(fact.professional_tenths),
        fact.employer_name,
        office,
        _day(fact.issued_on, language),
    )


def _successor(fact: Fact, language: str) -> bytes:
    if not fact.successor_version:
        return b""
    day = _day(fact.successor_issued_on, language)
    line = LANGUAGES[language]["successor"].format(fact.successor_version, day)
    return f'<p class="successor">{escape(line)}</p>'.encode()


@lru_cache(maxsize=1024)
def _numbered(key: str, number: int, language: str) -> str:
    return LANGUAGES[language][key].format(number)


@lru_cache(maxsize=4096)
def _day(iso: str, language: str) -> str:
    if language != "zh":
        return iso
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year} 年 {month} 月 {day} 日"


@lru_cache(maxsize=16)
def _instant(as_of: datetime, language: str) -> tuple[bytes, bytes]:
    local = as_of.astimezone(LEGAL_ZONE)
    shown = f"{_day(local.date().isoformat(), language)} {local:%H:%M:%S}"
    return local.isoformat(timespec="seconds").encode(), shown.encode()


def _page(
    state: State, seal: SealState, texts: Texts, variant: Variant, script: str, *, read: bool
) -> str:
    """Return the page with every word in place and only the slots left open."""
    shown = state in _STATES_WITH_FACTS
    words = {
        **{key: escape(text) for key, text in texts.items()},
        **{f"icon.{name}": icon for name, icon in ICONS.items()},
        "style": _STYLE,
        "script": f'<script type="module" src="{escape(script)}"></script>' if script else "",
        "query": variant.query,
        "proof.link": proof_link(texts) if shown else "",
        "offline.link": offline_link(texts, variant) if script else "",
        "successor": "[[successor]]" if state is State.SUPERSEDED else "",
        "size": "large" if variant.large else "normal",
        "state.key": state.value,
        "state.title": escape(texts[f"{state}.title"]),
        "state.text": escape(texts[f"{state}.text"]),
        "state.icon": ICONS[state],
        "state.host": escape(texts["host.compare" if shown else "host.differs"]),
        "links": links(texts, variant),
        "checks": checks(state, seal, texts),
        "as_of": as_of(state, texts, read=read),
    }
    words["facts"] = _put(_FACTS, words) if shown else ""
    words["match"] = _put(_MATCH, words) if shown else ""
    return _put(_SHELL, words)


def _put(page: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda word: words[word[1]], page)
