"""Who asks from where: every role × every place of the small province, for authorization tests."""

ROLE_OF_STEP = {"employer": "employer_administrator", "bureau": "bureau_administrator"}
ROLES = (
    "technician",
    "employer_administrator",
    "department_administrator",
    "training_institution",
    "bureau_administrator",
    "provincial_administrator",
    "operator",
)
# Of a claim made at the hospital: its own place and those above it, a sibling, and strangers.
ABOVE_HOSPITAL = {"hospital", "jinshui", "zhengzhou", "province"}
PLACES = (*sorted(ABOVE_HOSPITAL), "school", "luoyang", "factory")
