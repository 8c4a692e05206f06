"""What a corrected certificate would say differently."""

from certificates.domain.entities import Certificate, Organisation, Person


def corrections(
    certificate: Certificate, *, person: Person, employer: Organisation, office: Organisation
) -> list[str]:
    """Return which printed facts differ from those known now; empty when nothing would change.

    Hours, level and rule are the completion's: when they change, hours completes the year again.
    """
    now = {
        "management_number": person.management_number,
        "name": person.name,
        "identity_masked": person.identity_masked,
        "sex": person.sex,
        "employer_name": employer.name,
        "office_name": office.name,
    }
    return [fact for fact, value in now.items() if getattr(certificate, fact) != value]
