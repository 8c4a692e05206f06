"""What hours counts in its tables for those who run it: which claims wait, and how long."""

from chassis import figures
from chassis.figures import MOST_COUNTED, Count, Gauge
from hours.subscribers import QUEUES
from hours.tables import outbox, parked

# Whoever filed waits from then on, whichever step the claim is at: the queue's index is in this
# order, so the oldest are counted first and from the index alone.
_WAITING = """
SELECT step, age, count(w.submitted_at) AS waiting
FROM (VALUES ('employer', 'submitted'), ('bureau', 'employer_approved')) AS steps (step, state)
CROSS JOIN (VALUES ('under_1d', 0, 1), ('under_7d', 1, 7), ('under_30d', 7, 30),
            ('over_30d', 30, 36500)) AS ages (age, from_days, to_days)
LEFT JOIN (
    (SELECT state, submitted_at FROM claims WHERE state = 'submitted'
     ORDER BY submitted_at LIMIT :most)
    UNION ALL
    (SELECT state, submitted_at FROM claims WHERE state = 'employer_approved'
     ORDER BY submitted_at LIMIT :most)
) AS w ON w.state = steps.state
    AND w.submitted_at <= now() - make_interval(days => from_days)
    AND w.submitted_at > now() - make_interval(days => to_days)
GROUP BY step, age
"""
_OLDEST = """
SELECT step, COALESCE(extract(epoch FROM now() - (
    SELECT submitted_at FROM claims WHERE claims.state = steps.state ORDER BY submitted_at LIMIT 1
)), 0) AS oldest
FROM (VALUES ('employer', 'submitted'), ('bureau', 'employer_approved')) AS steps (step, state)
"""
_CLAIM_SECONDS = 30.0


def counts() -> list[Count]:
    """Return everything the worker counts."""
    return [
        Count(
            _WAITING,
            {"waiting": Gauge("yuzheng.claims.waiting")},
            {"most": MOST_COUNTED},
            every_seconds=_CLAIM_SECONDS,
        ),
        Count(
            _OLDEST,
            {"oldest": Gauge("yuzheng.claims.age", "s")},
            every_seconds=_CLAIM_SECONDS,
        ),
        *figures.of_messages(outbox, parked, list(QUEUES)),
        *figures.of_database(),
    ]
