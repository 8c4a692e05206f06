"""Typed failures of this service.

At the HTTP boundary each becomes the error document of the Cloud Signature Consortium API
(RFC 6749 form): ``error`` is the standard's own word, ``error_description`` the Chinese text,
``code`` our stable code. The cause chain stays in the log.
"""

from typing import ClassVar

from chassis.errors import Category, ServiceError


class SealError(ServiceError):
    """A failure of the remote signing API; ``csc_error`` is the standard's word for it."""

    csc_error: ClassVar[str] = "invalid_request"


class InvalidClient(SealError):
    code = "seal.client_not_recognised"
    category = Category.UNAUTHENTICATED
    csc_error = "invalid_client"
    detail = "客户端标识或密钥不正确。"
    remedy = "请核对客户端标识和密钥。"


class UnsupportedGrantType(SealError):
    code = "seal.grant_type_not_supported"
    csc_error = "unsupported_grant_type"
    detail = "只支持 client_credentials 授权方式。"


class InvalidToken(SealError):
    code = "seal.access_token_invalid"
    category = Category.UNAUTHENTICATED
    csc_error = "invalid_token"
    detail = "访问令牌缺失、无效或已过期。"
    remedy = "请重新获取访问令牌。"


class MalformedRequest(SealError):
    code = "seal.request_malformed"
    detail = "请求格式不正确。"


class UnknownCredential(SealError):
    code = "seal.credential_unknown"
    detail = "没有这个签章凭据。"


class HashAlgorithmNotSupported(SealError):
    code = "seal.hash_algorithm_not_supported"
    detail = "不支持的摘要算法，只接受 SHA-256。"


class SignatureAlgorithmNotSupported(SealError):
    code = "seal.signature_algorithm_not_supported"
    detail = "不支持的签名算法，只接受 ECDSA with SHA-256。"


class HashMalformed(SealError):
    code = "seal.hash_malformed"
    detail = "摘要不是有效的 Base64 编码，或长度与摘要算法不符。"


class HashRepeated(SealError):
    code = "seal.hash_repeated"
    detail = "同一次请求中的摘要不能重复。"


class HashCountOutOfRange(SealError):
    code = "seal.hash_count_out_of_range"
    detail = "摘要数量超出允许范围。"
    remedy = "请分批提交，每批数量见凭据信息中的 multisign。"


class HashNotAuthorised(SealError):
    code = "seal.hash_not_authorised"
    detail = "摘要不在授权范围内。"
    remedy = "请先为这些摘要申请签名激活数据（SAD）。"


class ActivationDataInvalid(SealError):
    """The SAD is unknown, used, expired or somebody else's: the caller learns no more than that."""

    code = "seal.activation_data_invalid"
    detail = "签名激活数据（SAD）无效、已使用或已过期。"
    remedy = "请重新申请签名激活数据。"


class RequestKeyReused(SealError):
    code = "seal.request_key_reused"
    category = Category.CONFLICT
    detail = "同一个请求标识已用于另一组摘要。"
    remedy = "请为新的摘要使用新的请求标识。"


class CertificateNotInForce(SealError):
    code = "seal.certificate_not_in_force"
    csc_error = "access_denied"
    detail = "签章证书尚未生效或已过期，不能签章。"
    remedy = "请签章单位更换证书后再试。"


class TokenUnavailable(SealError):
    code = "seal.token_unavailable"
    category = Category.UNAVAILABLE
    csc_error = "temporarily_unavailable"
    detail = "签章密码设备暂时不可用。"
    remedy = "请稍后用同一个请求标识重试，不会重复签章。"


class SignatureNotVerified(SealError):
    """The token returned something that the certificate's key does not accept."""

    code = "seal.signature_not_verified"
    category = Category.UNAVAILABLE
    csc_error = "server_error"
    detail = "签名未通过自检，已拒绝发出。"
    remedy = "请签章单位检查密码设备和证书是否匹配。"


class Misconfigured(Exception):
    """The process must not start: key, certificate, office or environment do not fit together."""
