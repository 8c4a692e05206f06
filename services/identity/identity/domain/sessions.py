"""Sessions of people: how long one lasts, and what a refresh token shown again means. No I/O."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# Recognised by whoever scans logs and repositories for secrets.
_PREFIX = "yzr_"
_TOKEN_BYTES = 32


class Browser(StrEnum):
    WECHAT = "wechat"
    EDGE = "edge"
    FIREFOX = "firefox"
    CHROME = "chrome"
    SAFARI = "safari"
    OTHER = "other"


class System(StrEnum):
    HARMONY = "harmony"
    ANDROID = "android"
    IOS = "ios"
    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a session ended before its time."""

    LOGGED_OUT = "logged_out"
    ENDED_BY_OWNER = "ended_by_owner"
    LOGGED_IN_AGAIN = "logged_in_again"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a secret
    TOKEN_REUSED = "token_reused"  # noqa: S105 - a reason, not a secret
    ACCOUNT_CLOSED = "account_closed"


class Verdict(StrEnum):
    """What a refresh token is good for."""

    GOOD = "good"
    OVER = "over"
    REUSED = "reused"


@dataclass(frozen=True)
class Limits:
    """How long sessions last, and how long the token before the newest is still taken."""

    idle: timedelta
    absolute: timedelta
    grace: timedelta

    def over_at(self, session: "Session", now: datetime) -> bool:
        """Tell whether the session has run out."""
        idle, age = now - session.last_used_at, now - session.begun_at
        return idle >= self.idle or age >= self.absolute


@dataclass(frozen=True)
class Session:
    """One log-in of an account on one device.

    Every renewal gives a token of the next generation. Tabs that renew at the same moment show
    the same one; each gets a token of the new generation, and whichever the browser keeps is good.
    """

    id: UUID
    account_id: UUID
    browser: Browser
    system: System
    begun_at: datetime
    last_used_at: datetime
    generation: int
    ended_at: datetime | None

    def judge(self, generation: int, now: datetime, limits: Limits) -> Verdict:
        """Say what a token of that generation, shown now, is good for.

        An older token than the newest is somebody's copy, unless it is the last one's and was
        replaced a moment ago. Who shows it, thief or owner, cannot be told: the session ends.
        """
        if self.ended_at or limits.over_at(self, now):
            return Verdict.OVER
        racing = generation == self.generation - 1 and now - self.last_used_at <= limits.grace
        return Verdict.GOOD if generation == self.generation or racing else Verdict.REUSED


def new_refresh_token() -> str:
    """Return a refresh token; only its hash is kept."""
    return _PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """Return what is kept of a token; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


# First match counts: most browsers name several others.
_BROWSERS = (
    ("micromessenger", Browser.WECHAT),
    ("edg", Browser.EDGE),
    ("firefox", Browser.FIREFOX),
    ("fxios", Browser.FIREFOX),
    ("chrome", Browser.CHROME),
    ("crios", Browser.CHROME),
    ("safari", Browser.SAFARI),
)
_SYSTEMS = (
    ("harmony", System.HARMONY),
    ("android", System.ANDROID),
    ("iphone", System.IOS),
    ("ipad", System.IOS),
    ("windows", System.WINDOWS),
    ("macintosh", System.MACOS),
    ("linux", System.LINUX),
)


def device_of(user_agent: str) -> tuple[Browser, System]:
    """Return the kinds of browser and system: enough to know one's own, and nothing more."""
    text = user_agent[:1000].lower()
    browser = next((kind for word, kind in _BROWSERS if word in text), Browser.OTHER)
    system = next((kind for word, kind in _SYSTEMS if word in text), System.OTHER)
    return browser, system
