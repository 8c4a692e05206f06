"""Profile core, first part: what the service says of itself, its credential and certificate."""

from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.requirement import Catalogue
from seal.conformance.subject import (
    EC_KEY,
    ECDSA_WITH_SHA256,
    RSA_WITH_SHA256,
    Subject,
    accepted,
    given,
)

CREDENTIAL = Catalogue("core")
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
    "certificate",
    "签章证书可读，密钥为 P-256 或不短于 2048 位的 RSA",
    remedy="cert.certificates 应为 Base64 编码的 DER 证书，签章证书在先；更换过弱的密钥。",
)
async def certificate(subject: Subject) -> str:
    found = await subject.credential()
    try:
        key = found.chain()[0].public_key()
    except (ValueError, IndexError) as error:
        raise NotMet("证书无法读取") from error
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return "P-256"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _RSA_BITS:
        return f"RSA {key.key_size}"
    raise NotMet("密钥不是 P-256，也不是 2048 位以上的 RSA")


@CREDENTIAL.requires(
    "chain",
    "证书链连续：每张证书由下一张签发",
    remedy="certificates=chain 时，应依次返回签章证书及其全部上级证书（根证书可省略）。",
)
async def chain(subject: Subject) -> str:
    links = await _chain(subject)
    for link, issuer in pairwise(links):
        if not _issued(link, issuer):
            raise NotMet("其中一张证书不是由链上的下一张签发")
    if roots := subject.terms.roots:
        last = links[-1]
        if not any(root == last or _issued(last, root) for root in roots):
            raise NotMet("证书链不能追溯到所给的根证书")
        return f"{len(links)} 张，追溯到受信任的根证书"
    return f"{len(links)} 张（未给 --roots，未核对根证书）"


@CREDENTIAL.requires(
    "in_force",
    "签章证书在有效期内",
    remedy="向电子认证机构申请新证书，更换后重新报省厅备案。",
)
async def in_force(subject: Subject) -> str:
    leaf, now = (await _chain(subject))[0], subject.clock.now()
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        raise NotMet(f"有效期至 {leaf.not_valid_after_utc:%Y-%m-%d}")
    return f"有效期至 {leaf.not_valid_after_utc:%Y-%m-%d}"


@CREDENTIAL.requires(
    "key_usage",
    "证书用途含数字签名或不可否认",
    remedy="向电子认证机构申请用于签名（不是加密）的证书。",
)
async def key_usage(subject: Subject) -> str:
    leaf = (await _chain(subject))[0]
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return "证书未限定用途"
    if not (usage.digital_signature or usage.content_commitment):
        raise NotMet("证书用途不含签名")
    return "可用于签名"


@CREDENTIAL.requires(
    "office",
    "证书单位名称与签章单位全称一致",
    remedy="证书主体的单位名称（O）须为签章单位全称，一字不差。",
)
async def office(subject: Subject) -> str:
    wanted = subject.terms.office_name
    if not wanted:
        raise NotChecked("未提供 --office-name")
    names = (await _chain(subject))[0].subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    found = [str(one.value) for one in names]
    if found != [wanted]:
        raise NotMet(f"证书单位名称为“{'、'.join(found)}”")
    return wanted


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


async def _chain(subject: Subject) -> list[x509.Certificate]:
    async def read() -> list[x509.Certificate]:
        found = (await subject.credential()).chain()
        if not found:
            raise NotMet("没有证书")
        return found

    return await given(read(), "证书无法读取")


def _issued(link: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        link.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
