"""签发与签章通道: from a completed year to a sealed certificate, lane by lane."""

from deploy.observability.panels import Board, Panel, Query
from deploy.observability.promql import largest, quantile, rate

_LANE = "{{lane}}"

BOARD = Board(
    "issuance",
    "签发与签章通道",
    "From a completed year to a sealed certificate, lane by lane",
    (
        Panel(
            "签发用时",
            "Time from the arrival of a completed year to the valid certificate",
            tuple(
                Query(quantile(q, "yuzheng_issuance_duration_seconds"), f"{q:.0%}", exemplars=True)
                for q in (0.5, 0.99)
            ),
            unit="s",
        ),
        Panel(
            "每秒签发",
            "Certificates issued a second",
            (
                Query(
                    "sum(rate(yuzheng_issuance_duration_seconds_count[$__rate_interval]))", "签发"
                ),
            ),
        ),
        Panel(
            "在办证书",
            "Completed years on their way, by state",
            (Query(largest("yuzheng_intents", "state"), "{{state}}"),),
        ),
        Panel(
            "在办最久",
            "How long the oldest of each state has been on its way",
            (Query(largest("yuzheng_intents_age_seconds", "state"), "{{state}}"),),
            unit="s",
        ),
        Panel(
            "各通道等待",
            "Documents that wait for each lane's seal",
            (Query(largest("yuzheng_lane_waiting", "lane"), _LANE),),
        ),
        Panel(
            "各通道等待最久",
            "How long the oldest document of each lane has been on its way",
            (Query(largest("yuzheng_lane_waiting_age_seconds", "lane"), _LANE),),
            unit="s",
        ),
        Panel(
            "各通道故障时长",
            "How long each seal service has failed without a success; 0 is healthy",
            (Query(largest("yuzheng_lane_failing_seconds", "lane"), _LANE),),
            unit="s",
            bad_from=900,
        ),
        Panel(
            "通道调用耗时（99%）",
            "Time of the calls to each seal service",
            (
                Query(
                    quantile(0.99, "yuzheng_lane_call_duration_seconds", "lane"),
                    _LANE,
                    exemplars=True,
                ),
            ),
            unit="s",
        ),
        Panel(
            "通道调用",
            "Calls a second to each seal service by whether it answered",
            (
                Query(
                    rate("yuzheng_lane_call_duration_seconds_count", "lane, outcome"),
                    "{{lane}} {{outcome}}",
                ),
            ),
        ),
        Panel(
            "通道文件",
            "Documents a second by what the seal service said",
            (Query(rate("yuzheng_lane_documents_total", "lane, outcome"), "{{lane}} {{outcome}}"),),
        ),
        Panel(
            "自检成功距今",
            "Time since each lane's last successful canary",
            (Query(largest("yuzheng_lane_canary_age_seconds", "lane"), _LANE),),
            unit="s",
            bad_from=129_600,
        ),
        Panel(
            "签章证书剩余",
            "Time until the certificate of each lane's seal ends",
            (Query("min by (lane) (yuzheng_lane_certificate_remaining_seconds)", _LANE),),
            unit="s",
            bad_below=2_592_000,
        ),
        Panel(
            "签章服务签名",
            "Signatures a second that seal services gave out, made or repeated",
            (
                Query(
                    rate("yuzheng_seal_signatures_total", "instance, outcome"),
                    "{{instance}} {{outcome}}",
                ),
            ),
        ),
        Panel(
            "密码设备耗时（99%）",
            "Time the bureaus' tokens took for one call",
            (
                Query(
                    quantile(0.99, "yuzheng_seal_token_duration_seconds", "instance"),
                    "{{instance}}",
                ),
            ),
            unit="s",
        ),
        Panel(
            "文书处理耗时（99%）",
            "Time of one piece of work on a document, waiting for a process included",
            (
                Query(
                    quantile(0.99, "yuzheng_documents_duration_seconds", "service_name, pool"),
                    "{{service_name}} {{pool}}",
                ),
            ),
            unit="s",
        ),
        Panel(
            "文书进程占用",
            "Document processes at work",
            (
                Query(
                    largest(
                        'yuzheng_pool_used{pool=~"documents.*"}', "service_name, process, pool"
                    ),
                    "{{process}} {{pool}}",
                ),
            ),
        ),
    ),
)
