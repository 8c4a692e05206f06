"""The log of a drill: what was done and seen, with the time, for the terminal and for the docs."""

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from chassis.clock import SystemClock
from deploy.local.terminal import say


class DrillFailed(Exception):
    """What the runbook promises did not hold; says what."""


@dataclass
class Log:
    """Lines in their order; ``check`` stops the drill when a promise does not hold."""

    lines: list[str] = field(default_factory=list)
    _began: float = field(default_factory=monotonic)

    def head(self, text: str) -> None:
        """Begin a section."""
        self.lines += ["", f"### {text}", ""]
        say(f"\n{text}")

    def note(self, text: str) -> None:
        """Write one line with the seconds since the drill began."""
        line = f"{monotonic() - self._began:7.1f} s  {text}"
        self.lines.append(f"    {line}")
        say(line)

    def check(self, promise: str, *, held: object, found: object = "") -> None:
        """Write whether the promise held; raise ``DrillFailed`` when it did not."""
        seen = f": {found}" if found != "" else ""
        self.note(f"{'✓' if held else '✗'} {promise}{seen}")
        if not held:
            raise DrillFailed(f"{promise}{seen}")

    def write(self, path: Path, title: str) -> None:
        """Write what was logged as a page."""
        path.parent.mkdir(exist_ok=True)
        day = f"{SystemClock().now():%Y-%m-%d %H:%M} UTC"
        path.write_text("\n".join([f"# {title}, {day}", *self.lines, ""]), encoding="utf-8")
