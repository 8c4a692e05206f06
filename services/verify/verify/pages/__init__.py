"""The answer as a page: byte templates made once, filled for each request."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape as escape_fully
from operator import itemgetter
from pathlib import Path

from chassis.clock import LEGAL_ZONE
from verify.domain import Answer, Fact, SealState, State
from verify.pages.texts import LANGUAGES, Texts

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text().strip()
# The one style element is allowed by its digest; nothing else on the page may run or load.
STYLE_SOURCE = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_ICONS = {file.stem: file.read_text().strip() for file in (_HERE / "icons").glob("*.svg")}
_SHELL = (_HERE / "page.html").read_text()
_FACTS = (_HERE / "facts.html").read_text()

# In place of what a projection from before it was kept does not hold.
_NOT_HELD = "—"
_STATES_WITH_FACTS = frozenset({State.VALID, State.SUSPENDED, State.SUPERSEDED, State.REVOKED})
_REGISTRY_MARKS = {
    State.VALID: "good",
    State.COULD_NOT_CHECK: "open",
    State.TOKEN_INVALID: "open",
}
_SEAL_MARKS = {SealState.ACTIVE: "good", SealState.SUSPENDED: "bad", SealState.UNKNOWN: "open"}
_SLOT = re.compile(r"\[\[(\w+)\]\]")
_UNSAFE = re.compile("[&<>\"']")
_WORD = re.compile(r"\{\{([\w.]+)\}\}")


@dataclass(frozen=True, slots=True)
class Variant:
    """How the reader wants the page."""

    language: str = "zh"
    large: bool = False


class Template:
    """A page whose constant parts are bytes already; only its slots are filled for each answer."""

    def __init__(self, page: str) -> None:
        # One formatting operation in C fills all slots; a percent sign of the page is doubled.
        self._format = _SLOT.sub("%b", page.replace("%", "%%")).encode()
        # The first twice, so that even one slot gives a tuple.
        slots = _SLOT.findall(page)
        self._pick = itemgetter(slots[0], *slots)
        self.digest = hashlib.blake2b(page.encode(), digest_size=8).digest()

    def fill(self, values: dict[str, bytes]) -> bytes:
        """Return the page with ``values``, which are escaped already, in its slots."""
        filled: bytes = self._format % self._pick(values)[1:]
        return filled


class Pages:
    """All pages of the service: one template for each state, seal, language and size."""

    def __init__(self, official_host: str) -> None:
        self._host = escape(official_host).encode()
        self._templates = {
            (state, seal, Variant(language, large), read): Template(
                _page(state, seal, texts, Variant(language, large), read=read)
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

    def values(self, answer: Answer, variant: Variant) -> dict[str, bytes]:
        """Return what the slots hold for ``answer``."""
        values = {"host": self._host}
        if answer.as_of is not None:
            values["instant"], values["as_of"] = _instant(answer.as_of, variant.language)
        if answer.fact is not None:
            values |= _fact_values(answer.fact, answer.office_name_now, variant.language)
        return values


def escape(text: str) -> str:
    """Return ``text`` safe for HTML; most has nothing to escape, and then it is one look."""
    return escape_fully(text) if _UNSAFE.search(text) else text


def hours(tenths: int) -> str:
    """Return credit hours as people write them: 900 → 90, 905 → 90.5."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _fact_values(fact: Fact, office_name_now: str | None, language: str) -> dict[str, bytes]:
    texts = LANGUAGES[language]
    office = fact.office_name
    if office_name_now:
        office = texts["office.renamed"].format(office, office_name_now)
    return {
        "name": escape(fact.name_masked).encode(),
        "sex": texts.get(f"sex.{fact.sex}", _NOT_HELD).encode(),
        "level": texts.get(f"level.{fact.title_level}", _NOT_HELD).encode(),
        "identity": escape(fact.identity_masked or _NOT_HELD).encode(),
        "number": escape(fact.management_number).encode(),
        "year": texts["year"].format(fact.year).encode(),
        "version": texts["version"].format(fact.certificate_version).encode(),
        "total": hours(fact.total_tenths).encode(),
        "public": hours(fact.public_tenths).encode(),
        "professional": hours(fact.professional_tenths).encode(),
        "employer": escape(fact.employer_name).encode(),
        "office": escape(office).encode(),
        "issued_on": _day(fact.issued_on, language).encode(),
    }


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


def _page(state: State, seal: SealState, texts: Texts, variant: Variant, *, read: bool) -> str:
    """Return the page with every word in place and only the slots left open."""
    shown = state in _STATES_WITH_FACTS
    words = {
        **{key: escape(text) for key, text in texts.items()},
        **{f"icon.{name}": icon for name, icon in _ICONS.items()},
        "style": _STYLE,
        "size": "large" if variant.large else "normal",
        "state.key": state.value,
        "state.title": escape(texts[f"{state}.title"]),
        "state.text": escape(texts[f"{state}.text"]),
        "state.icon": _ICONS[state],
        "state.host": escape(texts["host.compare" if shown else "host.differs"]),
        "links": _links(texts, variant),
        "checks": _checks(state, seal, texts),
        "as_of": _as_of(state, texts, read=read),
    }
    words["facts"] = _put(_FACTS, words) if shown else ""
    return _put(_SHELL, words)


def _put(page: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda word: words[word[1]], page)


def _links(texts: Texts, variant: Variant) -> str:
    other = "en" if variant.language == "zh" else "zh"
    size = "&amp;type=large" if variant.large else ""
    other_size = "" if variant.large else "&amp;type=large"
    size_word = texts["option.normal" if variant.large else "option.large"]
    language_tag = "en" if other == "en" else "zh-Hans"
    return (
        f'<a href="?lang={variant.language}{other_size}">{escape(size_word)}</a>'
        f'<a href="?lang={other}{size}" lang="{language_tag}" hreflang="{language_tag}">'
        f"{escape(texts['option.language'])}</a>"
    )


def _checks(state: State, seal: SealState, texts: Texts) -> str:
    genuine = state is not State.TOKEN_INVALID
    first = ("good", "token", "passed") if genuine else ("bad", "token", "failed")
    rows = (
        (*first, f"token.{first[2]}.note"),
        (_REGISTRY_MARKS.get(state, "bad"), "registry", state.value, "registry.note"),
        (_SEAL_MARKS[seal], "seal", seal.value, "seal.note"),
    )
    return "\n".join(
        f'<li class="{mark}">{_ICONS[mark]}<span>{escape(texts[f"check.{check}"])}'
        f"{texts['separator']}<b>{escape(texts[f'{check}.{outcome}'])}</b>"
        f"<small>{escape(texts[note])}</small></span></li>"
        for mark, check, outcome, note in rows
    )


def _as_of(state: State, texts: Texts, *, read: bool) -> str:
    if state is State.TOKEN_INVALID:
        return ""
    if not read:
        return f'<p class="asof">{escape(texts["as_of.none"])}</p>'
    return (
        f'<p class="asof">{escape(texts["as_of"])} '
        f'<time datetime="[[instant]]">[[as_of]]</time>'
        f'<span class="zone">{escape(texts["zone"])}</span></p>'
    )
