"""From a certificate up to a trusted root, and where its authorities can be asked."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certificates.sealing.revocation import issuer_among

_LONGEST = 6


def chain_to(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> list[x509.Certificate] | None:
    """Return the certificate and all above it, the root last; None when no root is reached.

    Every link is in force at ``at``, every one above the first is an authority.
    """
    line = [certificate]
    while len(line) <= _LONGEST and _is_in_force(line[-1], at):
        if line[-1] in roots:
            return line
        above = [one for one in (*roots, *others) if _is_authority(one) and one not in line]
        issuer = issuer_among(line[-1], above)
        if issuer is None:
            return None
        line.append(issuer)
    return None


def list_addresses(certificate: x509.Certificate) -> list[str]:
    """Return where the revocation lists are that may name this certificate."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    names = [name for point in points for name in point.full_name or ()]
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]


def ocsp_addresses(certificate: x509.Certificate) -> list[str]:
    """Return where the authority answers questions about this certificate."""
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except x509.ExtensionNotFound:
        return []
    wanted = AuthorityInformationAccessOID.OCSP
    places = [one.access_location for one in access.value if one.access_method == wanted]
    return [place.value for place in places if isinstance(place, x509.UniformResourceIdentifier)]


def _is_in_force(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
