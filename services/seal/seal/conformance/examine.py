"""Run the checks of a profile against a service."""

from collections.abc import Sequence

import httpx

from seal.conformance.core_credential import CREDENTIAL
from seal.conformance.core_signing import SIGNING
from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.full_admission import ADMISSION
from seal.conformance.full_log import LOG
from seal.conformance.report import Finding, Outcome, Report
from seal.conformance.requirement import Requirement
from seal.conformance.subject import UNREADABLE, Subject

_CORE = (*CREDENTIAL.requirements, *SIGNING.requirements)
# full includes core: what cannot seal is not worth operating.
PROFILES: dict[str, Sequence[Requirement]] = {
    "core": _CORE,
    "full": (*_CORE, *ADMISSION.requirements, *LOG.requirements),
}


async def examine(subject: Subject, profile: str) -> Report:
    """Return the report; whatever a foreign service does ends as a finding, never as a crash."""
    began = subject.clock.now()
    findings = [await _find(subject, requirement) for requirement in PROFILES[profile]]
    return Report(str(subject.http.base_url), profile, began, findings)


async def _find(subject: Subject, requirement: Requirement) -> Finding:
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
