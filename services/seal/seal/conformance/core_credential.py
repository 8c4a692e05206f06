"""Profile core, first part: what the service says of itself and its credential."""

from seal.conformance.findings import NotMet
from seal.conformance.requirement import Catalogue
from seal.conformance.session import accepted
from seal.conformance.subject import (
    EC_KEY,
    ECDSA_WITH_SHA256,
    RSA_WITH_SHA256,
    Subject,
)

CREDENTIAL: Catalogue[Subject] = Catalogue("core")
_METHODS = {
    "credentials/list",
    "credentials/info",
    "credentials/authorize",
    "signatures/signHash",
}
_RSA_BITS = 2048
_RSA_KEY = "1.2.840.113549.1.1.1"
_ALGORITHMS = {ECDSA_WITH_SHA256, EC_KEY, RSA_WITH_SHA256, _RSA_KEY}


@CREDENTIAL.requires(
    "info",
    "服务信息（info）不需登录即可读取，并列出所需方法",
    remedy="按 CSC API v1 第 11.1 条提供 POST /csc/v1/info，methods 须含四个所需方法。",
)
async def info(subject: Subject) -> str:
    answer = accepted(await subject.call("info", {}, headers={}), "info")
    if missing := _METHODS - {str(one) for one in answer["methods"]}:
        raise NotMet(f"methods 中缺少 {'、'.join(sorted(missing))}")
    return str(answer["name"])


@CREDENTIAL.requires(
    "list",
    "凭据列表（credentials/list）含所用凭据",
    remedy="credentials/list 应返回 credentialIDs，其中包含本单位签章凭据。",
)
async def credentials_list(subject: Subject) -> str:
    found = await subject.credentials()
    wanted = subject.terms.credential
    if not found or (wanted and wanted not in found):
        raise NotMet(f"列出 {len(found)} 个凭据，没有所用的凭据")
    return f"列出 {len(found)} 个凭据"


@CREDENTIAL.requires(
    "credential",
    "凭据信息（credentials/info）完整，密钥已启用，算法可用",
    remedy="credentials/info 应返回 key.status=enabled、key.algo（ECDSA 或 RSA，SHA-256）、"
    "cert.certificates 和 multisign。",
)
async def credential(subject: Subject) -> str:
    found = await subject.read_credential()
    if found.status != "enabled":
        raise NotMet(f"密钥状态为 {found.status}")
    if not _ALGORITHMS & {*found.algorithms}:
        raise NotMet("没有可用的签名算法")
    return f"每次最多 {found.multisign} 个摘要"


@CREDENTIAL.requires(
    "scal2",
    "凭据声明 SCAL 2：授权与摘要绑定",
    remedy="启用摘要绑定（SCAL 2），使一次授权只能用于所列摘要。",
)
async def scal2(subject: Subject) -> str:
    found = await subject.credential()
    if found.scal != "2":
        raise NotMet(f"SCAL 为 {found.scal}")
    return "SCAL 2"
