"""审核队列: who waits for whom, and how long."""

from deploy.observability.panels import Board, Panel, Query
from deploy.observability.promql import largest, rate

BOARD = Board(
    "review",
    "审核队列",
    "Who waits for whom, and how long",
    (
        Panel(
            "待单位审核",
            "Claims that wait for the employer, by how long ago they were filed",
            (Query(largest('yuzheng_claims_waiting{step="employer"}', "age"), "{{age}}"),),
        ),
        Panel(
            "待人社部门审核",
            "Claims that wait for the bureau, by how long ago they were filed",
            (Query(largest('yuzheng_claims_waiting{step="bureau"}', "age"), "{{age}}"),),
        ),
        Panel(
            "申报等待最久",
            "How long ago the oldest waiting claim was filed",
            (Query(largest("yuzheng_claims_age_seconds", "step"), "{{step}}"),),
            unit="s",
        ),
        Panel(
            "审核决定",
            "Decisions a second by step and outcome",
            (Query(rate("yuzheng_claims_decided_total", "step, outcome"), "{{step}} {{outcome}}"),),
        ),
        Panel(
            "待单位确认的人员",
            "People whose employer has not confirmed them yet",
            (Query(largest("yuzheng_affiliations_waiting"), "人"),),
        ),
        Panel(
            "待单位确认最久",
            "How long the first of them has waited",
            (Query(largest("yuzheng_affiliations_age_seconds"), "最久"),),
            unit="s",
        ),
        Panel(
            "待第二人审批",
            "Two-person decisions that wait for the second person",
            (Query(largest("yuzheng_approvals_waiting"), "审批"),),
        ),
        Panel(
            "待处理的异常",
            "Parked and quarantined certificates, and omissions of seal services' logs",
            (
                Query(
                    largest('yuzheng_intents{state=~"parked|quarantined"}', "state"), "{{state}}"
                ),
                Query(largest("yuzheng_log_omissions"), "日志漏记"),
            ),
            bad_from=1,
        ),
    ),
)
