"""The ways a seal service can go wrong, by name."""

from enum import StrEnum
from typing import Self


class Fault(StrEnum):
    """One way to misbehave; the value is its name on the command line, the text says what it is."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    # Sealing itself.
    SLOW = "slow", "签名应答很慢"
    ERROR_500 = "error500", "签名一律返回 500"
    REFUSE = "refuse", "签名一律拒绝"
    WRONG_KEY = "wrong_key", "用另一把密钥签名"
    ALTERED_SIGNATURE = "altered_signature", "签名值被改动"
    TRUNCATED_SIGNATURE = "truncated_signature", "签名值被截断"
    DUPLICATE = "duplicate", "对每个摘要都返回第一个签名"
    SWAPPED = "swapped", "签名次序颠倒"
    HALF_BATCH = "half_batch", "只返回一半签名"
    TRUNCATED = "truncated", "应答内容被截断"
    CLOCK_SKEW = "clock_skew", "时钟快一天"
    # What it says of itself.
    NO_SIGN_HASH = "no_sign_hash", "服务信息不列 signHash"
    HIDDEN_CREDENTIAL = "hidden_credential", "凭据列表为空"
    DISABLED = "disabled", "凭据停用"
    SCAL_1 = "scal1", "凭据声明 SCAL 1"
    WRONG_CERTIFICATE = "wrong_certificate", "出示另一单位的证书"
    UNREADABLE_CERTIFICATE = "unreadable_certificate", "证书无法读取"
    EXPIRED_CERTIFICATE = "expired_certificate", "证书已过期"
    NO_SIGNING_USE = "no_signing_use", "证书用途不含签名"
    BROKEN_CHAIN = "broken_chain", "证书链不连续"
    # What it lets pass.
    NO_ACTIVATION = "no_activation", "不发放 SAD"
    ANY_HASH = "any_hash", "未授权的摘要也签"
    ANY_LENGTH = "any_length", "任何长度的摘要都签"
    ANY_CREDENTIAL = "any_credential", "任何凭据标识都接受"
    ANY_ACTIVATION = "any_activation", "任何 SAD 都接受"
    ACTIVATION_REUSED = "activation_reused", "SAD 可重复使用"
    REFUSE_LOGIN = "refuse_login", "一律拒绝登录"
    ANY_SECRET = "any_secret", "任何客户端密钥都接受"
    NO_LOGIN = "no_login", "不带令牌也可调用"
    ANY_TOKEN = "any_token", "任何令牌都接受"
    LONG_TOKEN = "long_token", "令牌有效期一周"
    ETERNAL_TOKEN = "eternal_token", "过期令牌仍可用"
    SMALL_BATCH = "small_batch", "每次只签一个摘要"
    UNLIMITED_HASHES = "unlimited_hashes", "不限制每次摘要数量"
    LARGE_BODIES = "large_bodies", "不限制请求大小"
    CRASHES = "crashes", "遇到格式错误的请求返回 500"
    OVERLOADED = "overloaded", "并发稍多就返回 500"
    # Resending and the log.
    SIGNS_AGAIN = "signs_again", "重发时重新签名"
    CHANGED_RESEND = "changed_resend", "同一请求标识换了摘要也接受"
    NO_LOG = "no_log", "没有签章日志"
    LOG_OPEN = "log_open", "日志不带令牌也可读"
    LOG_FORGETS = "log_forgets", "日志漏记"
    LOG_UNCHAINED = "log_unchained", "日志条目不成链"
    LOG_REWRITTEN = "log_rewritten", "日志旧条目会变"
    LOG_TIME = "log_time", "日志时间慢一天"
    LOG_MIXED = "log_mixed", "日志次序颠倒"
