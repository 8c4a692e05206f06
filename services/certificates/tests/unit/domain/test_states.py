from itertools import product

import pytest

from certificates.domain.presence import StepSkipped, present
from certificates.domain.states import (
    AWAITING_SEAL,
    IN_FORCE,
    OPEN_INTENT,
    CertificateState,
    IntentState,
    may_become,
)

ALLOWED = {
    ("valid", "suspended"),
    ("valid", "superseded"),
    ("valid", "revoked"),
    ("suspended", "valid"),
    ("suspended", "superseded"),
    ("suspended", "revoked"),
}


@pytest.mark.parametrize(("present_state", "target"), list(product(CertificateState, repeat=2)))
def test_certificate_moves_only_as_allowed(present_state, target):
    assert may_become(present_state, target) is ((present_state, target) in ALLOWED)


def test_final_states_are_not_in_force():
    assert {CertificateState.VALID, CertificateState.SUSPENDED} == IN_FORCE


def test_issued_and_cancelled_intents_are_closed():
    assert set(IntentState) - OPEN_INTENT == {IntentState.ISSUED, IntentState.CANCELLED}
    assert AWAITING_SEAL < OPEN_INTENT


def test_missing_value_of_an_earlier_step_is_a_fault():
    assert present(0) == 0
    with pytest.raises(StepSkipped):
        present(None)
