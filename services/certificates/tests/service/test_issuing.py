"""From the completed year to the sealed, stored and published file."""

import pytest

pytestmark = pytest.mark.infra


class TestHappyPath:
    async def test_completed_year_becomes_a_sealed_certificate(self, office):
        await office.activate_seal()
        technician = await office.technician()

        certificate = await office.issue(technician)

        answer = await office.get(
            f"certificates/{certificate['certificate_id']}/file", office.holder(technician)
        )
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")
