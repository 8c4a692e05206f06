"""Failures of this service that its callers can understand and act on."""

from chassis.errors import Category, NotFound, ServiceError


class CertificateNotFound(NotFound):
    code = "certificates.certificate_not_found"
    detail = "没有找到这份证书。"


class IntentNotFound(NotFound):
    code = "certificates.intent_not_found"
    detail = "没有找到这项制证任务。"


class QuarantineNotFound(NotFound):
    code = "certificates.quarantine_not_found"
    detail = "没有找到这份隔离文件。"


class QuarantineStateConflict(ServiceError):
    code = "certificates.quarantine_state_conflict"
    category = Category.CONFLICT
    detail = "这份隔离文件已经处理，或正在重新检查。"
    remedy = "请刷新后查看当前状态。"


class QuarantineNeedsTwo(ServiceError):
    code = "certificates.quarantine_needs_two"
    category = Category.CONFLICT
    detail = "签章文件未通过检查，已隔离，不能直接重办。"
    remedy = "请查看未通过的检查，提出“作废重签”或“重新检查”，由另一人批准。"


class SignatureNotFound(NotFound):
    code = "certificates.signature_not_found"
    detail = "没有找到这条签章记录。"


class SignatureStateConflict(ServiceError):
    code = "certificates.signature_state_conflict"
    category = Category.CONFLICT
    detail = "这条签章记录已经核查，或已有对应文件。"
    remedy = "请刷新待办清单。"


class SealNotFound(NotFound):
    code = "certificates.seal_not_found"
    detail = "没有找到这枚电子签章。"


class OrganisationNotFound(NotFound):
    code = "certificates.organisation_not_found"
    detail = "没有找到这个单位。"


class CertificateStateConflict(ServiceError):
    code = "certificates.certificate_state_conflict"
    category = Category.CONFLICT
    detail = "证书当前状态不能办理此事项。"
    remedy = "请刷新后查看证书当前状态。"


class OwnCertificate(ServiceError):
    code = "certificates.own_certificate"
    category = Category.FORBIDDEN
    detail = "不能办理本人证书的暂停、恢复、撤销或隔离文件的处理。"
    remedy = "请由另一位管理员办理。"


class ReasonUnknown(ServiceError):
    code = "certificates.reason_unknown"
    category = Category.INVALID
    detail = "理由代码不在规定的范围内。"
    remedy = "请从理由列表中选择。"


class TableUnreadable(ServiceError):
    code = "certificates.table_unreadable"
    category = Category.INVALID
    detail = "文件无法读取，或不是 xlsx、csv 表格。"
    remedy = "请另存为 xlsx 或 csv 后重新提交。"


class TableTooLarge(ServiceError):
    code = "certificates.table_too_large"
    category = Category.TOO_LARGE
    detail = "文件超过 5 MB。"
    remedy = "请拆分后分次提交。"


class TableTooLong(ServiceError):
    code = "certificates.table_too_long"
    category = Category.INVALID
    detail = "表格超过 10000 行。"
    remedy = "请拆分后分次提交。"


class TableSheetsMany(ServiceError):
    code = "certificates.table_sheets_many"
    category = Category.INVALID
    detail = "文件中有内容的工作表不止一个。"
    remedy = "请只保留一个工作表后重新提交。"


class TableReadersBusy(ServiceError):
    code = "certificates.table_readers_busy"
    category = Category.UNAVAILABLE
    detail = "正在读取的表格较多，请稍后再试。"


class TableColumnMissing(ServiceError):
    code = "certificates.table_column_missing"
    category = Category.INVALID
    detail = "表头缺少必要的列。"
    remedy = "表头应有：证书管理号、年度、理由代码、弄虚作假。"


class NothingToRevoke(ServiceError):
    code = "certificates.nothing_to_revoke"
    category = Category.INVALID
    detail = "表格中没有可以撤销的证书。"
    remedy = "请试运行，下载结果，按说明更正后再提交。"


class JobNotFound(NotFound):
    code = "certificates.job_not_found"
    detail = "没有找到这项批量任务。"


class JobResultGone(ServiceError):
    code = "certificates.job_result_gone"
    category = Category.GONE
    detail = "结果文件的保存期已过。"
    remedy = "各项撤销的记录见证书的状态变化。"


class NothingToCorrect(ServiceError):
    code = "certificates.nothing_to_correct"
    category = Category.CONFLICT
    detail = "证书所载内容与现有登记一致，无需换发。"
    remedy = "如信息有误，请先申请更正登记信息，更正后再申请换发。"


class IssueUnderWay(ServiceError):
    code = "certificates.issue_under_way"
    category = Category.CONFLICT
    detail = "该年度证书正在制作中。"
    remedy = "请等待制作完成后再办理。"


class YearUnderReview(ServiceError):
    code = "certificates.year_under_review"
    category = Category.CONFLICT
    detail = "该年度学时已重新开启审核，暂不能换发。"
    remedy = "请等待发证单位核实。"


class IntentStateConflict(ServiceError):
    code = "certificates.intent_state_conflict"
    category = Category.CONFLICT
    detail = "这项制证任务当前状态不需要重试。"


class ProposalOpen(ServiceError):
    code = "certificates.proposal_open"
    category = Category.CONFLICT
    detail = "同一事项已有待批的申请。"
    remedy = "请先办结或等待原申请失效。"


class OfficeDoesNotIssue(ServiceError):
    code = "certificates.office_does_not_issue"
    category = Category.INVALID
    detail = "该单位不是发证单位，不能启用电子签章。"


class SealNameWrong(ServiceError):
    code = "certificates.seal_name_wrong"
    category = Category.INVALID
    detail = "签章名称应为“XXX专业技术人员继续教育专用章”。"


class SealEndpointUnknown(ServiceError):
    code = "certificates.seal_endpoint_unknown"
    category = Category.INVALID
    detail = "签章服务未登记。"
    remedy = "请先由运维登记该单位的签章服务地址和凭据。"


class SealEndpointOfOtherOffice(ServiceError):
    code = "certificates.seal_endpoint_of_other_office"
    category = Category.INVALID
    detail = "该签章服务属于另一个单位。"


class SealStateConflict(ServiceError):
    code = "certificates.seal_state_conflict"
    category = Category.CONFLICT
    detail = "签章当前状态不能办理此事项。"


class SealReturnUnknown(NotFound):
    code = "certificates.seal_return_unknown"
    detail = "没有等待送回的文件，或已办结。"


class SealReturnUnreadable(ServiceError):
    code = "certificates.seal_return_unreadable"
    category = Category.INVALID
    detail = "送回的不是 PDF 文件。"


class SealReturnTooLarge(ServiceError):
    code = "certificates.seal_return_too_large"
    category = Category.TOO_LARGE
    detail = "送回的文件过大。"


class SealNotInspected(ServiceError):
    code = "certificates.seal_not_inspected"
    category = Category.CONFLICT
    detail = "尚未从签章服务取得并核验签章证书。"
    remedy = "请稍后刷新；长时间没有变化时请检查签章服务。"


class SealTextUnprintable(ServiceError):
    """The seal's title has a character that the seal's font lacks."""

    code = "certificates.seal_text_unprintable"
    category = Category.INVALID
    detail = "印章名称含有无法绘制的字符。"


class SealNotDrawn(ServiceError):
    code = "certificates.seal_not_drawn"
    category = Category.CONFLICT
    detail = "印章图样尚未确定。"
    remedy = "选择按印模的，请申请单位先上传印模；其余在签章证书核验后自动绘制，请稍后刷新。"


class ImpressionNotWanted(ServiceError):
    code = "certificates.impression_not_wanted"
    category = Category.CONFLICT
    detail = "申请时选择了由系统按名称绘制印章，不需要印模。"
    remedy = "如需按印模绘制，请重新申请并选择“按印模”。"


class SealNotTrusted(ServiceError):
    """What the seal service presents may not be used; ``reason`` says why."""

    code = "certificates.seal_not_trusted"
    category = Category.CONFLICT
    detail = "签章证书未通过核验。"


class DocumentWorkFailed(ServiceError):
    """A document process died or took too long; the step may be tried again."""

    code = "certificates.document_work_failed"
    category = Category.UNAVAILABLE
    detail = "证书文件处理未完成，系统将自动重试。"


class LogNotSigned(NotFound):
    code = "certificates.log_not_signed"
    detail = "公开日志还没有签名根。"
    remedy = "请稍后再试。"


class LogEntryNotFound(NotFound):
    code = "certificates.log_entry_not_found"
    detail = "日志中没有这份证书的这一状态。"


class LogEntryNotSigned(NotFound):
    code = "certificates.log_entry_not_signed"
    detail = "该条目尚未纳入所要求的签名根。"
    remedy = "签名根每日至少发布一次，请稍后再试。"


class LogSizeUnknown(ServiceError):
    code = "certificates.log_size_unknown"
    category = Category.INVALID
    detail = "所给的树大小超出已签名的日志，或次序不对。"
    remedy = "请先取最新签名根。"


class ShareNotFound(NotFound):
    code = "certificates.share_not_found"
    detail = "分享码不正确、已过期或已撤销。"
    remedy = "请向持证人核对，或请其重新生成。"


class ShareEndsWrong(ServiceError):
    code = "certificates.share_ends_wrong"
    category = Category.INVALID
    detail = "分享码的有效期须在今后 90 天之内。"
    field = "/ends_at"


class ShareYearUnknown(ServiceError):
    code = "certificates.share_year_unknown"
    category = Category.INVALID
    detail = "所选年度中有本人没有证书的年度。"
    field = "/years"


class ShareLimitReached(ServiceError):
    code = "certificates.share_limit_reached"
    category = Category.CONFLICT
    detail = "有效的分享码已达上限（20 个）。"
    remedy = "请先撤销不再需要的分享码。"


class CanaryMismatch(ServiceError):
    """The seal is not what was asked for: not by the filed certificate, or more was changed."""

    code = "certificates.canary_mismatch"
    detail = "签章通道自检的签章与要求或备案证书不符。"
    remedy = "请签章单位核对密钥和证书，必要时停用该签章。"


class CanaryUnanswered(ServiceError):
    """The service took the page and has not brought it back within a day."""

    code = "certificates.canary_unanswered"
    category = Category.UNAVAILABLE
    detail = "签章通道自检的文件一日内未送回。"
    remedy = "请签章单位检查待办文件和送回地址。"


class TemplateNotFound(NotFound):
    code = "certificates.template_not_found"
    detail = "没有这个样式版本。"


class TemplateStateConflict(ServiceError):
    code = "certificates.template_state_conflict"
    category = Category.CONFLICT
    detail = "样式版本当前状态不能办理此事项。"
    remedy = "请刷新后查看各版本当前状态，必要时重新提出。"


class TemplateAltered(ServiceError):
    """The files of this build are not those that were approved."""

    code = "certificates.template_altered"
    category = Category.UNAVAILABLE
    detail = "样式文件与登记的摘要不一致，已停止使用。"
    remedy = "请联系运维核对所部署的程序版本。"


class DownloadNotFound(NotFound):
    code = "certificates.download_not_found"
    detail = "没有找到这项批量下载。"


class DownloadEmpty(ServiceError):
    code = "certificates.download_empty"
    category = Category.INVALID
    detail = "管辖范围内没有符合条件的有效证书。"


class DownloadTooLarge(ServiceError):
    code = "certificates.download_too_large"
    category = Category.INVALID
    detail = "一次最多下载 2000 份证书。"
    remedy = "请选择部分人员，分次下载。"


class DownloadLimitReached(ServiceError):
    code = "certificates.download_limit_reached"
    category = Category.CONFLICT
    detail = "您有三项批量下载正在制作。"
    remedy = "请等其中一项完成后再提交。"


class DownloadNotReady(ServiceError):
    code = "certificates.download_not_ready"
    category = Category.CONFLICT
    detail = "文件尚未制作完成，或制作失败。"
    remedy = "请查看进度；制作失败的请重新提交。"


class DownloadExpired(ServiceError):
    code = "certificates.download_expired"
    category = Category.GONE
    detail = "文件已超过 7 天的保留期。"
    remedy = "请重新提交批量下载。"
