"""Why a claim is not taken as it stands: the same for its estimate, its filing and its mending."""

from chassis.errors import Forbidden, Unauthenticated
from hours import errors

NOT_COUNTED = (
    errors.YearOutsideWindow,
    errors.CreditOutOfRange,
    errors.DatesReversed,
    errors.DatesInFuture,
    errors.DatesOutsideYear,
    errors.SubjectKindUnknown,
    errors.ActivityKindUnknown,
    errors.PersonUnproven,
    errors.AffiliationMissing,
    errors.RuleMissing,
    errors.PersonUnknown,
    Unauthenticated,
    Forbidden,
)
NOT_FILED = (errors.EvidenceMissing, errors.EvidenceNotOwn, *NOT_COUNTED)
