"""POST evidence and who may open the file."""

import pytest

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
LIMIT = 10 * 1024 * 1024


class TestUpload:
    async def test_stored_under_its_hash_one_row_per_owner(self, hours) -> None:
        first, second = await hours.technician(), await hours.technician()
        ids = {await first.evidence(), await second.evidence()}
        assert len(ids) == 2
        assert sum(file.is_file() for file in hours.objects.rglob("*")) == 1

    async def test_answer_names_type_and_size(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        answer = await technician.upload(JPEG, "a.jpg", "image/jpeg")
        assert answer.status_code == 201
        assert answer.json()["media_type"] == "image/jpeg"
        assert answer.json()["size_bytes"] == len(JPEG)

    @pytest.mark.parametrize(
        ("content", "name", "declared"),
        [
            (b"MZ\x90\x00 not a pdf", "a.pdf", "application/pdf"),
            (b"%PDF-1.7", "a.png", "application/pdf"),
            (b"%PDF-1.7", "a.pdf", "image/png"),
            (b"", "a.pdf", "application/pdf"),
        ],
    )
    async def test_415_when_bytes_say_otherwise(
        self, shared_hours, content, name, declared
    ) -> None:
        technician = await shared_hours.technician()
        answer = await technician.upload(content, name, declared)
        assert answer.status_code == 415
        assert answer.json()["code"] == "hours.evidence_type_unsupported"
        assert answer.json()["remedy"]

    async def test_413_over_10_mb_and_201_at_it(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        whole = b"%PDF-" + bytes(LIMIT - 5)
        assert (await technician.upload(whole)).status_code == 201
        answer = await technician.upload(whole + b"x")
        assert answer.status_code == 413
        assert answer.json()["code"] == "hours.evidence_too_large"
        assert (await technician.upload(bytes(13 * 1024 * 1024))).status_code == 413

    async def test_same_key_gives_the_same_evidence(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        first = await technician.upload(key="k")
        again = await technician.upload(key="k")
        assert again.json() == first.json()
        other = await technician.upload(JPEG, "a.jpg", "image/jpeg", key="k")
        assert (other.status_code, other.json()["code"]) == (409, "chassis.idempotency_key_reused")

    async def test_key_and_token_and_person_are_needed(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        files = {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}
        url = "/api/hours/v1/evidence"
        no_key = await shared_hours.http.post(url, files=files, headers=technician.headers)
        assert no_key.json()["code"] == "chassis.idempotency_key_missing"
        nobody = await shared_hours.http.post(url, files=files, headers={"idempotency-key": "k"})
        assert nobody.status_code == 401
        assert (await shared_hours.employer_administrator().upload()).status_code == 403


class TestRead:
    async def test_owner_and_reviewers_of_the_claim_only(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        evidence = await technician.evidence()
        url = f"/evidence/{evidence}/file"
        assert (await shared_hours.employer_administrator().get(url)).status_code == 404
        await technician.claim(evidence_ids=[evidence])
        for reader, status in (
            (technician, 200),
            (shared_hours.employer_administrator(), 200),
            (shared_hours.bureau_administrator(), 200),
            (shared_hours.employer_administrator("school"), 404),
            (shared_hours.bureau_administrator("luoyang"), 404),
            (await shared_hours.technician(), 404),
            (shared_hours.caller(("operator", "province")), 404),
        ):
            answer = await reader.get(url)
            assert answer.status_code == status
            if status == 200:
                assert answer.headers["content-disposition"] == "attachment"
                assert answer.content.startswith(b"%PDF-")
