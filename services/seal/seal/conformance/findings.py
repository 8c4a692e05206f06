"""What a check can come to besides holding, and how refusals are judged."""

from http import HTTPStatus

import httpx


class NotMet(Exception):
    """The requirement is not met; the text says in Chinese what was found."""


class NotChecked(Exception):
    """It could not be found out; the text says in Chinese why."""


def refused(answer: httpx.Response, what: str) -> str:
    """Return how ``what`` was refused; raise ``NotMet`` when it was accepted."""
    status = answer.status_code
    if answer.is_success:
        raise NotMet(f"{what}，却被接受（{status}）")
    if answer.is_server_error:
        return f"以 {status} 拒绝；宜改为 4xx 并说明原因"
    return f"以 {status} 拒绝"


def refused_properly(answer: httpx.Response, what: str, *statuses: HTTPStatus) -> str:
    """Return how ``what`` was refused; it must be with a 4xx (or these) and a reason in JSON."""
    found = refused(answer, what)
    status = answer.status_code
    if answer.is_server_error or (statuses and status not in statuses):
        wanted = "、".join(str(int(one)) for one in statuses) or "4xx"
        raise NotMet(f"{what}，应以 {wanted} 拒绝，实际为 {status}")
    document = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if not isinstance(document, dict) or not (document.get("error") or document.get("code")):
        raise NotMet(f"{what}，已拒绝（{status}），但应答中没有 error")
    return found
