"""Whether a seal's certificate may be filed: chain, dates, use, owner, and the development mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from certificates.errors import SealNotTrusted
from certificates.sealing import SealCredential
from certificates.sealing.development import is_development


@dataclass(frozen=True, slots=True)
class Signer:
    """What is pinned of a seal certificate that passed."""

    sha256: str
    valid_until: datetime
    development: bool


def check_signer(
    credential: SealCredential,
    *,
    roots: Sequence[x509.Certificate],
    office_name: str,
    production: bool,
    at: datetime,
) -> Signer:
    """Return the signer, or raise ``SealNotTrusted`` saying in Chinese what is wrong."""
    if not credential.enabled:
        raise SealNotTrusted("签章服务报告该签章密钥未启用。")
    try:
        certificate = x509.load_der_x509_certificate(credential.certificate)
        chain = [x509.load_der_x509_certificate(link) for link in credential.chain]
    except ValueError as error:
        raise SealNotTrusted("签章服务返回的证书无法读取。") from error
    _check_chain([certificate, *chain], roots, at)
    _check_use(certificate)
    organisation = _name(certificate, NameOID.ORGANIZATION_NAME)
    if organisation != office_name:
        raise SealNotTrusted("签章证书的单位名称与发证单位不一致。")
    development = is_development(certificate)
    if development and production:
        raise SealNotTrusted("测试签章不具法律效力，正式环境不能启用。")
    if not development and not production:
        # A real seal in a test environment would make test certificates look genuine.
        raise SealNotTrusted("测试环境只能启用注明“测试”的签章。")
    return Signer(
        certificate.fingerprint(hashes.SHA256()).hex(),
        certificate.not_valid_after_utc,
        development,
    )


def _check_chain(
    line: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> None:
    for link in line:
        if not link.not_valid_before_utc <= at <= link.not_valid_after_utc:
            raise SealNotTrusted("签章证书或其上级证书不在有效期内。")
    for link, issuer in pairwise(line):
        if not _is_authority(issuer) or not _issued(link, issuer):
            raise SealNotTrusted("签章证书链不完整或签名不正确。")
    last = line[-1]
    good = [root for root in roots if root == last or _issued(last, root)]
    if not any(root.not_valid_before_utc <= at <= root.not_valid_after_utc for root in good):
        raise SealNotTrusted("签章证书不是由受信任的电子认证机构签发。")


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return constraints.value.ca


def _check_use(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SealNotTrusted("签章证书的用途不包括签名。")


def _name(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
