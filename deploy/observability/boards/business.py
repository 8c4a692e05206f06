"""业务: people, claims, certificates and checks, for those who answer for the work."""

from deploy.observability.panels import QUARTER, Board, Panel, Query
from deploy.observability.promql import REQUESTS, largest

_REGISTERED = (
    f'{REQUESTS}_count{{http_route="/api/identity/v1/registrations",'
    ' http_response_status_code="201"}'
)

BOARD = Board(
    "business",
    "业务",
    "People, claims, certificates and checks",
    (
        Panel(
            "已注册人数",
            "People who have registered",
            (Query(largest("yuzheng_people")),),
            width=QUARTER,
            number=True,
        ),
        Panel(
            "有效证书",
            "Certificates in force",
            (Query(largest('yuzheng_certificates{state="valid"}')),),
            width=QUARTER,
            number=True,
        ),
        Panel(
            "待审申报",
            "Claims that wait for a reviewer",
            (Query("sum(max by (step, age) (yuzheng_claims_waiting))"),),
            width=QUARTER,
            number=True,
        ),
        Panel(
            "近一天核验",
            "Codes scanned within a day",
            (Query("sum(increase(yuzheng_verify_checks_total[1d]))"),),
            width=QUARTER,
            number=True,
        ),
        Panel(
            "证书状态",
            "Certificates ever issued by their present state",
            (Query(largest("yuzheng_certificates", "state"), "{{state}}"),),
        ),
        Panel(
            "每小时签发",
            "Certificates issued in an hour at the present rate",
            (
                Query(
                    "3600 * sum(rate(yuzheng_issuance_duration_seconds_count[$__rate_interval]))",
                    "签发",
                ),
            ),
        ),
        Panel(
            "每小时注册",
            "Registrations in an hour at the present rate",
            (Query(f"3600 * sum(rate({_REGISTERED}[$__rate_interval]))", "注册"),),
        ),
        Panel(
            "待审申报",
            "Claims that wait, by step",
            (Query("sum by (step) (max by (step, age) (yuzheng_claims_waiting))", "{{step}}"),),
        ),
        Panel(
            "在办证书",
            "Completed years on their way to a certificate, by state",
            (Query(largest("yuzheng_intents", "state"), "{{state}}"),),
        ),
        Panel(
            "近一小时登录失败",
            "Failed log-ins since the last success, those of the last hour",
            (Query(largest("yuzheng_log_in_failures"), "失败"),),
        ),
    ),
)
