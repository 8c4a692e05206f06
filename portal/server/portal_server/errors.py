"""How the dashboards fail."""

from chassis.errors import Category, ServiceError


class DashboardNotFound(ServiceError):
    code = "portal.dashboard_not_found"
    category = Category.NOT_FOUND
    detail = "没有这个仪表盘。"
    remedy = "请从列表中选择。"


class PanelNotFound(ServiceError):
    code = "portal.panel_not_found"
    category = Category.NOT_FOUND
    detail = "这个仪表盘里没有这幅图。"
    remedy = "请刷新页面，按最新的仪表盘查看。"


class FiguresNotConfigured(ServiceError):
    code = "portal.figures_not_configured"
    category = Category.UNAVAILABLE
    detail = "本平台没有配置监控数据的来源（Prometheus）。"
    remedy = "请在门户的设置 PORTAL_PROMETHEUS_URL 中填写 Prometheus 的地址。"


class FiguresUnreachable(ServiceError):
    code = "portal.figures_unreachable"
    category = Category.UNAVAILABLE
    detail = "监控数据的来源（Prometheus）没有应答。"
    remedy = "请确认 Prometheus 正在运行、门户能够访问它，然后重试。"


class FiguresRefused(ServiceError):
    code = "portal.figures_refused"
    category = Category.UNAVAILABLE
    detail = "监控数据的来源（Prometheus）没有给出这幅图的数据。"
    remedy = "请缩短时间范围再试；仍然如此时请查看 Prometheus 的日志。"
