"""Typed failures of this service."""

from chassis.errors import Category, NotFound, ServiceError


class TokenInvalid(NotFound):
    code = "verify.token_invalid"
    detail = "二维码中的查验码不完整、有误或系伪造，不对应任何证书。"
    remedy = "请重新扫描证书上的二维码；手工输入的，请逐字核对。"


class CertificateNotFound(NotFound):
    code = "verify.certificate_not_found"
    detail = "登记库中没有与此查验码对应的证书。"
    remedy = "证书刚刚签发的，请稍后再试；仍无结果的，请联系发证单位。"


class CouldNotCheck(ServiceError):
    code = "verify.could_not_check"
    category = Category.UNAVAILABLE
    detail = "目前不能取得最新的登记信息，不能判断证书是否有效。这不表示证书无效。"
    remedy = "请稍后再试。"


class KeyListUnavailable(ServiceError):
    code = "verify.key_list_unavailable"
    category = Category.UNAVAILABLE
    detail = "目前没有可以提供的公钥清单。"
    remedy = "请稍后再试；已保存的清单在有效期内可以继续使用。"


class StatusListNotFound(NotFound):
    code = "verify.status_list_not_found"
    detail = "没有这个编号的状态清单。"
    remedy = "证书刚刚签发的，请稍后再试或联网查验。"


class StatusListUnavailable(ServiceError):
    code = "verify.status_list_unavailable"
    category = Category.UNAVAILABLE
    detail = "目前没有可以提供的状态清单。"
    remedy = "请稍后再试；已保存的清单在有效期内可以继续使用。"


class LookupNotFound(NotFound):
    code = "verify.lookup_not_found"
    detail = "没有查到证书管理号与姓名都相符的证书。"
    remedy = "请核对证书管理号和姓名是否与证书所载一致，或扫描证书上的二维码。"


class LookupsLimited(ServiceError):
    code = "verify.lookups_limited"
    category = Category.LIMITED
    detail = "查询次数已达上限，暂时不能再按管理号查询。"
    remedy = "请扫描证书上的二维码查验，不受此限；单位批量核查请登录后办理。"


class ReceiptNotFound(NotFound):
    code = "verify.receipt_not_found"
    detail = "没有这个核验回执，或已超过保存期限。"
    remedy = "请核对回执编号；需要时请重新核验证书。"


class DocumentTooLarge(ServiceError):
    code = "verify.document_too_large"
    category = Category.TOO_LARGE
    detail = "上传的文件超过 2 MB。"
    remedy = "请上传从系统下载的证书文件原件，不要上传扫描或合并后的文件。"


class ExaminerBusy(ServiceError):
    code = "verify.examiner_busy"
    category = Category.LIMITED
    detail = "正在检验的文件较多。"
    remedy = "请稍候再上传，或扫描证书上的二维码查验。"


class OfficeLookupNotFound(NotFound):
    code = "verify.office_lookup_not_found"
    detail = "在您的管辖范围内没有查到符合条件的证书。"
    remedy = "其他单位人员的证书，请同时填写姓名，或扫描证书上的二维码。"


class QuotaExceeded(ServiceError):
    code = "verify.quota_exceeded"
    category = Category.LIMITED
    detail = "今日查验次数已用完。"
    remedy = "请明日再查；经常需要大量核查的，请使用批量核查或联系省级管理部门。"


class ClientUnknown(ServiceError):
    code = "verify.client_unknown"
    category = Category.UNAVAILABLE
    detail = "接口用户刚刚登记，核验服务尚未收到登记信息。"
    remedy = "请几秒钟后重试。"


class ClientRevoked(ServiceError):
    code = "verify.client_revoked"
    category = Category.FORBIDDEN
    detail = "这个接口用户已经停用。"
    remedy = "请联系省级管理部门。"


class ChecksTooFast(ServiceError):
    code = "verify.checks_too_fast"
    category = Category.LIMITED
    detail = "核验请求过于密集。"
    remedy = "请按 Retry-After 所示秒数后重试；每日次数未受影响。"


class CheckAmbiguous(ServiceError):
    code = "verify.check_ambiguous"
    detail = "每一项请只填查验码，或者同时填写证书管理号和姓名。"


class WebhookRefused(ServiceError):
    code = "verify.webhook_refused"
    detail = "这个通知地址不能使用。"
    remedy = "请填写公网可访问的 https 地址（端口 443 或 8443），不含用户名、密码和 # 部分。"


class WebhookMissing(NotFound):
    code = "verify.webhook_missing"
    detail = "还没有设置通知地址。"
    remedy = "请先设置通知地址。"


class WebhookTriesLimited(ServiceError):
    code = "verify.webhook_tries_limited"
    category = Category.LIMITED
    detail = "设置或测试通知地址过于频繁。"
    remedy = "请稍后再试。"


class DeliveryNotFound(NotFound):
    code = "verify.delivery_not_found"
    detail = "没有这项通知，或已不需要重发。"
    remedy = "请刷新列表后再试。"


class QuestionAmbiguous(ServiceError):
    code = "verify.question_ambiguous"
    detail = "身份证件号码和证书管理号请只填一项。"


class IdentityUnavailable(ServiceError):
    code = "verify.identity_unavailable"
    category = Category.UNAVAILABLE
    detail = "暂时不能按身份证件号码查询。"
    remedy = "请稍后再试，或按证书管理号查询。"


class TableUnreadable(ServiceError):
    code = "verify.table_unreadable"
    detail = "表格不能读取。"
    remedy = "请上传 xlsx 或 csv 表格，第一行为表头，不超过 10 万行。"


class TableTooLarge(ServiceError):
    code = "verify.table_too_large"
    category = Category.TOO_LARGE
    detail = "上传的表格超过 10 MB。"
    remedy = "请删去无关的列或拆分后再上传。"


class BatchNotFound(NotFound):
    code = "verify.batch_not_found"
    detail = "没有这项批量核查，或已超过保存期限。"


class BatchNotFinished(ServiceError):
    code = "verify.batch_not_finished"
    category = Category.CONFLICT
    detail = "批量核查尚未完成，或未能完成。"
    remedy = "请查看进度；完成后再下载结果。"
