from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from verify.domain import Answer, Fact, SealState, State
from verify.http.negotiation import form_of
from verify.pages import Pages, hours
from verify.pages.parts import Variant

PAGES = Pages("www.example.gov.cn")
FACT = Fact(
    1, 0, "", "valid", "张*", "female",
    "410105********0020", "41038517264970", 2026, 2, "intermediate",
    905, 300, 605, "<b>医院</b>", "o", "郑州市人力资源和社会保障局", "2026-11-20",
    7, "d8a60089964b39b0",
)  # fmt: skip
AS_OF = datetime(2026, 11, 23, 6, 5, 32, tzinfo=UTC)
ALL_VARIANTS = [Variant(language, large) for language in ("zh", "en") for large in (False, True)]


def render(answer, variant=ALL_VARIANTS[0]):
    return PAGES.template(answer, variant).fill(PAGES.values(answer, variant)).decode()


def answer(state, as_of=AS_OF):
    fact = FACT if state in ("valid", "suspended", "superseded", "revoked") else None
    return Answer(State(state), SealState.ACTIVE, fact, None, as_of)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("variant", ALL_VARIANTS, ids=str)
def test_page_is_complete_and_small_in_every_state_and_variant(state, variant):
    page = render(answer(state), variant)
    assert "{{" not in page
    assert "[[" not in page
    assert len(page.encode()) < 30_000
    assert "<script" not in page
    assert "www.example.gov.cn" in page
    HTMLParser().feed(page)


def test_titles_of_states_are_all_different():
    titles = {render(answer(state)).split("<h1>")[1].split("</h1>")[0] for state in State}
    assert len(titles) == len(State)


def test_icons_of_states_are_all_different():
    icons = {render(answer(state)).split("<svg")[1].split("</svg>")[0] for state in State}
    assert len(icons) == len(State)


def test_facts_are_shown_escaped_when_certificate_is_known():
    page = render(answer("valid"))
    for part in ("张*", "41038517264970", "2026 年", "第 2 版", "90.5", "30", "60.5"):
        assert part in page
    assert "&lt;b&gt;医院&lt;/b&gt;" in page
    assert "2026 年 11 月 23 日 14:05:32" in page


def test_page_says_so_when_no_instant_is_known():
    assert "尚未取得登记信息" in render(answer("could_not_check", as_of=None))


def test_new_office_name_stands_beside_the_printed_one():
    renamed = Answer(State.VALID, SealState.ACTIVE, FACT, "郑州市人社局", AS_OF)
    assert "郑州市人力资源和社会保障局（现名：郑州市人社局）" in render(renamed)


@pytest.mark.parametrize(("tenths", "shown"), [(900, "90"), (905, "90.5"), (0, "0")])
def test_hours_are_written_as_people_do(tenths, shown):
    assert hours(tenths) == shown


@pytest.mark.parametrize(
    ("accept", "language", "query", "json", "variant"),
    [
        (b"", b"", b"", False, Variant("zh", large=False)),
        (
            b"text/html,application/xhtml+xml,*/*;q=0.8",
            b"en-GB,en;q=0.9",
            b"",
            False,
            Variant("en"),
        ),
        (b"*/*", b"zh-CN,zh;q=0.9,en;q=0.8", b"", False, Variant("zh")),
        (b"application/json", b"", b"", True, Variant("zh")),
        (b"text/html;q=0.5, application/json", b"", b"", True, Variant("zh")),
        (b"text/html, application/json", b"", b"", False, Variant("zh")),
        (b"", b"en", b"lang=zh&type=large", False, Variant("zh", large=True)),
        (b"", b"fr;q=x", b"lang=xx&type=%00", False, Variant("zh")),
    ],
)
def test_form_is_what_the_request_asks_for(accept, language, query, json, variant):
    form = form_of(accept, language, query)
    assert (form.json, form.variant) == (json, variant)
