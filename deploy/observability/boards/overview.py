"""总览: whether every process works, how fast, and what it works with."""

from deploy.observability.panels import THIRD, Board, Panel, Query
from deploy.observability.promql import REQUESTS, WORK, largest, quantile, rate, share

_PROCESS = "{{service_name}} {{process}}"

BOARD = Board(
    "overview",
    "总览",
    "Every process: requests, errors, times, and what it works with",
    (
        Panel(
            "在线进程",
            "Processes that answer the scraper",
            (Query("sum(up)"),),
            width=THIRD,
            number=True,
        ),
        Panel(
            "每秒请求",
            "Requests a second, all services",
            (Query(f"sum(rate({REQUESTS}_count{{{WORK}}}[$__rate_interval]))"),),
            unit="reqps",
            width=THIRD,
            number=True,
        ),
        Panel(
            "公开答案的时点距今",
            "Age of the instant as of which public answers are complete",
            (Query(largest("yuzheng_verify_freshness_age_seconds")),),
            unit="s",
            width=THIRD,
            number=True,
            bad_from=60,
        ),
        Panel(
            "各服务请求",
            "Requests a second by service",
            (Query(rate(f"{REQUESTS}_count{{{WORK}}}", "service_name"), "{{service_name}}"),),
            unit="reqps",
        ),
        Panel(
            "各服务出错比例",
            "Share of answers with a 5xx status",
            (
                Query(
                    share(
                        f'{REQUESTS}_count{{{WORK}, http_response_status_code=~"5.."}}',
                        f"{REQUESTS}_count{{{WORK}}}",
                        "service_name",
                    ),
                    "{{service_name}}",
                ),
            ),
            unit="percentunit",
            bad_from=0.02,
        ),
        Panel(
            "请求耗时（99%）",
            "Time within which 99 % of requests were answered",
            (
                Query(
                    quantile(0.99, REQUESTS, "service_name", WORK),
                    "{{service_name}}",
                    exemplars=True,
                ),
            ),
            unit="s",
            bad_from=2,
        ),
        Panel(
            "最慢的地址（95%）",
            "The ten slowest routes",
            (
                Query(
                    f"topk(10, {quantile(0.95, REQUESTS, 'service_name, http_route', WORK)})",
                    "{{service_name}} {{http_route}}",
                    exemplars=True,
                ),
            ),
            unit="s",
        ),
        Panel(
            "事件循环延迟（99%）",
            "How late the event loop comes to what is due",
            (Query(quantile(0.99, "yuzheng_loop_lag_seconds", "service_name, process"), _PROCESS),),
            unit="s",
            bad_from=0.5,
        ),
        Panel(
            "资源池占用",
            "Taken share of each pool: database connections, document processes",
            (
                Query(
                    "max by (service_name, process, pool) (yuzheng_pool_used / yuzheng_pool_size)",
                    "{{service_name}} {{process}} {{pool}}",
                ),
            ),
            unit="percentunit",
            bad_from=1,
        ),
        Panel(
            "处理器占用",
            "Cores in use by process",
            (Query(rate("process_cpu_seconds_total", "service_name, process"), _PROCESS),),
        ),
        Panel(
            "内存占用",
            "Resident memory by process",
            (Query(largest("process_resident_memory_bytes", "service_name, process"), _PROCESS),),
            unit="bytes",
        ),
    ),
)
