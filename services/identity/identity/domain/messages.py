"""What people are told inside the application; a text names nothing personal."""

from enum import StrEnum


class Template(StrEnum):
    """Stable codes of the messages; the text of each is in ``text_of``."""

    CLAIM_SUBMITTED = "claim_submitted"
    CLAIM_EMPLOYER_APPROVED = "claim_employer_approved"
    CLAIM_APPROVED = "claim_approved"
    CLAIM_RETURNED = "claim_returned"
    CLAIM_REJECTED = "claim_rejected"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_REINSTATED = "certificate_reinstated"
    CERTIFICATE_SUPERSEDED = "certificate_superseded"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_PARKED = "certificate_parked"
    AFFILIATION_CONFIRMED = "affiliation_confirmed"
    AFFILIATION_REJECTED = "affiliation_rejected"
    AFFILIATION_ENDED = "affiliation_ended"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a message, not a secret


_TEXTS = {
    Template.CLAIM_SUBMITTED: "您申报的{year}年度学时已提交，等待审核。",
    Template.CLAIM_EMPLOYER_APPROVED: "您申报的{year}年度学时已通过单位审核，等待人社部门审核。",
    Template.CLAIM_APPROVED: "您申报的{year}年度学时已审核通过。",
    Template.CLAIM_RETURNED: "您申报的{year}年度学时被退回，请查看原因，修改后可再次提交。",
    Template.CLAIM_REJECTED: "您申报的{year}年度学时未通过审核，请查看原因；可在 30 日内申诉。",
    Template.CLAIM_WITHDRAWN: "您申报的{year}年度学时已撤回。",
    Template.CERTIFICATE_ISSUED: "您的{year}年度继续教育证书已生成，可以下载打印。",
    Template.CERTIFICATE_SUSPENDED: "您的{year}年度继续教育证书已暂停使用，详情请咨询发证单位。",
    Template.CERTIFICATE_REINSTATED: "您的{year}年度继续教育证书已恢复使用。",
    Template.CERTIFICATE_SUPERSEDED: "您的{year}年度继续教育证书已被新版本替换，请使用新证书。",
    Template.CERTIFICATE_REVOKED: "您的{year}年度继续教育证书已被撤销，可在 60 日内申请行政复议。",
    Template.CERTIFICATE_PARKED: "您的{year}年度继续教育证书暂时无法生成：",
    Template.AFFILIATION_CONFIRMED: "用人单位已确认您的任职，可以申报学时。",
    Template.AFFILIATION_REJECTED: (
        "用人单位退回了您的任职申请，请在账户信息中查看原因，核对后可再次申请。"
    ),
    Template.AFFILIATION_ENDED: "用人单位已为您办理离职；到新单位后，请申请由新单位确认任职。",
    Template.SESSION_ENDED: (
        "您的一次登录因登录凭证被重复使用而终止，可能有人复制了它。如非本人操作，请立即修改密码。"
    ),
    Template.PASSWORD_CHANGED: (
        "您的登录密码已修改，其他设备上的登录已退出。如非本人操作，请立即联系用人单位管理员。"
    ),
}


def text_of(template: Template, *, year: int, task: str | None = None) -> str:
    """Return the Chinese text of a message."""
    return _TEXTS[template].format(year=year) + (task or "")
