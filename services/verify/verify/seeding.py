"""Invented certificates for load: written by the projection's own code, with tokens that check.

The tokens follow from the keys alone (``seeded_token``), so that a load generator needs no list.
Nothing here is told by a ledger: in a stack that also issues, the freshness does not count these
certificates, and they have no place in the status list.
"""

import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from chassis.clock import Clock
from chassis.db import Database
from chassis.settings import Keyring
from verify import store
from verify.cache import FactCache
from verify.freshness import Mirror, advance
from verify.incoming import CertificateState
from verify.names import NameKeys
from verify.projection import Projection
from verify.tables import certificates as certificates_table
from verify.tokens import mint

_BATCH = 2_000
# Later than any heartbeat: what no ledger tells of must not be counted against one.
_NEVER_TOLD = datetime(9999, 1, 1, tzinfo=UTC)
_FIRST_ID = 0x0199_0000_0000_7000_8000_0000_0000_0000
_OFFICE = UUID(int=_FIRST_ID - 1)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国红梅志文"
# Of a hundred: these are not valid, as in life.
_STATES = {97: "superseded", 98: "suspended", 99: "revoked"}


def seeded_token(keys: Keyring, number: int) -> str:
    """Return the token of the seeded certificate ``number``; it follows from the key."""
    secret = hmac.digest(keys.keys[keys.current], b"seed %d" % number, "sha256")[:16]
    return mint(keys, secret)


def seeded_certificate(keys: Keyring, number: int) -> CertificateState:
    """Return the state of the seeded certificate ``number``."""
    body = f"41{number:010d}"
    token = seeded_token(keys, number)
    surname, first = number % len(_SURNAMES), number % len(_GIVEN)
    second = number // len(_GIVEN) % len(_GIVEN)
    return CertificateState(
        certificate_id=UUID(int=_FIRST_ID + number),
        person_id=UUID(int=_FIRST_ID + (1 << 40) + number),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        state=_STATES.get(number % 100, "valid"),
        # ISO 7064 MOD 97-10.
        management_number=f"{body}{98 - int(body) * 100 % 97:02d}",
        name=f"{_SURNAMES[surname]}{_GIVEN[first]}{_GIVEN[second]}",
        sex="male" if number % 2 else "female",
        identity_masked=f"4101**********{number % 10_000:04d}",
        title_level="intermediate",
        year=2017 + number % 10,
        version=1,
        total_tenths=900,
        public_tenths=300,
        professional_tenths=600,
        employer_name=f"压力测试第{number % 5_000}医院",
        office_id=_OFFICE,
        office_name="压力测试人力资源和社会保障局",
        issued_on=date(2017 + number % 10, 12, 1),
        employer_id=None,
        file_sha256=hashlib.sha256(b"file %d" % number).hexdigest(),
        file_bytes=None,
        record_digest=hashlib.sha256(b"record %d" % number).hexdigest(),
        status_index=number,
    )


class Seeder:
    """Fills the projection and the cache."""

    def __init__(
        self,
        database: Database,
        cache: FactCache,
        *,
        tokens: Keyring,
        names: NameKeys,
        clock: Clock,
    ) -> None:
        self._database = database
        self._cache = cache
        self._tokens = tokens
        self._projection = Projection(database, cache, names)
        self._clock = clock

    async def run(self, certificates: int) -> AsyncIterator[int]:
        """Write certificates 0 … ``certificates`` - 1; yield how many are there, now and then.

        What is there already stays. In a stack without a ledger a first heartbeat is made, for
        without one nothing could be said to be valid.
        """
        told = await self._told()
        if not told:
            await self._heartbeat()
        await Mirror(self._database, self._cache).turn()
        for first in range(0, certificates, _BATCH):
            numbers = range(first, min(first + _BATCH, certificates))
            await self._write([seeded_certificate(self._tokens, one) for one in numbers], told=told)
            yield numbers.stop

    async def _told(self) -> bool:
        async with self._database.reading() as tx:
            return await store.newest_heartbeat(tx) is not None

    async def _heartbeat(self) -> None:
        async with self._database.transaction() as tx:
            await store.add_heartbeat(tx, sequence=1, size=0, as_of=self._clock.now(), entries=[])
            await advance(tx)

    async def _write(self, batch: Sequence[CertificateState], *, told: bool) -> None:
        rows = [self._projection.certificate_row(one, 1, _NEVER_TOLD) for one in batch]
        for row in rows:
            # In a stack that issues, the places of the status list belong to what it issues.
            row["status_index"] = None if told else row["status_index"]
        async with self._database.transaction() as tx:
            await store.put_all_newer(tx, certificates_table, rows)
        async with self._database.reading() as tx:
            facts = await store.facts_by_id(tx, [one.certificate_id for one in batch])
        await self._cache.offer(facts)
