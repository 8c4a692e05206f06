"""Every kind of file keeps ISO 19005-3 (PDF/A-3u), clause by clause; docs/pdf-a.md lists them.

No independent checker of PDF/A-3 can be had from the registries that the project installs from;
these checks read the standard and the finished bytes, and nothing of how we write.
"""

import re

import pytest
from services.certificates.tests.unit.kinds import document, graphics, syntax
from services.certificates.tests.unit.kinds.inspected import REQUIREMENTS, Inspected
from tests.kit.stack import ROOT

MODULES = (syntax, graphics, document)
KINDS = (
    "compiled",
    "full",
    "full, rare character",
    "compiled, traced seal",
    "annex-2, impression",
    "reissued",
    "compiled, validated",
    "full, validated",
    "compiled, stamped again",
    "annex-2",
    "annex-3",
    "extract",
)


@pytest.fixture(scope="module")
def inspected(kinds):
    return {name: Inspected(file) for name, file in kinds.items()}


def test_every_kind_is_checked(kinds):
    assert set(kinds) == set(KINDS)


def test_the_documentation_lists_every_clause():
    table = (ROOT / "docs" / "pdf-a.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| (6[\d.]+) \|.*\| `(\w+)` \|$", table, re.MULTILINE))
    assert listed == {clause: check.__name__ for clause, check in REQUIREMENTS.items()}


@pytest.mark.parametrize("clause", REQUIREMENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_kind_keeps(kind, clause, inspected):
    assert list(REQUIREMENTS[clause](inspected[kind])) == []
