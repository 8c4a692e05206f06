"""What a refresh token is worth, and how coarsely a device is told."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from identity.domain.sessions import Browser, Limits, Session, System, Verdict, device_of

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(hours=1), absolute=timedelta(hours=12), grace=timedelta(seconds=10))


def session(**changes):
    fields = {
        "id": uuid4(),
        "account_id": uuid4(),
        "browser": Browser.OTHER,
        "system": System.OTHER,
        "begun_at": NOW,
        "last_used_at": NOW,
        "generation": 3,
        "ended_at": None,
    }
    return Session(**fields | changes)


@pytest.mark.parametrize(
    ("generation", "seconds", "verdict"),
    [
        (3, 0, Verdict.GOOD),
        (3, 3599, Verdict.GOOD),
        (3, 3600, Verdict.OVER),
        (2, 10, Verdict.GOOD),
        (2, 11, Verdict.REUSED),
        (1, 0, Verdict.REUSED),
        (1, 3600, Verdict.OVER),
    ],
)
def test_only_the_newest_is_good_but_for_a_moment(generation, seconds, verdict):
    assert session().judge(generation, NOW + timedelta(seconds=seconds), LIMITS) is verdict


def test_nothing_is_good_after_the_end():
    assert session(ended_at=NOW).judge(3, NOW, LIMITS) is Verdict.OVER
    old = session(begun_at=NOW - timedelta(hours=12))
    assert old.judge(3, NOW, LIMITS) is Verdict.OVER


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36", "chrome", "windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", "edge", "windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0", "firefox", "linux"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/18.0 Safari/604.1", "safari", "ios"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/99 MicroMessenger/8.0", "wechat", "android"),
        ("curl/8.0", "other", "other"),
        ("", "other", "other"),
    ],
)
def test_a_device_is_told_by_kind(user_agent, browser, system):
    assert device_of(user_agent) == (browser, system)
