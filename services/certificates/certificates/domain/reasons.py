"""Why a certificate is suspended, reinstated, revoked or corrected: one list for all of them.

Codes are told to the public with the state; texts are Chinese and hold no personal data.
"""

REASONS = {
    "under_review": "核查中",
    "evidence_in_doubt": "申报材料存疑",
    "evidence_false": "申报材料不实",
    "identity_false": "冒用他人身份",
    "issued_in_error": "发证有误",
    "hours_withdrawn": "学时被取消",
    "year_reopened": "该年度学时重新审核",
    "review_passed": "核查无误",
    "holder_request": "持证人申请",
    "audit_finding": "审计或检查发现",
    "name_changed": "姓名变更",
    "employer_renamed": "用人单位名称变更",
    "identity_corrected": "身份信息更正",
    "office_renamed": "发证单位名称变更",
}


def is_reason(code: str) -> bool:
    """Tell whether ``code`` is in the list."""
    return code in REASONS
