"""The year as its owner sees it."""

from collections.abc import Mapping

from sqlalchemy import RowMapping

from hours.domain.accounts import AccountState
from hours.http.schemas import (
    CertificateOut,
    Hours,
    OpenClaimOut,
    ParkedOut,
    RuleOut,
    YearOut,
    YearSummary,
)
from hours.usecases.view_year import OpenClaim, YearView


def year_out(year: int, view: YearView) -> YearOut:
    account, rule, judgement = view.account, view.rule, view.judgement
    completed = account is not None and account.completed
    fixed = account.circumstances if account and completed else None
    certificate = view.certificate
    return YearOut(
        year=year,
        state=account.state if account else AccountState.OPEN,
        completion=account.completion if account else 0,
        completed_at=fixed.completed_at if fixed else None,
        rule=RuleOut.of(rule),
        required=Hours(total_tenths=rule.total_tenths, by_subject=dict(rule.minimum_tenths)),
        counted=_counted(judgement.counted, rule.minimum_tenths),
        missing=Hours(total_tenths=judgement.missing_total, by_subject=dict(judgement.missing)),
        open_claims=[_open_claim(one) for one in view.open_claims],
        certificate=CertificateOut(
            certificate_id=certificate["id"],
            version=certificate["document_version"],
            state=certificate["state"],
            office_name=certificate["office_name"],
            issued_on=certificate["issued_on"],
        )
        if certificate
        else None,
        certificate_waits=ParkedOut.model_validate(dict(view.parked)) if view.parked else None,
    )


def year_summary(row: RowMapping) -> YearSummary:
    return YearSummary.model_validate(
        {**row, "counted_tenths": sum((row["counted"] or {}).values())}
    )


def _counted(counted: Mapping[str, int], required: Mapping[str, int]) -> Hours:
    """Name every required kind, also those with nothing yet."""
    return Hours(
        total_tenths=sum(counted.values()),
        by_subject={**dict.fromkeys(required, 0), **counted},
    )


def _open_claim(one: OpenClaim) -> OpenClaimOut:
    return OpenClaimOut.model_validate(
        {
            **one.row,
            "claim_id": one.row["id"],
            "step": one.step,
            "holder": one.holder,
            "age_seconds": one.age_seconds,
        }
    )
