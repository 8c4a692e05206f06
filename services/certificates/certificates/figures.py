"""What certificates counts in its tables for those who run it: what is in hand, and each lane."""

from certificates.subscribers import QUEUES
from certificates.tables import outbox, parked
from chassis import figures
from chassis.figures import MOST_COUNTED, Count, Gauge

_INTENTS = """
SELECT known.state, count(i.created_at) AS waiting,
    COALESCE(max(extract(epoch FROM now() - i.created_at)), 0) AS age
FROM unnest(ARRAY['planned', 'parked', 'rendered', 'sealing', 'quarantined']) AS known (state)
LEFT JOIN (
    SELECT state, created_at FROM intents
    WHERE state IN ('planned', 'parked', 'rendered', 'sealing', 'quarantined') LIMIT :most
) AS i ON i.state = known.state
GROUP BY known.state
"""
# Everything ever issued: read from the index on the state alone, and seldom.
_CERTIFICATES = """
SELECT known.state, count(c.state) AS certificates
FROM unnest(ARRAY['valid', 'suspended', 'superseded', 'revoked']) AS known (state)
LEFT JOIN certificates c ON c.state = known.state
GROUP BY known.state
"""
_LANES = """
SELECT seals.endpoint AS lane,
    COALESCE(max(extract(epoch FROM now() - lanes.failing_since)), 0) AS failing,
    max(extract(epoch FROM now() - COALESCE(canaries.last_success_at, seals.changed_at)))
        AS canary,
    min(extract(epoch FROM seals.valid_until - now())) AS remaining,
    COALESCE(sum(w.waiting), 0) AS waiting,
    COALESCE(max(w.age), 0) AS age
FROM seals
LEFT JOIN lanes ON lanes.seal_id = seals.id
LEFT JOIN canaries ON canaries.seal_id = seals.id
LEFT JOIN (
    SELECT seal_id, count(*) AS waiting, max(extract(epoch FROM now() - created_at)) AS age
    FROM (SELECT seal_id, created_at FROM intents WHERE state IN ('rendered', 'sealing')
          LIMIT :most) AS line
    GROUP BY seal_id
) AS w ON w.seal_id = seals.id
WHERE seals.state = 'active'
GROUP BY seals.endpoint
"""
_DECIDED_BY_PEOPLE = """
SELECT
    (SELECT count(*) FROM (SELECT FROM log_omissions WHERE logged_at IS NULL
     AND acknowledged_at IS NULL LIMIT :most) AS open) AS omissions,
    (SELECT count(*) FROM (SELECT FROM approvals WHERE outcome IS NULL
     AND lapses_at > now() LIMIT :most) AS open) AS approvals
"""
_CERTIFICATE_SECONDS = 60.0


def counts() -> list[Count]:
    """Return everything the worker counts."""
    most = {"most": MOST_COUNTED}
    return [
        Count(
            _INTENTS,
            {"waiting": Gauge("yuzheng.intents"), "age": Gauge("yuzheng.intents.age", "s")},
            most,
        ),
        Count(
            _CERTIFICATES,
            {"certificates": Gauge("yuzheng.certificates")},
            every_seconds=_CERTIFICATE_SECONDS,
        ),
        Count(
            _LANES,
            {
                "failing": Gauge("yuzheng.lane.failing", "s"),
                "canary": Gauge("yuzheng.lane.canary.age", "s"),
                "remaining": Gauge("yuzheng.lane.certificate.remaining", "s"),
                "waiting": Gauge("yuzheng.lane.waiting"),
                "age": Gauge("yuzheng.lane.waiting.age", "s"),
            },
            most,
        ),
        Count(
            _DECIDED_BY_PEOPLE,
            {
                "omissions": Gauge("yuzheng.log.omissions"),
                "approvals": Gauge("yuzheng.approvals.waiting"),
            },
            most,
        ),
        *figures.of_messages(outbox, parked, QUEUES),
        *figures.of_database(),
    ]
