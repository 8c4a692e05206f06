"""How full a process's pools are, and how long whoever needs a place in one waits for it."""

from collections import Counter
from collections.abc import Callable, Iterable
from weakref import WeakSet

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

from chassis.telemetry import metrics as chassis_metrics

_meter = metrics.get_meter("yuzheng")


class Pool:
    """One pool as it is told of; whoever has the pool keeps this beside it."""

    def __init__(self, name: str, *, size: Callable[[], int], used: Callable[[], int]) -> None:
        self.name = name
        self.size = size
        self.used = used
        self._labels = {"pool": name}
        _pools.add(self)

    def waited(self, seconds: float) -> None:
        """Note how long somebody waited for a place."""
        chassis_metrics.pool_wait_seconds.record(seconds, self._labels)


_pools: WeakSet[Pool] = WeakSet()


def _told(figure: Callable[[Pool], int]) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def tell(_: CallbackOptions) -> Iterable[Observation]:
        # Pools of one name count together: each data point may be told once.
        sums: Counter[str] = Counter()
        for pool in list(_pools):
            sums[pool.name] += figure(pool)
        return [Observation(count, {"pool": name}) for name, count in sums.items()]

    return tell


_meter.create_observable_gauge("yuzheng.pool.size", callbacks=[_told(lambda one: one.size())])
_meter.create_observable_gauge("yuzheng.pool.used", callbacks=[_told(lambda one: one.used())])
