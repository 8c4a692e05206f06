"""What form of the answer a request asks for; the same headers come again and again."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs

from verify.pages.parts import Variant


@dataclass(frozen=True, slots=True)
class Form:
    """JSON, or a page in a language and size."""

    json: bool
    variant: Variant


@lru_cache(maxsize=1024)
def form_of(accept: bytes, accept_language: bytes, query: bytes) -> Form:
    """Return the form asked for: Chinese HTML unless the request says otherwise."""
    wanted = parse_qs(query[:200].decode("latin-1"))
    language = wanted.get("lang", [""])[-1]
    if language not in ("zh", "en"):
        language = _language(accept_language[:200].decode("latin-1"))
    large = wanted.get("type", [""])[-1] == "large"
    return Form(_prefers_json(accept[:500].decode("latin-1")), Variant(language, large))


def _prefers_json(accept: str) -> bool:
    weights = _weights(accept)
    json = max(weights.get("application/json", 0.0), weights.get("application/problem+json", 0.0))
    return json > weights.get("text/html", weights.get("text/*", 0.0))


def _language(accept_language: str) -> str:
    weights = _weights(accept_language)
    best = {"zh": 0.0, "en": 0.0}
    for tag, weight in weights.items():
        primary = tag.split("-")[0]
        if primary in best:
            best[primary] = max(best[primary], weight)
    return "en" if best["en"] > best["zh"] else "zh"


def _weights(header: str) -> dict[str, float]:
    """Return each item of an Accept header with its q-value; what is unreadable weighs nothing."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights[name] = float(quality)
        except ValueError:
            weights[name] = 0.0
    return weights
