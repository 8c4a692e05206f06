"""数据库: each service's own database, and the connections to it."""

from deploy.observability.panels import Board, Panel, Query
from deploy.observability.promql import largest, quantile

_SERVICE = "{{service_name}}"
_POOL = "service_name, process, pool"
_RATE = "max by (service_name) (rate({}[$__rate_interval]))"


def _rate(counter: str) -> str:
    return _RATE.format(counter)


BOARD = Board(
    "databases",
    "数据库",
    "Each service's own database, and the connections to it",
    (
        Panel(
            "提交",
            "Transactions committed a second",
            (Query(_rate("yuzheng_database_commits_total"), _SERVICE),),
        ),
        Panel(
            "回滚",
            "Transactions rolled back a second; readings end so too",
            (Query(_rate("yuzheng_database_rollbacks_total"), _SERVICE),),
        ),
        Panel(
            "会话",
            "Sessions by what they are doing",
            (
                Query(
                    largest("yuzheng_database_sessions", "service_name, state"),
                    "{{service_name}} {{state}}",
                ),
            ),
        ),
        Panel(
            "事务打开最久",
            "How long the oldest transaction has been open",
            (Query(largest("yuzheng_database_transaction_age_seconds", "service_name"), _SERVICE),),
            unit="s",
            bad_from=300,
        ),
        Panel(
            "服务器连接",
            "Connections to the server, of everybody, and what it allows",
            (
                Query(largest("yuzheng_database_server_connections"), "已用"),
                Query(largest("yuzheng_database_server_connections_limit"), "上限"),
            ),
        ),
        Panel(
            "内存命中比例",
            "Share of blocks that PostgreSQL had in memory",
            (
                Query(
                    f"{_rate('yuzheng_database_blocks_hit_total')} / ("
                    f"{_rate('yuzheng_database_blocks_hit_total')}"
                    f" + {_rate('yuzheng_database_blocks_read_total')})",
                    _SERVICE,
                ),
            ),
            unit="percentunit",
        ),
        Panel(
            "死锁",
            "Deadlocks that PostgreSQL ended, in an hour",
            (
                Query(
                    "max by (service_name) (increase(yuzheng_database_deadlocks_total[1h]))",
                    _SERVICE,
                ),
            ),
        ),
        Panel(
            "大小",
            "Size on disk",
            (Query(largest("yuzheng_database_size_bytes", "service_name"), _SERVICE),),
            unit="bytes",
        ),
        Panel(
            "待清理的行",
            "Rows that the next vacuum removes, as a share of all",
            (
                Query(
                    "max by (service_name) (yuzheng_database_rows_dead"
                    " / (yuzheng_database_rows_dead + yuzheng_database_rows_live + 1))",
                    _SERVICE,
                ),
            ),
            unit="percentunit",
        ),
        Panel(
            "连接池占用",
            "Connections of each process that are taken",
            (
                Query(
                    largest('yuzheng_pool_used{pool=~"database|leases"}', _POOL),
                    "{{service_name}} {{process}} {{pool}}",
                ),
            ),
        ),
        Panel(
            "等待连接（99%）",
            "Time until a connection was had",
            (
                Query(
                    quantile(0.99, "yuzheng_pool_wait_seconds", _POOL),
                    "{{service_name}} {{process}} {{pool}}",
                ),
            ),
            unit="s",
        ),
    ),
)
