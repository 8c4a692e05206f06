"""The mark that a seal's certificate is for tests and its seals worth nothing."""

from cryptography import x509
from cryptography.x509.oid import NameOID

DEVELOPMENT_MARK = "测试"


def is_development(certificate: x509.Certificate) -> bool:
    """Tell whether the certificate's name says 测试."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(DEVELOPMENT_MARK in str(name.value) for name in names)
