"""Between two states of a certificate there is one way, however much of it was forgotten."""

import pytest

from certificates.domain.recovery import Contradiction, missed_states
from certificates.domain.states import CertificateState

VALID, SUSPENDED = CertificateState.VALID, CertificateState.SUSPENDED
SUPERSEDED, REVOKED = CertificateState.SUPERSEDED, CertificateState.REVOKED


@pytest.mark.parametrize(
    ("held", "told", "count", "way"),
    [
        (None, VALID, 1, [VALID]),
        (None, REVOKED, 2, [VALID, REVOKED]),
        (None, VALID, 3, [VALID, SUSPENDED, VALID]),
        (VALID, REVOKED, 1, [REVOKED]),
        (VALID, REVOKED, 2, [SUSPENDED, REVOKED]),
        (VALID, SUPERSEDED, 3, [SUSPENDED, VALID, SUPERSEDED]),
        (SUSPENDED, VALID, 1, [VALID]),
        (SUSPENDED, SUSPENDED, 2, [VALID, SUSPENDED]),
    ],
)
def test_the_way_is_found(held, told, count, way) -> None:
    assert missed_states(held, told, count) == way


@pytest.mark.parametrize(
    ("held", "told", "count"),
    [
        (None, REVOKED, 1),
        (None, SUSPENDED, 1),
        (None, VALID, 2),
        (VALID, VALID, 1),
        (VALID, SUSPENDED, 2),
        (REVOKED, VALID, 1),
        (SUPERSEDED, REVOKED, 2),
    ],
)
def test_a_way_that_nobody_can_have_gone_is_refused(held, told, count) -> None:
    with pytest.raises(Contradiction):
        missed_states(held, told, count)
