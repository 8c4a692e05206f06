"""Impossible settings are refused at start."""

import pytest
from pydantic import ValidationError

from hours.settings import HoursSettings


def test_file_limit_must_fit_into_a_request() -> None:
    given = {"api_port": 1, "worker_port": 1, "database_url": "x", "objects_url": "memory:///"}
    HoursSettings(**given)
    with pytest.raises(ValidationError):
        HoursSettings(**given, request_body_limit_bytes=1024)
