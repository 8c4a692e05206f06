"""What identity counts in its tables for those who run it: people, and who waits for a unit."""

from chassis import figures
from chassis.figures import MOST_COUNTED, Count, Gauge
from identity.subscribers import QUEUES
from identity.tables import outbox, parked

# Everybody who ever registered: read from an index alone, and seldom.
_PEOPLE_SECONDS = 300.0
_LOCKING_HOURS = 1


def counts() -> list[Count]:
    """Return everything the worker counts."""
    return [
        Count(
            "SELECT count(*) AS people FROM people",
            {"people": Gauge("yuzheng.people")},
            every_seconds=_PEOPLE_SECONDS,
        ),
        Count(
            "SELECT count(*) AS waiting,"
            " COALESCE(max(extract(epoch FROM now() - requested_at)), 0) AS age"
            " FROM (SELECT requested_at FROM affiliations WHERE state = 'requested'"
            " LIMIT :most) AS requested",
            {
                "waiting": Gauge("yuzheng.affiliations.waiting"),
                "age": Gauge("yuzheng.affiliations.age", "s"),
            },
            {"most": MOST_COUNTED},
        ),
        Count(
            "SELECT COALESCE(sum(failures), 0) AS failures FROM (SELECT failures"
            " FROM log_in_failures WHERE last_at > now() - make_interval(hours => :hours)"
            " LIMIT :most) AS recent",
            {"failures": Gauge("yuzheng.log_in.failures")},
            {"hours": _LOCKING_HOURS, "most": MOST_COUNTED},
        ),
        *figures.of_messages(outbox, parked, QUEUES),
        *figures.of_database(),
    ]
