import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from certificates.record import RecordMalformed, canonical_bytes, digest, parse_record

SCHEMA = json.loads((Path(__file__).parents[4] / "contracts/record/certificate.json").read_text())


def test_canonical_bytes_are_sorted_and_compact_utf8(record):
    data = canonical_bytes(record)
    assert list(json.loads(data)) == sorted(json.loads(data))
    assert b": " not in data
    assert "欧阳䶮".encode() in data


def test_record_obeys_its_published_schema(record):
    jsonschema.validate(json.loads(canonical_bytes(record)), SCHEMA)


def test_example_of_the_schema_is_a_record():
    example = SCHEMA["examples"][0]
    text = json.dumps(example, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical_bytes(parse_record(text.encode())) == text.encode()


def test_record_reads_back_equal(record):
    assert parse_record(canonical_bytes(record)) == record


def test_name_is_kept_as_received(record):
    decomposed = replace(record, name="Ame\u0301lie")
    assert parse_record(canonical_bytes(decomposed)).name == "Ame\u0301lie"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b'","', b'", "', 1),
        lambda data: data[:-1],
        lambda data: data[:-1] + b',"zebra":1}',
        lambda data: data.replace(b'"2026-11-23"', b'"2026-11-31"'),
        lambda data: data.replace(b'"version":1', b'"version":1.0'),
        lambda _: b"[]",
    ],
)
def test_anything_but_canonical_bytes_is_refused(record, change):
    with pytest.raises(RecordMalformed):
        parse_record(change(canonical_bytes(record)))


@pytest.mark.parametrize("field", ["name", "employer", "number", "office_name", "level"])
def test_digest_changes_with_every_field(record, field):
    assert digest(replace(record, **{field: "x"})) != digest(record)
