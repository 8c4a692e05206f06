"""Run the checks of a profile against a service."""

from collections.abc import Collection, Sequence
from typing import Any

import httpx

from seal.conformance.certificate import CERTIFICATE
from seal.conformance.core_credential import CREDENTIAL
from seal.conformance.core_signing import SIGNING
from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.full_admission import ADMISSION
from seal.conformance.full_log import LOG
from seal.conformance.login import LOGIN
from seal.conformance.report import Finding, Outcome, Report
from seal.conformance.requirement import Requirement
from seal.conformance.session import UNREADABLE, Session
from seal.conformance.whole_pdf_calls import CALLS
from seal.conformance.whole_pdf_file import FILE

WHOLE_PDF = "whole-pdf"
_CORE: Sequence[Requirement[Any]] = (
    *CREDENTIAL.requirements,
    *CERTIFICATE.under("core"),
    *SIGNING.requirements,
)
# full includes core: what cannot seal is not worth operating.
PROFILES: dict[str, Sequence[Requirement[Any]]] = {
    "core": _CORE,
    "full": (*_CORE, *LOGIN.under("full"), *ADMISSION.requirements, *LOG.requirements),
    WHOLE_PDF: (
        *LOGIN.under("whole_pdf"),
        *CERTIFICATE.under("whole_pdf"),
        *CALLS.requirements,
        *FILE.requirements,
    ),
}


async def examine(subject: Session, profile: str, only: Collection[str] = ()) -> Report:
    """Return the report; whatever a foreign service does ends as a finding, never as a crash.

    ``only``: the requirements with these ids, for whoever is mending one.
    """
    began = subject.clock.now()
    wanted = [one for one in PROFILES[profile] if not only or one.id in only]
    findings = [await _find(subject, requirement) for requirement in wanted]
    return Report(str(subject.http.base_url), profile, began, findings)


async def _find(subject: Session, requirement: Requirement[Any]) -> Finding:
    outcome = Outcome.NOT_MET
    try:
        found = await requirement.check(subject)
        outcome = Outcome.MET
    except NotMet as fact:
        found = str(fact)
    except NotChecked as reason:
        found, outcome = str(reason), Outcome.NOT_CHECKED
    except httpx.TimeoutException:
        found = "超时，没有应答"
    except httpx.HTTPError as error:
        found = f"连接失败（{type(error).__name__}）"
    except UNREADABLE as error:
        found = f"应答无法识别（{type(error).__name__}）"
    return Finding(requirement.id, requirement.text, outcome, found, requirement.remedy)
