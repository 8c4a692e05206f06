"""Page marks go round, and anything else is refused."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.errors import CursorUnreadable
from hours.http.cursors import read_cursor, write_cursor


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_written_cursor_is_read_back(at, row_id) -> None:
    assert read_cursor(write_cursor(at, row_id)) == (at, row_id)


def test_no_cursor_is_the_first_page() -> None:
    assert read_cursor(None) is None


@given(st.text(max_size=60))
def test_foreign_text_is_refused_never_a_crash(garbage) -> None:
    with pytest.raises(CursorUnreadable):
        read_cursor(garbage)


def test_instant_without_zone_is_refused() -> None:
    naive = write_cursor(datetime(2026, 1, 1), uuid4())  # noqa: DTZ001 - the point of the test
    with pytest.raises(CursorUnreadable):
        read_cursor(naive)
