"""Validation for archives (EN 319 102-1, 5.6.3) as pyHanko does it, at any time, without a network.

Two things of pyHanko 0.38 are set right, and only here:

- its time slide and what it takes for granted begin at the machine's time, whatever validation
  time it was given;
- it wants a signature timestamp inside the signature. EN 319 142-1 (6.3, B-T) takes a document
  timestamp over the signature instead, which is what our files have. All that it asks of the
  signature otherwise, and of the chain of document timestamps, stays as it is.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv import ades_past, poe
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    NonRevokedStatusAssertion,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

_NO_SIGNATURE_TIMESTAMP = "No signature timestamp present"
_basic, _with_time = ades.ades_basic_validation, ades.ades_with_time_validation


async def validate_for_archive(
    content: bytes, root: x509.Certificate, *, at: datetime
) -> ades.AdESLTAValidationResult:
    """Validate the seal at a time; every link needs proof that it was not revoked.

    Nobody is asked. Only who made the newest timestamp is taken as not revoked: its state is all
    that a reader has to ask for in person, and no file can hold it.
    """
    timing = ValidationTimingInfo(at, at, point_in_time_validation=True)
    with _set_right(at):
        reader = PdfFileReader(io.BytesIO(content))
        specification = _specification(
            root,
            [
                NonRevokedStatusAssertion(stamp.signer_cert.sha256, at)
                for stamp in reader.embedded_timestamp_signatures[-1:]
            ],
        )
        [seal] = reader.embedded_regular_signatures
        return await ades.ades_lta_validation(seal, specification, timing)


async def validate_as_if_maintained(
    content: bytes, root: x509.Certificate, *, at: datetime, now: datetime
) -> ades.AdESLTAValidationResult:
    """Validate at a far time, as if timestamps had been put over the file until then."""
    with _set_right(at):
        [seal] = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
        return await ades.simulate_future_ades_lta_validation(
            seal, _specification(root, []), future_validation_time=at, current_reference_time=now
        )


@contextmanager
def _set_right(at: datetime) -> Iterator[None]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ades_past, "datetime", Clock)
        patch.setattr(poe, "datetime", Clock)
        patch.setattr(ades, "ades_with_time_validation", _document_timestamp_serves)
        yield


async def _document_timestamp_serves(signed_data: Any, **given: Any) -> Any:
    result = await _with_time(signed_data, **given)
    if result.failure_msg != _NO_SIGNATURE_TIMESTAMP:
        return result
    taken = ("validation_spec", "timing_info", "raw_digest", "validation_data_handlers")
    basic = await _basic(signed_data, **{name: given[name] for name in taken})
    return replace(result, ades_subindic=basic.ades_subindic, failure_msg=None)


def _specification(
    root: x509.Certificate, not_revoked: list[NonRevokedStatusAssertion]
) -> PdfSignatureValidationSpec:
    own = asn1_x509.Certificate.load(root.public_bytes(Encoding.DER))
    policy = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require"))
    specification = SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build([own]), revinfo_policy=policy
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(nonrevoked_assertions=not_revoked),
    )
    return PdfSignatureValidationSpec(specification)
