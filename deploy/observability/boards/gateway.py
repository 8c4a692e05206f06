"""网关: what comes in from outside, and what it meets."""

from deploy.observability.panels import Board, Panel, Query
from deploy.observability.promql import quantile, rate, share

_IN = 'envoy_http_conn_manager_prefix="gateway"'
_CLUSTER = "{{envoy_cluster_name}}"


def _breaker(state: str) -> str:
    """Return the series of all breakers: checks have the high priority and one of their own."""
    return f'{{__name__=~"envoy_cluster_circuit_breakers_(default|high)_{state}"}}'


BOARD = Board(
    "gateway",
    "网关",
    "What comes in from outside, and what it meets",
    (
        Panel(
            "外来请求",
            "Requests a second by class of the answer",
            (
                Query(
                    rate(f"envoy_http_downstream_rq_xx{{{_IN}}}", "envoy_response_code_class"),
                    "{{envoy_response_code_class}}xx",
                ),
            ),
            unit="reqps",
        ),
        Panel(
            "外来请求耗时",
            "Time from a request's first byte to the end of its answer",
            tuple(
                Query(quantile(q, "envoy_http_downstream_rq_time", where=_IN), f"{q:.0%}")
                for q in (0.5, 0.95, 0.99)
            ),
            unit="ms",
        ),
        Panel(
            "转给各服务",
            "Requests a second to each service",
            (Query(rate("envoy_cluster_upstream_rq_total", "envoy_cluster_name"), _CLUSTER),),
            unit="reqps",
        ),
        Panel(
            "各服务出错比例（网关所见）",
            "Share of a service's answers with a 5xx status, those that never came included",
            (
                Query(
                    share(
                        'envoy_cluster_upstream_rq_xx{envoy_response_code_class="5"}',
                        "envoy_cluster_upstream_rq_xx",
                        "envoy_cluster_name",
                    ),
                    _CLUSTER,
                ),
            ),
            unit="percentunit",
            bad_from=0.05,
        ),
        Panel(
            "各服务耗时（99%）",
            "Time of each service's answers",
            (
                Query(
                    quantile(0.99, "envoy_cluster_upstream_rq_time", "envoy_cluster_name"), _CLUSTER
                ),
            ),
            unit="ms",
        ),
        Panel(
            "限流",
            "Requests a second over a limit, by the limit",
            (
                Query(
                    rate(
                        "envoy_http_local_rate_limit_rate_limited",
                        "envoy_local_http_ratelimit_prefix",
                    ),
                    "{{envoy_local_http_ratelimit_prefix}}",
                ),
            ),
            unit="reqps",
        ),
        Panel(
            "令牌",
            "Tokens a second that were let in or refused",
            (
                Query(
                    f"sum(rate(envoy_http_jwt_authn_allowed{{{_IN}}}[$__rate_interval]))", "放行"
                ),
                Query(f"sum(rate(envoy_http_jwt_authn_denied{{{_IN}}}[$__rate_interval]))", "拒绝"),
            ),
            unit="reqps",
        ),
        Panel(
            "断路器",
            "Open circuit breakers of each service: 1 is open",
            (
                Query(
                    f"max by (envoy_cluster_name) ({_breaker('rq_open')})",
                    f"{_CLUSTER} 请求",
                ),
                Query(
                    f"max by (envoy_cluster_name) ({_breaker('rq_pending_open')})",
                    f"{_CLUSTER} 排队",
                ),
            ),
            bad_from=1,
        ),
        Panel(
            "连接",
            "Connections from outside",
            (Query(f"sum(envoy_http_downstream_cx_active{{{_IN}}})", "连接"),),
        ),
        Panel(
            "重试",
            "Requests a second that were sent again because they had not reached a service",
            (Query(rate("envoy_cluster_upstream_rq_retry", "envoy_cluster_name"), _CLUSTER),),
        ),
        Panel(
            "网关内存",
            "Memory that the gateway has allocated",
            (Query("max(envoy_server_memory_allocated)", "内存"),),
            unit="bytes",
        ),
        Panel(
            "追踪记录",
            "Spans a second that were sent to the collector",
            (Query("sum(rate(envoy_tracing_opentelemetry_spans_sent[$__rate_interval]))", "送出"),),
        ),
    ),
)
