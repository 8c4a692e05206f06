"""Forms for other services: data in, PDF out."""

import json
import threading
from dataclasses import replace

import pypdfium2
import pytest
from tests.kit.stack import ROOT

from certificates import printshop
from certificates.printshop import Printshop

pytestmark = pytest.mark.infra


@pytest.fixture(autouse=True)
def _shared_document_processes(office, workshop, settings):
    """Print in the processes that all tests share: starting them takes seconds."""
    office.app.state.printshop = Printshop(workshop, settings.fonts_dir, settings.contracts_dir)


FORMS = {
    path.stem: json.loads(path.read_text())["examples"][0]
    for path in sorted((ROOT / "contracts" / "forms").glob("*.json"))
}


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    return answer.status_code, body["code"], body.get("field")


@pytest.fixture
def print_form(office):
    headers = office.headers(service="identity", scopes=["certificates.forms"])

    async def post(form, data, headers=headers):
        return await office.http.post(f"/internal/forms/{form}", json=data, headers=headers)

    return post


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("form", FORMS)
async def test_gives_the_pdf_and_says_which_template_made_it(office, print_form, form):
    answer = await print_form(form, FORMS[form])
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert f"{form}/2026.1" in words(answer.content)
    (digest,) = [
        row["digest"]
        for row in await office.rows("template_versions")
        if (row["form"], row["state"]) == (form, "live")
    ]
    assert answer.headers["yuzheng-template"] == f"{form}/2026.1"
    assert answer.headers["yuzheng-template-digest"] == digest


async def test_same_data_gives_the_same_bytes(print_form):
    first, second = [await print_form("annex-2", FORMS["annex-2"]) for _ in range(2)]
    assert first.content == second.content


@pytest.mark.parametrize("form", ["annex-9", "certificate"])
async def test_unknown_form_is_not_found(print_form, form):
    assert problem(await print_form(form, {})) == (404, "certificates.form_unknown", None)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, (400, "certificates.form_data_invalid", "/office_name")),
        (
            {"office_name": "郑州\U0003fffd"},
            (400, "certificates.form_glyph_missing", "/office_name"),
        ),
    ],
    ids=["missing", "glyph"],
)
async def test_bad_data_is_a_problem_that_names_the_field(print_form, data, expected):
    answer = await print_form("annex-2", data)
    assert problem(answer) == expected


async def test_missing_glyph_names_the_character(print_form):
    answer = await print_form("annex-2", {"office_name": "郑州\U0003fffd"})
    assert "U+3FFFD" in answer.json()["detail"]


async def test_body_that_is_no_object_is_a_problem(print_form):
    answer = await print_form("annex-2", ["郑州"])
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_too_much_data_is_refused(print_form):
    answer = await print_form("annex-2", {"office_name": "x" * 1_100_000})
    assert problem(answer) == (413, "chassis.body_too_large", None)


@pytest.mark.parametrize(
    "claims",
    [
        {"service": "identity", "scopes": ["identity.resolve"]},
        {"scopes": ["certificates.forms"]},
    ],
    ids=["other-scope", "no-service"],
)
async def test_callers_without_the_scope_are_refused(office, print_form, claims):
    answer = await print_form("annex-2", FORMS["annex-2"], office.headers(**claims))
    assert problem(answer) == (403, "chassis.forbidden", None)


async def test_a_form_that_takes_too_long_is_given_up(office, print_form, monkeypatch):
    workshop = office.app.state.printshop._workshop
    await workshop.templates()
    processes = workshop._foreground
    monkeypatch.setattr(processes, "_bounds", replace(processes._bounds, timeout_seconds=0.2))
    monkeypatch.setattr(printshop, "_print_form", _hang)
    assert problem(await print_form("annex-2", FORMS["annex-2"])) == (
        503,
        "certificates.form_printing_failed",
        None,
    )


def _hang(*_: object) -> bytes:
    threading.Event().wait(60)
    return b""
