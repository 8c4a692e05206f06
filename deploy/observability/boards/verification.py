"""公开核验: what checkers are told, how fast, and how fresh it is."""

from deploy.observability.panels import QUARTER, Board, Panel, Query
from deploy.observability.promql import REQUESTS, WORK, largest, quantile, rate, share

_CHECKS = "yuzheng_verify_checks_total"
_GATEWAY = 'envoy_cluster_name="verify-check"'

BOARD = Board(
    "verification",
    "公开核验",
    "What checkers are told, how fast, and how fresh it is",
    (
        Panel(
            "公开答案的时点距今",
            "Age of the instant as of which answers are complete",
            (Query(largest("yuzheng_verify_freshness_age_seconds")),),
            unit="s",
            width=QUARTER,
            number=True,
            bad_from=60,
        ),
        Panel(
            "离线状态清单距今",
            "Age of the oldest signed status list",
            (Query(largest("yuzheng_verify_status_list_age_seconds")),),
            unit="s",
            width=QUARTER,
            number=True,
            bad_from=120,
        ),
        Panel(
            "缓存在线",
            "Whether the cache answers",
            (Query("min(yuzheng_cache_up)"),),
            width=QUARTER,
            number=True,
            bad_below=1,
        ),
        Panel(
            "未计入的核验",
            "Checks answered and not counted for the holder",
            (Query("sum(increase(yuzheng_verify_checks_uncounted_total[1h]))"),),
            width=QUARTER,
            number=True,
        ),
        Panel(
            "扫码核验结果",
            "Answers to a scanned code by what was told",
            (Query(rate(_CHECKS, "state"), "{{state}}"),),
            unit="reqps",
        ),
        Panel(
            "未能核验的比例",
            "Share of answers that could not check",
            (
                Query(
                    f'(sum(rate({_CHECKS}{{state="could_not_check"}}[$__rate_interval]))'
                    f" or 0 * sum(rate({_CHECKS}[$__rate_interval])))"
                    f" / sum(rate({_CHECKS}[$__rate_interval]))"
                ),
            ),
            unit="percentunit",
            bad_from=0.01,
        ),
        Panel(
            "扫码核验耗时（网关所见）",
            "Time of the answers to scanned codes as the gateway sees it",
            tuple(
                Query(quantile(q, "envoy_cluster_upstream_rq_time", where=_GATEWAY), f"{q:.0%}")
                for q in (0.5, 0.95, 0.99)
            ),
            unit="ms",
        ),
        Panel(
            "变更到公开答案的时间（99%）",
            "Time from a certificate's change to the answer telling it; revoked within two seconds",
            (Query(quantile(0.99, "yuzheng_verify_news_lag_seconds", "state"), "{{state}}"),),
            unit="s",
            bad_from=5,
        ),
        Panel(
            "其他核验方式",
            "Requests a second of the other doors by route",
            (
                Query(
                    rate(f'{REQUESTS}_count{{service_name="verify", {WORK}}}', "http_route"),
                    "{{http_route}}",
                ),
            ),
            unit="reqps",
        ),
        Panel(
            "缓存命中比例",
            "Share of the cache's reads that found a key",
            (
                Query(
                    share(
                        'yuzheng_cache_reads_total{outcome="found"}',
                        "yuzheng_cache_reads_total",
                        "service_name",
                    ),
                    "Redis",
                ),
            ),
            unit="percentunit",
        ),
        Panel(
            "缓存占用内存",
            "Memory that the cache's data takes",
            (Query(largest("yuzheng_cache_memory_bytes"), "Redis"),),
            unit="bytes",
        ),
        Panel(
            "缓存命令与键数",
            "Commands a second, and facts held",
            (
                Query("max(rate(yuzheng_cache_commands_total[$__rate_interval]))", "命令/秒"),
                Query(largest("yuzheng_cache_keys"), "键"),
                Query(largest("yuzheng_cache_clients"), "连接"),
            ),
        ),
        Panel(
            "等待中的批次与推送",
            "Tables being checked, and changes clients are still to be told of",
            (
                Query(largest("yuzheng_verify_batches_open"), "批次"),
                Query(largest("yuzheng_verify_deliveries_waiting"), "推送"),
            ),
        ),
    ),
)
