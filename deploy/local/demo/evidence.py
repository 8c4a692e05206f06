"""Real evidence files: a completion certificate as PDF, and a photograph of one as JPEG."""

import io

from PIL import Image, ImageDraw
from weasyprint import HTML

from deploy.local.demo.people import Evidence

_PAGE = """<html lang="zh">
<style>body {{ font-family: 'Noto Serif CJK SC'; margin: 20mm }}</style>
<h1>培训结业证明</h1>
<p>兹证明 {name} 参加急危重症护理新进展研修班，共 60 学时，考核合格。</p></html>"""


def completion_certificate(name: str) -> Evidence:
    """Return the PDF a training organiser would hand out."""
    content = HTML(string=_PAGE.format(name=name)).write_pdf()
    return Evidence("结业证明.pdf", content, "application/pdf")


def photograph() -> Evidence:
    """Return a photograph, as a telephone would take it."""
    picture = Image.new("RGB", (1200, 900), "#e8e2d0")
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.rectangle((120, 120 + line * 55, 1080 - (line % 4) * 90, 140 + line * 55), "#5b5646")
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80)
    return Evidence("结业证明.jpg", stream.getvalue(), "image/jpeg")
