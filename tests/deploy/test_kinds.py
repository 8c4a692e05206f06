"""Every object is what its interface takes: Kubernetes' own kinds, and those of the operators."""

from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from tests.deploy.rendered import OVERLAYS, Manifest, name_of, rendered

# The oldest that is served (README): with a newer one a field that came later would not be seen.
KUBERNETES = "1.34"
SCHEMAS = Path(__file__).parent / "schemas"


@cache
def registry() -> Registry[Any]:
    """Return every schema of ours under its file name."""
    return Registry().with_resources(
        (path.name, Resource(yaml.safe_load(path.read_text()), DRAFT202012))
        for path in SCHEMAS.glob("*.yaml")
    )


@cache
def validator(name: str) -> Draft202012Validator:
    schema = registry().contents(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, registry=registry().resolver(name)._registry)


def schema_name(manifest: Manifest) -> str:
    return f"{manifest['apiVersion'].replace('/', '_')}_{manifest['kind']}.yaml"


def wrong(manifest: Manifest) -> list[str]:
    """Return what is wrong with an object; a kind that nobody knows is wrong."""
    try:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as error:
        return [f"{name_of(manifest)}: {error.message}"]
    except kubernetes_validate.SchemaNotFoundError:
        return _wrong_by_our_schema(manifest)
    return []


def _wrong_by_our_schema(manifest: Manifest) -> list[str]:
    name = schema_name(manifest)
    if not (SCHEMAS / name).exists():
        return [f"{name_of(manifest)}: no schema; write tests/deploy/schemas/{name}"]
    return [
        f"{name_of(manifest)}: {error.json_path}: {error.message}"
        for error in validator(name).iter_errors(manifest)
    ]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_object_is_what_its_interface_takes(overlay: str) -> None:
    # Objects of one shape are many; each is checked, for their values differ.
    assert [line for manifest in rendered(overlay) for line in wrong(manifest)] == []


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_object_is_there_twice(overlay: str) -> None:
    names = [(one["apiVersion"], name_of(one)) for one in rendered(overlay)]
    assert len(set(names)) == len(names)


def test_every_schema_is_of_a_kind_that_is_used() -> None:
    used = {schema_name(one) for overlay in OVERLAYS for one in rendered(overlay)}
    assert {path.name for path in SCHEMAS.glob("*.yaml")} - used == {"shared.yaml"}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("ScaledObject", {"maxReplicas": 3}),
        ("RabbitmqCluster", {"replicas": 2}),
        ("Cluster", {"imageName": "postgresql:latest"}),
        ("Deployment", {"replica": 3}),
    ],
)
def test_a_field_that_does_not_exist_or_a_value_that_may_not_be_is_found(
    kind: str, change: dict[str, Any]
) -> None:
    manifest = next(one for one in rendered("province") if one["kind"] == kind)
    assert wrong({**manifest, "spec": {**manifest["spec"], **change}}) != []


def test_a_kind_without_a_schema_is_found() -> None:
    unknown = {"apiVersion": "example.org/v1", "kind": "Unknown", "metadata": {"name": "one"}}
    assert "no schema" in wrong(unknown)[0]
