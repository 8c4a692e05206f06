"""Typed failures of this service; codes are stable and part of the API's contract."""

from chassis.errors import Category, ServiceError


class EvidenceTypeUnsupported(ServiceError):
    code = "hours.evidence_type_unsupported"
    category = Category.UNSUPPORTED
    detail = "证明材料只接受 PDF、JPEG 或 PNG 文件，且文件内容须与扩展名一致。"
    remedy = "请将材料另存为 PDF、JPG 或 PNG 后重新上传，不要只改扩展名。"


class EvidenceTooLarge(ServiceError):
    code = "hours.evidence_too_large"
    category = Category.TOO_LARGE
    detail = "证明材料超过 10 MB。"
    remedy = "请压缩或拆分后重新上传。"


class EvidenceNotFound(ServiceError):
    code = "hours.evidence_not_found"
    category = Category.NOT_FOUND
    detail = "没有找到该证明材料。"
    remedy = "请核对后再试。"


class EvidenceNotOwn(ServiceError):
    code = "hours.evidence_not_own"
    detail = "所附的证明材料不存在，或不是您本人上传的。"
    remedy = "请重新上传证明材料后再申报。"


class EvidenceMissing(ServiceError):
    code = "hours.evidence_missing"
    detail = "该类活动须附证明材料。"
    remedy = "请先上传证明材料，再连同申报一起提交。"


class PersonUnknown(ServiceError):
    """The person's registration is still on its way here."""

    code = "hours.person_unknown"
    category = Category.UNAVAILABLE
    detail = "您的登记信息正在同步，暂时不能申报。"
    remedy = "请几秒钟后再试。"


class PersonUnproven(ServiceError):
    code = "hours.person_unproven"
    category = Category.CONFLICT
    detail = "您的身份尚未核实，暂时不能申报学时。"
    remedy = "请先完成实名核验，或由用人单位确认您的任职。"


class AffiliationMissing(ServiceError):
    code = "hours.affiliation_missing"
    category = Category.CONFLICT
    detail = "没有已确认的用人单位，不能申报学时。"
    remedy = "请先申请加入用人单位，并由单位管理员确认。"


class RuleMissing(ServiceError):
    code = "hours.rule_missing"
    category = Category.CONFLICT
    detail = "该年度没有适用于您的学时要求。"
    remedy = "请联系人社部门确认该年度的学时规定。"


class YearOutsideWindow(ServiceError):
    code = "hours.year_outside_window"
    detail = "该年度不在申报期内。"
    remedy = "请申报本年度的学时，或在规定的补报期内办理。"


class CreditOutOfRange(ServiceError):
    code = "hours.credit_out_of_range"
    detail = "申报学时必须大于 0，且不超过一年可能完成的学时。"
    remedy = "请按实际学时填写，最小单位为 0.1 学时。"


class DatesReversed(ServiceError):
    code = "hours.dates_reversed"
    detail = "结束日期早于开始日期。"
    remedy = "请改正起止日期。"


class DatesInFuture(ServiceError):
    code = "hours.dates_in_future"
    detail = "学习尚未结束，不能申报。"
    remedy = "请在学习结束后再申报。"


class DatesOutsideYear(ServiceError):
    code = "hours.dates_outside_year"
    detail = "起止日期不在所申报的年度内。"
    remedy = "请改正日期，或改选对应的年度。"


class ActivityKindUnknown(ServiceError):
    code = "hours.activity_kind_unknown"
    detail = "没有这种活动类型。"
    remedy = "请从活动类型列表中选择。"


class SubjectKindUnknown(ServiceError):
    code = "hours.subject_kind_unknown"
    detail = "没有这种科目类型。"
    remedy = "请选择公需科目或专业科目。"


class ClaimNotFound(ServiceError):
    code = "hours.claim_not_found"
    category = Category.NOT_FOUND
    detail = "没有找到该申报。"
    remedy = "请核对后再试。"


class ReviewOfOwnClaim(ServiceError):
    code = "hours.review_of_own_claim"
    category = Category.FORBIDDEN
    detail = "不能审核本人的申报。"
    remedy = "请由本单位其他管理员或上一级审核。"


class ClaimOutsideScope(ServiceError):
    code = "hours.claim_outside_scope"
    category = Category.FORBIDDEN
    detail = "该申报不在您的管理范围内。"
    remedy = "请由申报人所在单位或其主管人社部门审核。"


class ClaimAtAnotherStep(ServiceError):
    code = "hours.claim_at_another_step"
    category = Category.CONFLICT
    detail = "该申报不在这一审核环节。"
    remedy = "请刷新待审列表。"


class ClaimAlreadyDecided(ServiceError):
    code = "hours.claim_already_decided"
    category = Category.CONFLICT
    detail = "该申报已经审核完毕，可能由其他管理员办理。"
    remedy = "请刷新待审列表。"


class ReviewHeldByAnother(ServiceError):
    code = "hours.review_held_by_another"
    category = Category.CONFLICT
    detail = "该申报正由其他管理员办理。"
    remedy = "请先办理其他申报；对方办结、放回或到时限后即可办理。"


class ClaimNotApproved(ServiceError):
    code = "hours.claim_not_approved"
    category = Category.CONFLICT
    detail = "只有已审核通过的申报可以撤销。"
    remedy = "请核对申报状态。"


class ClaimNotTakenBack(ServiceError):
    code = "hours.claim_not_taken_back"
    category = Category.CONFLICT
    detail = "该申报已经审核完毕，不能撤回。"
    remedy = "请刷新后查看审核结果；对结果有异议的，请联系审核单位。"


class ClaimNotReturned(ServiceError):
    code = "hours.claim_not_returned"
    category = Category.CONFLICT
    detail = "只有被退回的申报可以修改后再次提交。"
    remedy = "请刷新后查看申报状态；审核前可先撤回，再重新申报。"


class ApprovedHoursOutOfRange(ServiceError):
    code = "hours.approved_hours_out_of_range"
    detail = "核定学时必须大于 0，且不超过申报学时。"
    remedy = "请改正核定学时；全部不予认定时请选择“不通过”。"


class ReasonMissing(ServiceError):
    code = "hours.reason_missing"
    detail = "退回、不通过、核减学时或改变科目类型时必须说明理由。"
    remedy = "请选择理由代码或填写理由。"


class ReasonCodeUnknown(ServiceError):
    code = "hours.reason_code_unknown"
    detail = "没有这个理由代码。"
    remedy = "请从理由列表中选择。"


class RemedyMissing(ServiceError):
    code = "hours.remedy_missing"
    detail = "不通过时必须告知申报人如何补救。"
    remedy = "请选择带有补救说明的理由代码，或填写补救办法。"


class CursorUnreadable(ServiceError):
    code = "hours.cursor_unreadable"
    detail = "翻页标记无效。"
    remedy = "请从第一页重新查询。"
