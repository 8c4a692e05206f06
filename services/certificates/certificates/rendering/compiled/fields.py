"""The text of a record's fields as they stand on the page and in the metadata."""

from certificates.record import CertificateRecord, digest
from certificates.rendering.renderer import hours_text

_SEXES = {"male": "男", "female": "女"}


def fields_of(record: CertificateRecord) -> dict[str, str]:
    """Return every field by name."""
    day, hours, whole = record.issued_on, record.credit_tenths, digest(record).hex()
    return {
        "number": record.number,
        "name": record.name,
        "sex": _SEXES[record.sex],
        "identity": record.identity_masked,
        "employer": record.employer,
        "year": str(record.year),
        "version": str(record.version),
        "total": hours_text(hours.total),
        "public": hours_text(hours.public),
        "professional": hours_text(hours.professional),
        "office": record.office_name,
        "issued_on": f"{day.year}年{day.month}月{day.day}日",
        "issued_on_iso": day.isoformat(),
        "issued_on_compact": f"{day:%Y%m%d}",
        "digest": whole[:32],
        "digest_long": whole,
    }
