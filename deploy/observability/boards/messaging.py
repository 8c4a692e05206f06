"""消息: events from outbox to consumer, and the broker between them."""

from deploy.observability.panels import Board, Panel, Query
from deploy.observability.promql import largest, quantile, rate

_SERVICE = "{{service_name}}"
_QUEUE = "{{queue}}"
_OURS = '{vhost="yuzheng"}'

BOARD = Board(
    "messaging",
    "消息",
    "Events from outbox to consumer, and the broker between them",
    (
        Panel(
            "发件箱积压",
            "Events that the broker has not confirmed yet",
            (Query(largest("yuzheng_outbox_waiting", "service_name"), _SERVICE),),
        ),
        Panel(
            "发件箱等待最久",
            "How long the oldest of the events next in turn has waited",
            (Query(largest("yuzheng_outbox_age_seconds", "service_name"), _SERVICE),),
            unit="s",
            bad_from=60,
        ),
        Panel(
            "发布",
            "Events a second that the broker confirmed",
            (Query(rate("yuzheng_outbox_published_total", "service_name"), _SERVICE),),
        ),
        Panel(
            "处理",
            "Messages a second by queue and what became of them",
            (Query(rate("yuzheng_bus_messages_total", "queue, outcome"), "{{queue}} {{outcome}}"),),
        ),
        Panel(
            "处理耗时（99%）",
            "Time from delivery to the word, its transaction included",
            (
                Query(
                    quantile(0.99, "yuzheng_bus_message_duration_seconds", "queue"),
                    _QUEUE,
                    exemplars=True,
                ),
            ),
            unit="s",
        ),
        Panel(
            "停放的消息",
            "Messages that wait for a person, by queue",
            (Query(largest("yuzheng_bus_parked", "queue"), _QUEUE),),
            bad_from=1,
        ),
        Panel(
            "队列积压",
            "Messages ready in each queue",
            (Query(f"max by (queue) (rabbitmq_queue_messages_ready{_OURS})", _QUEUE),),
            bad_from=50_000,
        ),
        Panel(
            "在处理未确认",
            "Messages delivered and not acknowledged",
            (Query(f"max by (queue) (rabbitmq_queue_messages_unacked{_OURS})", _QUEUE),),
        ),
        Panel(
            "消费者",
            "Consumers of each queue",
            (Query(f"max by (queue) (rabbitmq_queue_consumers{_OURS})", _QUEUE),),
        ),
        Panel(
            "停放最久",
            "How long the oldest parked message of a queue has waited",
            (Query(largest("yuzheng_bus_parked_age_seconds", "queue"), _QUEUE),),
            unit="s",
        ),
        Panel(
            "消息服务器内存",
            "The broker's memory and the mark at which it stops publishers",
            (
                Query("max(rabbitmq_process_resident_memory_bytes)", "已用"),
                Query("max(rabbitmq_resident_memory_limit_bytes)", "上限"),
            ),
            unit="bytes",
        ),
        Panel(
            "消息服务器磁盘",
            "The broker's free disk and the mark at which it stops publishers",
            (
                Query("min(rabbitmq_disk_space_available_bytes)", "可用"),
                Query("max(rabbitmq_disk_space_available_limit_bytes)", "下限"),
            ),
            unit="bytes",
        ),
    ),
)
