"""RFC 9457 problem documents: the one map from failure category to HTTP status."""

from typing import Any

from chassis.errors import Category, ServiceError

MEDIA_TYPE = "application/problem+json"
# A form that does not have the declared shape.
UNPROCESSABLE = "chassis.unprocessable"

STATUS: dict[Category, int] = {
    Category.INVALID: 400,
    Category.UNAUTHENTICATED: 401,
    Category.FORBIDDEN: 403,
    Category.NOT_FOUND: 404,
    Category.CONFLICT: 409,
    Category.GONE: 410,
    Category.TOO_LARGE: 413,
    Category.UNSUPPORTED: 415,
    Category.LIMITED: 429,
    Category.UNAVAILABLE: 503,
}

TITLE: dict[Category, str] = {
    Category.INVALID: "内容有误",
    Category.UNAUTHENTICATED: "需要登录",
    Category.FORBIDDEN: "无权办理",
    Category.NOT_FOUND: "没有找到",
    Category.CONFLICT: "与现状冲突",
    Category.GONE: "已失效",
    Category.TOO_LARGE: "内容太大",
    Category.UNSUPPORTED: "类型不支持",
    Category.LIMITED: "请求过于频繁",
    Category.UNAVAILABLE: "暂时无法办理",
}

_TEXT = {"type": "string"}
# As it stands in every service's OpenAPI document.
SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457：办不成时的答复，code 固定不变，detail 说明原因，remedy 说明该怎么办",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        **dict.fromkeys(("type", "title", "code", "detail", "remedy", "request_id"), _TEXT),
        "status": {"type": "integer"},
        "field": {"type": "string", "description": "有误的一项，JSON pointer"},
        "fields": {
            "type": "array",
            "description": "422：逐项列出",
            "items": {
                "type": "object",
                "required": ["field", "reason"],
                "properties": {"field": _TEXT, "reason": _TEXT},
            },
        },
    },
}


def problem(error: ServiceError, *, request_id: str) -> dict[str, Any]:
    """Return the problem document of ``error``; absent parts are left out, never null."""
    document: dict[str, Any] = {
        "type": f"urn:yuzheng:problem:{error.code}",
        "title": TITLE[error.category],
        "status": STATUS[error.category],
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
    }
    if error.remedy:
        document["remedy"] = error.remedy
    if error.field:
        document["field"] = error.field
    return document


def unprocessable(fields: list[dict[str, str]], *, request_id: str) -> dict[str, Any]:
    """Return the document of a form in the wrong shape: each field with its reason, no values."""
    return {
        "type": f"urn:yuzheng:problem:{UNPROCESSABLE}",
        "title": "填写有误",
        "status": 422,
        "code": UNPROCESSABLE,
        "detail": "有内容没有填写或格式不对。",
        "remedy": "请按 fields 所列逐项改正后再提交。",
        "fields": fields,
        "request_id": request_id,
    }


def unknown_problem(*, request_id: str) -> dict[str, Any]:
    """Return the document of an unforeseen failure: no detail, because it may be sensitive."""
    return {
        "type": "urn:yuzheng:problem:chassis.internal",
        "title": "系统内部错误",
        "status": 500,
        "code": "chassis.internal",
        "detail": "系统出现意外错误，已记录。",
        "remedy": "请稍后再试；多次出现时请提供 request_id 联系管理员。",
        "request_id": request_id,
    }
