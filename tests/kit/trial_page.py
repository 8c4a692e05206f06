"""Makes the page that the conformance suite for whole PDFs hands in.

`python -m tests.kit.trial_page`, after `python -m certificates.fonts build`; looks as a certificate
does to a seal service: PDF/A-3u, tagged, with an attachment. The suite adds its reference.
"""

import hashlib
from pathlib import Path

import weasyprint
from tests.kit.stack import ROOT

from certificates.layout import MILLIMETRE, PAGE_HEIGHT, SEAL_BOX
from certificates.rendering import canary
from certificates.rendering.typesetting import Typesetter
from certificates.rendering.versions import TemplateVersion

TARGET = ROOT / "services/seal/seal/conformance/trial_page.pdf"
_LEFT, _LOW, _RIGHT, _TOP = (edge / MILLIMETRE for edge in SEAL_BOX)
_PAGE = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>签章服务符合性测试页（不是证书）</title>
<meta name="description" content="canary-conformance"></head>
<body>
<p class="mark" aria-hidden="true">不是证书</p>
<h1>签章服务符合性测试页</h1>
<p class="notice">本页仅供测试，不是证书，不证明任何事项</p>
<p>本页用于检查签章服务是否符合接入要求，可以照常签章。签章后的文件只供检查，不发给任何人。持本页主张任何事项均属无效。</p>
<p class="key">请求标识见文件属性“主题”。</p>
<div class="place" style="left: {_LEFT:.2f}mm; top: {PAGE_HEIGHT / MILLIMETRE - _TOP:.2f}mm;
 width: {_RIGHT - _LEFT:.2f}mm; height: {_TOP - _LOW:.2f}mm"></div>
</body>
</html>
"""


class _Trial(TemplateVersion):
    __slots__ = ()

    @property
    def folder(self) -> Path:
        """Return where its style is: it looks as the page of each day does."""
        return Path(canary.__file__).parent


def trial_page(fonts_dir: Path) -> bytes:
    """Return the page; the same fonts give the same bytes."""
    attachment = weasyprint.Attachment(
        string='{"notice": "不是证书"}', name="notice.json", relationship="Data"
    )
    return Typesetter(fonts_dir).write(
        _PAGE,
        _Trial("trial", "1"),
        identifier=hashlib.sha256(_PAGE.encode()).digest(),
        finisher=lambda *_: None,
        attachments=[attachment],
    )


if __name__ == "__main__":
    TARGET.write_bytes(trial_page(ROOT / ".local" / "fonts"))
