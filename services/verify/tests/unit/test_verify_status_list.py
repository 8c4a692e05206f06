"""The form of a status list: the standard's packing, our profile's refusals, the vectors."""

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.verify.tests.unit.status_vectors import (
    AS_OF,
    FILE,
    KEYS,
    MEMBERS,
    SIGNING,
    cases,
    document,
    slots,
    token,
)

from verify.status_list import (
    INVALID,
    SLOTS,
    Outcome,
    Slots,
    StatusListRefused,
    outcome,
    place,
    read_status_list,
)

VECTORS = json.loads(FILE.read_text())


def test_packing_is_that_of_the_standards_example():
    packed = Slots.of(MEMBERS[0]).packed
    assert packed[:3] == bytes.fromhex("c944f9")
    assert [slots(0)[slot] for slot in range(12)] == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]


def test_every_slot_begins_as_invalid():
    assert {Slots()[slot] for slot in range(SLOTS)} == {INVALID}
    assert Slots.of({}).packed == Slots().packed


@given(st.lists(st.tuples(st.integers(0, SLOTS - 1), st.integers(0, 3)), max_size=60))
def test_slot_says_what_was_written_last_and_no_other_changes(entries):
    one = Slots()
    for slot, code in entries:
        one[slot] = code
    last = dict(entries)
    assert all(one[slot] == code for slot, code in last.items())
    by_code: dict[int, list[int]] = {}
    for slot, code in last.items():
        by_code.setdefault(code, []).append(slot)
    assert Slots.of(by_code).packed == one.packed


@pytest.mark.parametrize(
    ("index", "where"), [(0, (0, 0)), (SLOTS - 1, (0, SLOTS - 1)), (SLOTS, (1, 0))]
)
def test_index_has_one_place(index, where):
    assert place(index) == where


def test_read_undoes_sign():
    read = read_status_list(token(1), KEYS)
    assert (read.number, read.as_of, read.key_id) == (1, AS_OF, "st-1")
    assert read.slots.packed == slots(1).packed


def test_end_counts_from_the_instant_of_the_facts():
    whole = AS_OF.replace(microsecond=0)
    read = read_status_list(token(0, as_of=AS_OF + timedelta(microseconds=900_000)), KEYS)
    assert (read.as_of, read.expires_at) == (whole, whole + timedelta(days=1))


def test_equal_slots_sign_to_equal_text():
    assert token(0) == SIGNING.token(0, slots(0).deflated(), as_of=AS_OF)


class TestVectors:
    def test_file_is_what_its_keys_make(self):
        assert document() == VECTORS

    @pytest.mark.parametrize("vector", VECTORS["lists"], ids=lambda one: str(one["number"]))
    def test_list_reads_as_stated(self, vector):
        read = read_status_list(vector["signed"], KEYS)
        assert read.number == vector["number"]
        stated = {int(code): found for code, found in vector["not_invalid"].items()}
        assert read.slots.packed == Slots.of(stated).packed

    @pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda one: one["reason"])
    def test_what_is_no_list_is_refused(self, vector):
        with pytest.raises(StatusListRefused):
            read_status_list(vector["signed"], KEYS)

    @pytest.mark.parametrize("vector", VECTORS["answers"], ids=lambda one: one["case"])
    def test_code_is_answered_as_stated(self, vector):
        held = read_status_list(VECTORS["lists"][vector["list"]]["signed"], KEYS)
        said = outcome(
            held,
            vector["index"],
            date.fromisoformat(vector["issued_on"]),
            now=datetime.fromisoformat(vector["now"]),
        )
        assert said == vector["outcome"]

    def test_every_outcome_has_a_case(self):
        assert {case[-1] for case in cases()} == set(Outcome)
