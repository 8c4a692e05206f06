"""The shapes of queries that every dashboard uses."""

WINDOW = "[$__rate_interval]"
# Probes and scrapes are nobody's work.
WORK = 'http_route!~"/health/.*|/metrics"'
REQUESTS = "yuzheng_http_request_duration_seconds"


def rate(counter: str, by: str) -> str:
    """Return how often a second, for each value of the labels in ``by``."""
    return f"sum by ({by}) (rate({counter}{WINDOW}))"


def quantile(share: float, histogram: str, by: str = "", where: str = "") -> str:
    """Return the time within which that share was done."""
    labels = f"{by}, le" if by else "le"
    selector = f"{{{where}}}" if where else ""
    buckets = f"sum by ({labels}) (rate({histogram}_bucket{selector}{WINDOW}))"
    return f"histogram_quantile({share}, {buckets})"


def share(part: str, whole: str, by: str) -> str:
    """Return how much of the whole is ``part``: 0, not nothing, when there is none of it."""
    all_of_it = rate(whole, by)
    return f"({rate(part, by)} or 0 * {all_of_it}) / {all_of_it}"


def largest(gauge: str, by: str = "") -> str:
    """Return a figure that each copy of a worker tells alike."""
    return f"max by ({by}) ({gauge})" if by else f"max({gauge})"
