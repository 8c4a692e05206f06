"""What an official reads about work that waits by itself, and what may be done about it."""

_BY_ITSELF = "系统自动重试，恢复后自动办结。"
_WAITS = {
    "certificates.seal_unavailable": f"签章服务没有正常应答。请联系签章单位恢复服务；{_BY_ITSELF}",
    "certificates.seal_refused": f"签章服务拒绝签章。请签章单位查明原因；{_BY_ITSELF}",
    "certificates.seal_pending": "签章服务已收下文件，尚未返回。请联系签章单位查询进度。",
    "certificates.seal_not_active": "签章已停用。请恢复该签章或启用新的签章。",
    "certificates.revocation_unknown": (
        f"没有足够新的吊销信息，暂不送签。请运维检查认证机构的发布地址；{_BY_ITSELF}"
    ),
    "certificates.template_altered": "样式文件与登记的摘要不一致，已停止制作。请联系运维。",
}
_IN_LINE = "正在排队办理，时间较长。请查看签章通道的状况。"
_FAILED = f"制作中的一步没有完成。{_BY_ITSELF}长时间没有变化时请联系运维。"
_LOGS = {
    "certificates.seal_log_broken": (
        "签章服务的日志与以前读到的不一致，已停止核对。请立即联系签章单位查明，必要时停用签章。"
    ),
}
_LOG_UNREAD = "签章服务的日志读不到，签名无法核对。请联系签章单位。"


def sentence_of_wait(code: str | None) -> str:
    """Return why an intent waits; ``code`` is what the last attempt ended in."""
    return _WAITS.get(code, _FAILED) if code else _IN_LINE


def sentence_of_log(code: str) -> str:
    """Return what is wrong with a seal service's log."""
    return _LOGS.get(code, _LOG_UNREAD)
