"""Pieces of the page that depend on state, language and size."""

import re
from html import escape as escape_fully
from pathlib import Path
from typing import NamedTuple

from verify.domain import NameMatch, SealState, State
from verify.pages.texts import LANGUAGES, Texts

ICONS = {
    file.stem: file.read_text().strip() for file in (Path(__file__).parent / "icons").glob("*.svg")
}
_REGISTRY_MARKS = {
    State.VALID: "good",
    State.COULD_NOT_CHECK: "open",
    State.TOKEN_INVALID: "open",
}
_SEAL_MARKS = {SealState.ACTIVE: "good", SealState.SUSPENDED: "bad", SealState.UNKNOWN: "open"}
_MATCH_MARKS = {NameMatch.MATCH: "good", NameMatch.DIFFERS: "bad"} | dict.fromkeys(
    (NameMatch.EMPTY, NameMatch.LIMITED, NameMatch.COULD_NOT_CHECK), "open"
)
_UNSAFE = re.compile("[&<>\"']")


class Variant(NamedTuple):
    """How the reader wants the page."""

    language: str = "zh"
    large: bool = False

    @property
    def query(self) -> str:
        """The query that asks for it, safe for HTML."""
        return f"lang={self.language}" + ("&amp;type=large" if self.large else "")


def escape(text: str) -> str:
    """Return ``text`` safe for HTML; most has nothing to escape, and then it is one look."""
    return escape_fully(text) if _UNSAFE.search(text) else text


def match_line(match: NameMatch | None, language: str) -> bytes:
    """Return what comparing a name ended in, if one was compared."""
    if match is None:
        return b""
    mark, text = _MATCH_MARKS[match], LANGUAGES[language][f"match.{match}"]
    return f'<p class="said {mark}" role="status">{ICONS[mark]}{escape(text)}</p>'.encode()


def links(texts: Texts, variant: Variant) -> str:
    """Return the links to the other size and the other language."""
    other = "en" if variant.language == "zh" else "zh"
    other_size = Variant(variant.language, not variant.large)
    size_word = texts["option.normal" if variant.large else "option.large"]
    language_tag = "en" if other == "en" else "zh-Hans"
    other_variant = Variant(other, variant.large)
    return (
        f'<a href="?{other_size.query}">{escape(size_word)}</a>'
        f'<a href="?{other_variant.query}" lang="{language_tag}" hreflang="{language_tag}">'
        f"{escape(texts['option.language'])}</a>"
    )


def offline_link(texts: Texts, variant: Variant) -> str:
    """Return the link to the offline verifier, in the same language and size."""
    return f'<p><a href="/v/offline/?{variant.query}">{escape(texts["offline"])}</a></p>'


def proof_link(texts: Texts) -> str:
    """Return the link to the proof that the state is in the public log."""
    return f'<p><a href="?log=1">{escape(texts["proof"])}</a></p>'


def checks(state: State, seal: SealState, texts: Texts) -> str:
    """Return every check with its outcome, and where it is made."""
    genuine = state is not State.TOKEN_INVALID
    first = ("good", "token", "passed") if genuine else ("bad", "token", "failed")
    rows = (
        _row(texts, first, f"token.{first[2]}.note"),
        _row(texts, (_REGISTRY_MARKS.get(state, "bad"), "registry", state), "registry.note"),
        _row(texts, (_SEAL_MARKS[seal], "seal", seal), "seal.note"),
    )
    # What only the reader's device can check; the script tells its outcome here.
    signature = _row(texts, ("open", "signature", "open"), "signature.open.note", where="device")
    return "\n".join((*rows, signature) if genuine else rows)


def _row(texts: Texts, row: tuple[str, str, str], note: str, *, where: str = "server") -> str:
    mark, check, outcome = row
    # The script finds the device's row by its id; a list item itself keeps its role.
    device = where == "device"
    return (
        f'<li class="{mark}"{" id=device" if device else ""}>{ICONS[mark]}'
        f"<span{' role=status' if device else ''}>{escape(texts[f'check.{check}'])}"
        f"{texts['separator']}<b>{escape(texts[f'{check}.{outcome}'])}</b>"
        f"<small>{escape(texts[note])}</small>"
        f'<small class="where">{escape(texts[f"where.{where}"])}</small></span></li>'
    )


def as_of(state: State, texts: Texts, *, read: bool) -> str:
    """Return the line that says up to when the register is known."""
    if state is State.TOKEN_INVALID:
        return ""
    if not read:
        return f'<p class="asof">{escape(texts["as_of.none"])}</p>'
    return (
        f'<p class="asof">{escape(texts["as_of"])} '
        f'<time datetime="[[instant]]">[[as_of]]</time>'
        f'<span class="zone">{escape(texts["zone"])}</span></p>'
    )
