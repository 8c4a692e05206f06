"""Failures that cross a process boundary on purpose.

Stdlib only, so that every domain module may import it. What is lost at the HTTP boundary: the
cause chain and the stack; only what this class carries is shown to the caller.
"""

from enum import StrEnum
from typing import ClassVar


class Category(StrEnum):
    """What kind of failure it is; ``chassis.problems`` maps each to one HTTP status."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"


class ServiceError(Exception):
    """A failure the caller can understand and act on.

    ``code`` is stable and documented (``<service>.<fact>``); ``detail`` says in Chinese what
    happened, ``remedy`` what to do; ``field`` names the offending input as a JSON pointer.
    """

    code: ClassVar[str] = "chassis.failure"
    category: ClassVar[Category] = Category.INVALID
    detail: str = "请求无法处理。"
    remedy: str = ""

    def __init__(
        self,
        detail: str | None = None,
        *,
        remedy: str | None = None,
        field: str | None = None,
        retry_after_seconds: int | None = None,
    ) -> None:
        self.detail = detail or self.detail
        self.remedy = remedy if remedy is not None else self.remedy
        self.field = field
        self.retry_after_seconds = retry_after_seconds
        super().__init__(f"{self.code}: {self.detail}")


class Unauthenticated(ServiceError):
    code = "chassis.unauthenticated"
    category = Category.UNAUTHENTICATED
    detail = "请先登录，或登录已过期。"
    remedy = "请重新登录后再试。"


class Forbidden(ServiceError):
    code = "chassis.forbidden"
    category = Category.FORBIDDEN
    detail = "您没有办理此事项的权限。"
    remedy = "请由有权限的管理员办理。"


class NotFound(ServiceError):
    code = "chassis.not_found"
    category = Category.NOT_FOUND
    detail = "没有找到您要的内容。"
    remedy = "请核对后再试。"


class IdempotencyKeyMissing(ServiceError):
    code = "chassis.idempotency_key_missing"
    category = Category.INVALID
    detail = "请求缺少 Idempotency-Key。"
    remedy = "请为每一次提交生成一个新的 Idempotency-Key，重试时使用同一个。"


class IdempotencyKeyReused(ServiceError):
    code = "chassis.idempotency_key_reused"
    category = Category.CONFLICT
    detail = "同一个 Idempotency-Key 已用于另一个不同的请求。"
    remedy = "请为新的请求生成新的 Idempotency-Key。"


class BodyTooLarge(ServiceError):
    code = "chassis.body_too_large"
    category = Category.TOO_LARGE
    detail = "提交的内容太大。"
    remedy = "请压缩或拆分后再提交。"


class TimedOut(ServiceError):
    code = "chassis.timed_out"
    category = Category.UNAVAILABLE
    detail = "处理超时，请稍后再试。"
    remedy = "请用同一个 Idempotency-Key 重试，系统不会重复办理。"
