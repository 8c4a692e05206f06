"""An estimate as the form shows it."""

from collections.abc import Mapping

from hours.http.schemas import EstimateOut, Hours
from hours.usecases.estimate_claim import Estimate


def estimate_out(estimate: Estimate) -> EstimateOut:
    def hours(tenths: Mapping[str, int]) -> Hours:
        """Name every required kind, also those with nothing yet."""
        named = {**dict.fromkeys(estimate.required, 0), **tenths}
        return Hours(total_tenths=sum(tenths.values()), by_subject=named)

    then = estimate.then
    return EstimateOut(
        counted_tenths=estimate.counted_tenths,
        required=Hours(total_tenths=estimate.required_total, by_subject=dict(estimate.required)),
        counted=hours(estimate.present.counted),
        waiting=hours(estimate.waiting),
        then=hours(then.counted),
        missing_then=Hours(total_tenths=then.missing_total, by_subject=dict(then.missing)),
        completes=then.complete,
        evidence_required=estimate.evidence_required,
        filing_until=estimate.filing_until,
        reviewers=[name for name in estimate.reviewers if name],
    )
