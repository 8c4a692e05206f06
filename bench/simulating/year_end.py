"""31 December: from a year's completion to the certificate that everybody can verify."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import simpy
from bench.simulating import figures

_HOUR = 3600.0
_Steps = Iterator[Any]


@dataclass(frozen=True)
class Day:
    """What is asked of the platform, and what it has."""

    people: float
    cores: Mapping[str, int]
    # All arrivals so many times as often, for the load at which something breaks.
    times: float = 1.0
    first_hour: int = 0
    last_hour: int = 24
    # The office whose seal service is away, and from when to when, in hours.
    away: tuple[str, float, float] | None = None
    seed: int = 1

    @property
    def completed(self) -> float:
        """Return how many years are completed that day."""
        return self.people * figures.COMPLETING * figures.ON_THE_LAST_DAY


@dataclass
class Outcome:
    """When certificates were complete and verifiable, by office; hours each station worked."""

    seconds: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    busy: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    longest_queue: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class _Lane:
    """An office's seal service as the platform uses it: batches, so many calls at once."""

    def __init__(self, world: "_World", office: str) -> None:
        self._world = world
        self._waiting: simpy.Store = simpy.Store(world.clock)
        self._office = office
        self._room = simpy.Container(
            world.clock, figures.BATCHES_UNDER_WAY, figures.BATCHES_UNDER_WAY
        )
        self.finishing = simpy.Resource(world.clock, figures.FINISHED_AT_ONCE)
        for _ in range(figures.CALLS_AT_ONCE):
            world.clock.process(self._work())

    def put(self, sealed: simpy.Event, finished: simpy.Event) -> None:
        """Let a certificate wait for its seal; who puts it in says when it is finished."""
        self._waiting.put((sealed, finished))
        longest = self._world.outcome.longest_queue
        longest[self._office] = max(longest[self._office], len(self._waiting.items))

    def _work(self) -> _Steps:
        clock, away = self._world.clock, self._world.day.away
        share = figures.SIGNATURES_PER_SECOND / figures.CALLS_AT_ONCE
        while True:
            yield self._room.get(1)
            batch = [(yield self._waiting.get())]
            while self._waiting.items and len(batch) < figures.DOCUMENTS_A_CALL:
                batch.append((yield self._waiting.get()))
            if away and away[0] == self._office and away[1] * _HOUR <= clock.now < away[2] * _HOUR:
                yield clock.timeout(away[2] * _HOUR - clock.now)
            yield clock.timeout(2 * figures.CALL_SECONDS + len(batch) / share)
            clock.process(self._free(batch))
            for sealed, _ in batch:
                sealed.succeed()

    def _free(self, batch: list[tuple[simpy.Event, simpy.Event]]) -> _Steps:
        yield simpy.AllOf(self._world.clock, [finished for _, finished in batch])
        yield self._room.put(1)


class _World:
    """Stations with their cores, lanes, and the certificates on their way."""

    def __init__(self, day: Day) -> None:
        self.day, self.outcome = day, Outcome()
        self.clock = simpy.Environment(day.first_hour * _HOUR)
        self.chance = random.Random(day.seed)
        self._costs = figures.costs()
        self._stations = {
            name: simpy.Resource(self.clock, cores) for name, cores in day.cores.items()
        }
        self._lanes = {office: _Lane(self, office) for office in figures.PREFECTURES}

    def run(self) -> Outcome:
        self.clock.process(self._arrivals())
        self.clock.run()
        return self.outcome

    def _arrivals(self) -> _Steps:
        """Complete years one by one and in bulk, each hour at its own rate."""
        offices, shares = zip(*figures.PREFECTURES.items(), strict=True)
        # A decision completes this many on average.
        each = 1 / (1 - figures.IN_BULK + figures.IN_BULK / figures.BULK)
        while self.clock.now < self.day.last_hour * _HOUR:
            share = figures.HOURS[int(self.clock.now // _HOUR) % 24] / 100
            rate = self.day.completed * self.day.times * share / _HOUR / each
            if not rate:
                yield self.clock.timeout(_HOUR - self.clock.now % _HOUR)
                continue
            yield self.clock.timeout(self.chance.expovariate(rate))
            (office,) = self.chance.choices(offices, shares)
            alone = (1 - figures.IN_BULK) * each
            for _ in range(1 if self.chance.random() < alone else figures.BULK):
                self.clock.process(self._certificate(office))

    def _certificate(self, office: str) -> _Steps:
        completed = self.clock.now
        yield from self._station("hours-worker", 1.0)
        yield from self._station("RabbitMQ", 0.5)
        yield self.clock.timeout(figures.HOP_SECONDS)
        # Planned, rendered and prepared; then the gate, the log and the file.
        yield from self._station("certificates-worker", 0.5)
        yield from self._station("PostgreSQL", 0.4)
        sealed, finished = self.clock.event(), self.clock.event()
        lane = self._lanes[office]
        lane.put(sealed, finished)
        yield sealed
        with lane.finishing.request() as turn:
            yield turn
            yield from self._station("certificates-worker", 0.5)
            yield from self._station("PostgreSQL", 0.3)
        finished.succeed()
        yield from self._station("RabbitMQ", 0.5)
        yield self.clock.timeout(figures.HOP_SECONDS)
        yield from self._station("verify-worker", 1.0)
        yield from self._station("PostgreSQL", 0.3)
        self.outcome.seconds[office].append((completed, self.clock.now - completed))

    def _station(self, name: str, part: float) -> _Steps:
        # Exponential: more unlike each other than documents are, so rather too pessimistic.
        needed = self.chance.expovariate(1 / (self._costs[name] * part))
        station = self._stations[name]
        longest = self.outcome.longest_queue
        longest[name] = max(longest[name], len(station.queue))
        with station.request() as granted:
            yield granted
            yield self.clock.timeout(needed)
        self.outcome.busy[name] += needed


def simulate(day: Day) -> Outcome:
    """Return how the day went."""
    return _World(day).run()
