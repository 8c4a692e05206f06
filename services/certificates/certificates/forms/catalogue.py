"""Which forms there are, and how the data of each becomes the words on its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.forms import annex_2, annex_3, extract
from certificates.forms.filling import Filling

Fill = Callable[[Mapping[str, Any]], Filling]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is filled, and the pages it may have."""

    name: str
    title: str
    fill: Fill
    most_pages: int


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("annex-2", "电子签章启用申请", annex_2.fill, most_pages=1),
        Form("annex-3", "管理员信息备案表", annex_3.fill, most_pages=2),
        Form("extract", "继续教育学时证明", extract.fill, most_pages=6),
    )
}
