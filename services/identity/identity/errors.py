"""Typed failures of this service; codes are stable, texts are for the person who meets them."""

from chassis.errors import Category, ServiceError


class IdNumberMalformed(ServiceError):
    code = "identity.id_number_malformed"
    detail = "证件号码格式不正确：应为 18 位（或旧版 15 位），并含有效的出生日期。"
    remedy = "请对照证件逐位核对后重新填写。"


class IdNumberCheckDigitWrong(ServiceError):
    code = "identity.id_number_check_digit_wrong"
    detail = "证件号码的校验位不对，可能有一位填错。"
    remedy = "请对照证件逐位核对后重新填写。"


class IdNumberTruncatedBySpreadsheet(ServiceError):
    code = "identity.id_number_truncated_by_spreadsheet"
    detail = "证件号码末三位变成了 000，很可能是电子表格把它当作数字处理造成的。"
    remedy = "请把表格中该列设为“文本”格式，重新录入完整号码后再提交。"


class RegistrationRefused(ServiceError):
    """One wording, whatever stands against it: that the ID number is somebody's is not said."""

    code = "identity.registration_refused"
    category = Category.CONFLICT
    detail = "未能完成注册。"
    remedy = "请核对所填内容；以前注册过的，请直接登录。仍有疑问，请持证件到用人单位管理员处核实。"


class NameUnacceptable(ServiceError):
    code = "identity.name_unacceptable"
    detail = "姓名为空或过长（最多 60 个字）。"
    remedy = "请按证件上的姓名填写。"


class PasswordTooWeak(ServiceError):
    code = "identity.password_too_weak"
    detail = "密码太弱：至少 10 个字符，不能与姓名或证件号码相同，也不能只用少数几个重复字符。"
    remedy = "请换一个别人猜不到的密码。"


class EmployerUnknown(ServiceError):
    code = "identity.employer_unknown"
    detail = "没有找到这个用人单位，或该单位已停用。"
    remedy = "请在单位列表中重新选择；列表中没有时请联系所在县（市、区）人社局添加。"


class OrganisationUnknown(ServiceError):
    code = "identity.organisation_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这个机构。"
    remedy = "请在机构列表中重新选择。"


class OrganisationMisplaced(ServiceError):
    code = "identity.organisation_misplaced"
    detail = "该类机构不能设在所选的上级机构之下，或上级机构已停用。"
    remedy = "请选择合适的上级机构。"


class OrganisationCodeMalformed(ServiceError):
    code = "identity.organisation_code_malformed"
    detail = "统一社会信用代码应为 18 位数字或大写字母（不含 I、O、Z、S、V）。"
    remedy = "请对照登记证书核对后重新填写。"


class OrganisationCodeSuspect(ServiceError):
    code = "identity.organisation_code_suspect"
    detail = "统一社会信用代码的校验位不对，很可能有一位填错。"
    remedy = "请对照登记证书核对；确认证书上就是如此的，请提交 confirm_code: true。"


class OrganisationCodeRegistered(ServiceError):
    code = "identity.organisation_code_registered"
    category = Category.CONFLICT
    detail = "该统一社会信用代码的单位已经存在。"
    remedy = "请在单位列表中查找并选用已有的单位。"


class OutsideYourArea(ServiceError):
    code = "identity.outside_your_area"
    category = Category.FORBIDDEN
    detail = "该机构不在您的管理范围内。"
    remedy = "请由该机构所属的人社部门或上级管理员办理。"


class RoleDoesNotFit(ServiceError):
    code = "identity.role_does_not_fit"
    detail = "该机构不能设置这种管理员，或机构已停用。"
    remedy = "请核对机构和管理员类别。"


class OwnAppointment(ServiceError):
    code = "identity.own_appointment"
    category = Category.FORBIDDEN
    detail = "不能为自己设置管理员权限。"
    remedy = "请由上级的其他管理员办理。"


class UsernameMalformed(ServiceError):
    code = "identity.username_malformed"
    detail = "用户名应为 4 至 64 位小写字母、数字、点、横线或下划线，并以字母开头。"
    remedy = "请换一个用户名。"


class UsernameTaken(ServiceError):
    code = "identity.username_taken"
    category = Category.CONFLICT
    detail = "该用户名已被使用。"
    remedy = "请换一个用户名。"


class AccountDetailsMissing(ServiceError):
    code = "identity.account_details_missing"
    detail = "新设管理员账号须填写用户名和密码；已有账号的，请填写其证书管理号。"
    remedy = "请补充后再提交。"


class NoSuchHolder(ServiceError):
    """Number and name must fit together: the number alone opens nothing."""

    code = "identity.no_such_holder"
    category = Category.NOT_FOUND
    detail = "没有证书管理号与姓名相符的人员。"
    remedy = "请核对证书管理号和姓名。"


class GrantHeld(ServiceError):
    code = "identity.grant_held"
    category = Category.CONFLICT
    detail = "该人员已经是这个机构的管理员。"


class GrantUnknown(ServiceError):
    code = "identity.grant_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这位管理员，或其权限已经解除。"
    remedy = "请刷新列表后再试。"


class OwnGrant(ServiceError):
    code = "identity.own_grant"
    category = Category.FORBIDDEN
    detail = "不能解除自己的管理员权限。"
    remedy = "请由上级的其他管理员办理。"


class AffiliationUnknown(ServiceError):
    code = "identity.affiliation_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这项任职信息。"
    remedy = "请刷新列表后再试。"


class AffiliationAlreadyDecided(ServiceError):
    code = "identity.affiliation_already_decided"
    category = Category.CONFLICT
    detail = "这项任职申请已经处理过。"
    remedy = "请刷新列表查看处理结果。"


class AffiliationNotConfirmed(ServiceError):
    code = "identity.affiliation_not_confirmed"
    category = Category.CONFLICT
    detail = "只有已确认的任职才能办理离职。"
    remedy = "请刷新列表后再试。"


class AffiliationOpen(ServiceError):
    code = "identity.affiliation_open"
    category = Category.CONFLICT
    detail = "已有一项待确认的任职申请。"
    remedy = "请等待用人单位处理，或联系用人单位退回后再申请。"


class AnotherEmployerConfirmed(ServiceError):
    code = "identity.another_employer_confirmed"
    category = Category.CONFLICT
    detail = "该人员在另一用人单位的任职尚未结束。"
    remedy = "请先由原单位办理离职，再确认。"


class OwnAffiliation(ServiceError):
    code = "identity.own_affiliation"
    category = Category.FORBIDDEN
    detail = "不能办理自己的任职事项。"
    remedy = "请由本单位的其他管理员办理。"


class EndsBeforeItStarts(ServiceError):
    code = "identity.ends_before_it_starts"
    detail = "离职日期不能早于入职日期，也不能晚于今天。"
    remedy = "请核对日期。"


class StartsInTheFuture(ServiceError):
    code = "identity.starts_in_the_future"
    detail = "入职日期不能晚于今天。"
    remedy = "请核对日期。"


class LogInRefused(ServiceError):
    """Unknown login and wrong password are one answer."""

    code = "identity.log_in_refused"
    category = Category.UNAUTHENTICATED
    detail = "账号或密码不正确。"
    remedy = "请核对后再试；连续多次失败将暂时锁定。"


class LogInLocked(ServiceError):
    code = "identity.log_in_locked"
    category = Category.LIMITED
    detail = "登录失败次数过多，已暂时锁定。"
    remedy = "请 15 分钟后再试，或联系管理员重置密码。"


class SessionOver(ServiceError):
    """Ended, run out or unknown are one answer."""

    code = "identity.session_over"
    category = Category.UNAUTHENTICATED
    detail = "登录已结束。"
    remedy = "请重新登录。"


class SessionUnknown(ServiceError):
    code = "identity.session_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这次登录，或已经退出。"
    remedy = "请刷新列表后再试。"


class CrossSiteRefused(ServiceError):
    code = "identity.cross_site_refused"
    category = Category.FORBIDDEN
    detail = "这个请求不是由本系统的页面发出的。"
    remedy = "请直接打开本系统的网址办理。"


class OldPasswordWrong(ServiceError):
    code = "identity.old_password_wrong"
    detail = "原密码不正确。"
    remedy = "请核对后再试；连续多次错误将暂时锁定。"


class PasswordUnchanged(ServiceError):
    code = "identity.password_unchanged"
    detail = "新密码与原密码相同。"
    remedy = "请换一个新密码。"


class OfficialUnknown(ServiceError):
    code = "identity.official_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这位经办人，或者不归您所在的系统管理。"


class TooBusy(ServiceError):
    code = "identity.too_busy"
    category = Category.UNAVAILABLE
    detail = "当前登录和注册的人较多。"
    remedy = "请稍后用同一个 Idempotency-Key 重试。"


class ClientRefused(ServiceError):
    code = "identity.client_refused"
    category = Category.UNAUTHENTICATED
    detail = "客户端标识或密钥不正确，或授权方式不受支持。"


class TooManyIdNumbers(ServiceError):
    code = "identity.too_many_id_numbers"
    detail = "一次最多查询 1000 个证件号码。"
    remedy = "请分批提交。"


class CursorMalformed(ServiceError):
    code = "identity.cursor_malformed"
    detail = "翻页参数不正确。"
    remedy = "请从第一页重新开始。"


class ApiClientUnknown(ServiceError):
    code = "identity.api_client_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这个接口用户。"
    remedy = "请刷新列表后再试。"


class ApiClientRevoked(ServiceError):
    code = "identity.api_client_revoked"
    category = Category.CONFLICT
    detail = "这个接口用户已经停用。"
    remedy = "停用后不能恢复；确需继续使用的，请重新登记。"


class ApiClientSecretUnknown(ServiceError):
    code = "identity.api_client_secret_unknown"
    category = Category.NOT_FOUND
    detail = "没有找到这个密钥，或已经失效。"
    remedy = "请刷新列表后再试。"


class ApiClientSecretsTooMany(ServiceError):
    code = "identity.api_client_secrets_too_many"
    category = Category.CONFLICT
    detail = "上一次更换密钥的过渡期还没有结束，同时有效的密钥最多两个。"
    remedy = "请等待旧密钥到期，或先停用旧密钥。"


class ApiClientTokensLimited(ServiceError):
    code = "identity.api_client_tokens_limited"
    category = Category.LIMITED
    detail = "一小时内申请的访问令牌过多。"
    remedy = "访问令牌在有效期内可以重复使用，请保存后使用，临近到期再申请。"
