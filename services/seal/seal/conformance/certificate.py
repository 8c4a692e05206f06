"""What every seal service's certificate must be, whatever is sent to be sealed; and its clock."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.requirement import Catalogue
from seal.conformance.session import Session

CERTIFICATE: Catalogue[Session] = Catalogue("shared")
_RSA_BITS = 2048
_SKEW = timedelta(seconds=60)


@CERTIFICATE.requires(
    "certificate",
    "签章证书可读，密钥为 P-256 或不短于 2048 位的 RSA",
    remedy="证书应为 Base64 编码的 DER 证书，签章证书在先；更换过弱的密钥。",
)
async def certificate(subject: Session) -> str:
    try:
        key = (await subject.read_chain())[0].public_key()
    except (ValueError, IndexError) as error:
        raise NotMet("证书无法读取") from error
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return "P-256"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _RSA_BITS:
        return f"RSA {key.key_size}"
    raise NotMet("密钥不是 P-256，也不是 2048 位以上的 RSA")


@CERTIFICATE.requires(
    "chain",
    "证书链连续：每张证书由下一张签发",
    remedy="应依次返回签章证书及其全部上级证书（根证书可省略）。",
)
async def chain(subject: Session) -> str:
    links = await subject.chain()
    for link, issuer in pairwise(links):
        if not _issued(link, issuer):
            raise NotMet("其中一张证书不是由链上的下一张签发")
    if roots := subject.terms.roots:
        last = links[-1]
        if not any(root == last or _issued(last, root) for root in roots):
            raise NotMet("证书链不能追溯到所给的根证书")
        return f"{len(links)} 张，追溯到受信任的根证书"
    return f"{len(links)} 张（未给 --roots，未核对根证书）"


@CERTIFICATE.requires(
    "in_force",
    "签章证书在有效期内",
    remedy="向电子认证机构申请新证书，更换后重新报省厅备案。",
)
async def in_force(subject: Session) -> str:
    leaf, now = (await subject.chain())[0], subject.clock.now()
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        raise NotMet(f"有效期至 {leaf.not_valid_after_utc:%Y-%m-%d}")
    return f"有效期至 {leaf.not_valid_after_utc:%Y-%m-%d}"


@CERTIFICATE.requires(
    "key_usage",
    "证书用途含数字签名或不可否认",
    remedy="向电子认证机构申请用于签名（不是加密）的证书。",
)
async def key_usage(subject: Session) -> str:
    leaf = (await subject.chain())[0]
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return "证书未限定用途"
    if not (usage.digital_signature or usage.content_commitment):
        raise NotMet("证书用途不含签名")
    return "可用于签名"


@CERTIFICATE.requires(
    "office",
    "证书单位名称与签章单位全称一致",
    remedy="证书主体的单位名称（O）须为签章单位全称，一字不差。",
)
async def office(subject: Session) -> str:
    wanted = subject.terms.office_name
    if not wanted:
        raise NotChecked("未提供 --office-name")
    names = (await subject.chain())[0].subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    found = [str(one.value) for one in names]
    if found != [wanted]:
        raise NotMet(f"证书单位名称为“{'、'.join(found)}”")
    return wanted


@CERTIFICATE.requires(
    "clock",
    "服务时钟与标准时间相差不超过 60 秒",
    remedy="为服务器配置时间同步（NTP），检查时区设置。",
)
async def clock(subject: Session) -> str:
    answer = await subject.look({})
    told = answer.headers.get("date")
    if not told:
        raise NotChecked("应答没有 Date 头")
    difference = abs(parsedate_to_datetime(told) - subject.clock.now())
    if difference > _SKEW:
        raise NotMet(f"相差 {difference.total_seconds():.0f} 秒")
    return f"相差 {difference.total_seconds():.0f} 秒"


def _issued(link: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        link.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
