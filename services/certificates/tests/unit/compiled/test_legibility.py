"""Printed codes are read after everything that paper, scanners and cameras do to them.

``LEGIBILITY_TABLE=FILE pytest …/test_legibility.py`` writes the table of docs/qr-legibility.md.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from services.certificates.tests.unit.compiled.legibility import (
    BLURS,
    JPEGS,
    PRINT_SCALES,
    TURNS,
    cells,
    code_on,
    page,
    read_by_zbar,
    read_by_zxing,
    read_nearer,
    seen,
)

from certificates.qr import certificate_url, signed_payload

# Up to here every cell is read; a module of the densest code is 2.8 pixels wide.
LIMIT = 0.9
TOKEN = "04Z27T0P00WNJJHKH57PAS71P4TBB00JEDMG"
LONGEST_HOST = "https://zyjsry.hrss.henan.gov.cn:8443"
READERS = ("zxing", "zxing, nearer", "zbar")


@pytest.fixture(scope="module")
def pages(fast, renderer, record, qr_url, qr_signer):
    """Return pages with what their codes say: as usually written, as rendered, the densest."""
    usual = certificate_url(
        "https://www.hnzjgl.gov.cn", TOKEN, signed_payload(record, TOKEN, 4711, qr_signer)
    )
    large = replace(record, number="41999999999999", version=255)
    densest = certificate_url(
        LONGEST_HOST, TOKEN, signed_payload(large, TOKEN, 2**32 - 1, qr_signer)
    )
    return {
        "compiled": (fast, qr_url),
        "rendered": (renderer.render(record, usual), usual),
        "densest": (renderer.render(record, densest), densest),
    }


@pytest.fixture(scope="module")
def found(pages, tmp_path_factory):
    """Return for each page, reader and cell what was read."""
    results = {}
    for name, (pdf, _) in pages.items():
        codes = {scale: code_on(page(pdf, scale)) for scale in PRINT_SCALES}
        pictures = {cell: seen(codes[cell.print_scale], cell) for cell in cells()}
        results[name, "zxing"] = read_by_zxing(pictures)
        results[name, "zxing, nearer"] = read_nearer(pictures)
        results[name, "zbar"] = read_by_zbar(pictures, tmp_path_factory.mktemp(name))
    if target := os.environ.get("LEGIBILITY_TABLE"):  # noqa: TID251 - where the table goes
        Path(target).write_text(table(results), encoding="utf-8")
    return results


def table(results) -> str:
    """Return how many codes of each blur and quality were not read, by reader."""
    lines = ["| blur | JPEG | codes | " + " | ".join([*READERS, "none of them"]) + " |"]
    lines.append("|---" * (len(READERS) + 4) + "|")
    names = sorted({name for name, _ in results})
    for blur in BLURS:
        for jpeg in JPEGS:
            some = [(n, c) for n in names for c in cells() if (c.blur, c.jpeg) == (blur, jpeg)]
            unread = [sum(c not in results[n, by] for n, c in some) for by in READERS]
            nobody = sum(all(c not in results[n, by] for by in READERS) for n, c in some)
            counts = " | ".join(str(count or "") for count in [*unread, nobody])
            lines.append(f"| {blur} | {jpeg or 'lossless'} | {len(some)} | {counts} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["compiled", "rendered", "densest"])
def test_every_code_within_the_limit_is_read(found, pages, name):
    url = pages[name][1]
    unread = [
        cell
        for cell in cells()
        if cell.blur <= LIMIT and all(found[name, by].get(cell) != url for by in READERS)
    ]
    assert unread == []


@pytest.mark.parametrize("by", READERS)
def test_no_reader_fails_on_more_than_a_few_within_the_limit(found, pages, by):
    within = [(name, cell) for name in pages for cell in cells() if cell.blur <= LIMIT]
    unread = sum(cell not in found[name, by] for name, cell in within)
    # One look at a picture of exactly the wrong size is not enough for zxing; a camera has many.
    assert unread <= len(within) * (0.3 if by == "zxing" else 0.05)


@pytest.mark.parametrize("by", READERS)
def test_nothing_is_ever_read_wrong(found, pages, by):
    for name, (_, url) in pages.items():
        assert set(found[name, by].values()) == {url}


@pytest.mark.parametrize("turn", TURNS)
def test_picture_is_the_same_each_time(pages, turn):
    pdf, _ = pages["compiled"]
    cell = next(one for one in cells() if one.turn == turn and one.blur and one.jpeg)
    pictures = [seen(code_on(page(pdf, cell.print_scale)), cell).tobytes() for _ in range(2)]
    assert pictures[0] == pictures[1]
