"""Every event schema is complete enough to be relied on by somebody who reads nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.contract.events import BY_TYPE, ENVELOPE, EVENT_FILES, EventFile

MARKS = {"none", "name", "identifier", "contact"}
NAME = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+\.v[1-9][0-9]*")
every_event = pytest.mark.parametrize("file", EVENT_FILES, ids=str)


@every_event
def test_schema_is_valid_draft_2020_12(file: EventFile) -> None:
    assert file.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(file.schema)


def test_envelope_is_valid_draft_2020_12() -> None:
    Draft202012Validator.check_schema(ENVELOPE)


@every_event
def test_name_is_the_same_everywhere(file: EventFile) -> None:
    assert NAME.fullmatch(file.type)
    assert file.schema["title"] == file.type
    assert file.schema["$id"] == f"urn:yuzheng:event:{file.type}"
    assert file.type.split(".")[0] == file.producer
    assert file.schema["description"].endswith(".")


@every_event
def test_every_field_says_what_it_means_and_whether_it_is_personal(file: EventFile) -> None:
    for name, field in file.schema["properties"].items():
        assert field.get("x-pii") in MARKS, f"{name}: x-pii must be one of {sorted(MARKS)}"
        assert field.get("description"), f"{name}: needs a description"


@every_event
def test_personal_fields_are_plain_texts_so_that_the_chassis_can_encrypt_them(
    file: EventFile,
) -> None:
    # chassis.envelope.seal encrypts strings at the top level only: a mark anywhere else would
    # be believed and not obeyed.
    for name, field in file.schema["properties"].items():
        if field["x-pii"] != "none":
            assert field["type"] in ("string", ["string", "null"]), name
        for inner in _nested_properties(field):
            assert inner.get("x-pii", "none") == "none", f"{name}: a nested field is marked"


@every_event
def test_examples_are_given_and_valid(file: EventFile) -> None:
    validator = Draft202012Validator(file.schema, format_checker=FormatChecker())
    assert file.examples
    for example in file.examples:
        assert not list(validator.iter_errors(example))


@every_event
def test_examples_show_every_field(file: EventFile) -> None:
    shown = {name for example in file.examples for name in example}
    assert shown == set(file.schema["properties"])


def test_every_format_used_is_one_the_validator_really_checks() -> None:
    # jsonschema passes over formats whose optional package is absent.
    used = {format_ for file in EVENT_FILES for format_ in _formats(file.schema)}
    assert used <= set(FormatChecker().checkers)
    assert not FormatChecker().conforms("yesterday", "date-time")


def test_file_name_is_unique_by_type() -> None:
    assert len(BY_TYPE) == len(EVENT_FILES)


def _nested_properties(field: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inner = [*field.get("properties", {}).values()]
    yield from inner
    for one in [*inner, *([field["items"]] if "items" in field else [])]:
        yield from _nested_properties(one)


def _formats(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("format"), str):
            yield node["format"]
        for value in node.values():
            yield from _formats(value)
    elif isinstance(node, list):
        for value in node:
            yield from _formats(value)
