"""Files that failed the gate: how a quarantine ends, and what each finding means to an official.

A file in quarantine is never declared good by anybody. It is discarded and the certificate made
and sealed anew, or the very same bytes are examined again by the gate of today, which alone
decides: right after a wrong pin, a wrong revocation list or a wrong clock was mended.
"""

from dataclasses import dataclass
from enum import StrEnum


class QuarantineState(StrEnum):
    OPEN = "open"
    # Two people want it examined again; the worker has not done it yet.
    EXAMINING = "examining"
    DISCARDED = "discarded"
    # Examined again and found right: it was published.
    RELEASED = "released"
    # The year was reopened or completed again; nothing is to be made of it.
    CANCELLED = "cancelled"


class QuarantineDecision(StrEnum):
    DISCARD = "discard"
    EXAMINE_AGAIN = "examine_again"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a failed check says to an official, and what is to be done."""

    text: str
    remedy: str


_DISCARD = "查明原因后提出“作废重签”。"
_NOT_OURS = f"文件不是平台送签的内容：请立即联系签章单位核查签章服务，必要时停用签章；{_DISCARD}"
_SERVICE = f"请签章单位检查签章服务，可用符合性测试查出问题；{_DISCARD}"
FINDINGS = {
    "prefix": Finding("平台送签的内容被改动", _NOT_OURS),
    "one_signature": Finding("签名不止一个，或没有覆盖整个文件", _SERVICE),
    "digest": Finding("所签摘要与文件内容不符", _SERVICE),
    "signature": Finding("签名值不是备案证书的密钥所签", _SERVICE),
    "signer": Finding(
        "签名证书不是该单位备案的证书，或不在有效期内",
        "请核对签章备案和证书有效期：备案有误的，更正备案后提出“重新检查”；证书确实不对的，提出“作废重签”。",
    ),
    "revocation": Finding(
        "签名证书已被吊销，或没有足够新的吊销信息",
        "请向证书颁发机构核实：吊销信息有误的，更正后提出“重新检查”；确已吊销的，停用签章，另行启用后提出“作废重签”。",
    ),
    "development": Finding(
        "签名证书是测试证书，不具法律效力",
        "请停用该签章，另行启用正式签章后提出“作废重签”。",
    ),
    "structure": Finding("文件中有签章以外的增改", _NOT_OURS),
    "seal_box": Finding("印章不在规定的位置，或不可见", _SERVICE),
    "record": Finding("所附登记数据被改动", _NOT_OURS),
    "text": Finding("页面文字与登记内容不符", _NOT_OURS),
    # Of a later examination only.
    "seal_in_use": Finding(
        "发证单位目前没有启用的签章", "请先启用或恢复签章，再提出“重新检查”；或者提出“作废重签”。"
    ),
    "stored_file": Finding(
        "所存文件缺失或已损坏", "请运维核查文件存储；文件无法恢复的，提出“作废重签”。"
    ),
    "examination": Finding("检查没有完成", "请稍后再提出“重新检查”；反复出现的，提出“作废重签”。"),
}
_UNNAMED = Finding("未通过回收检查", _DISCARD)


def finding_of(check: str) -> Finding:
    """Return what a failed check means; one of an older version has the general sentence."""
    return FINDINGS.get(check, _UNNAMED)
