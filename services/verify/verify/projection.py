"""The projection: events in, whichever order they come in and however often."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from opentelemetry import metrics

from chassis.clock import Clock, SystemClock
from chassis.db import Database, Transaction
from chassis.envelope import Event
from chassis.telemetry import LONG_SECONDS
from verify import changes, store
from verify.cache import CacheUnavailable, FactCache
from verify.domain import mask_name
from verify.freshness import advance
from verify.incoming import (
    CertificateState,
    ClientState,
    LedgerAdvanced,
    OrganisationState,
    SealRegistration,
)
from verify.names import NameKeys
from verify.tables import certificates, clients, offices, organisations, seals

_log = structlog.get_logger()
_told_seconds = metrics.get_meter("yuzheng").create_histogram(
    "yuzheng.verify.news.lag", unit="s", explicit_bucket_boundaries_advisory=LONG_SECONDS
)
_OFFICE_KINDS = frozenset({"prefecture", "direct_county", "provincial_department", "province"})


class Projection:
    """Applies events; a state not newer than the one held changes nothing."""

    def __init__(
        self, database: Database, cache: FactCache, names: NameKeys, clock: Clock | None = None
    ) -> None:
        self._database = database
        self._cache = cache
        self._names = names
        self._clock = clock or SystemClock()

    async def on_certificate(self, tx: Transaction, event: Event[CertificateState]) -> None:
        """Keep the certificate's state; of the name only its mask and a keyed hash."""
        await self.on_certificates(tx, [event])

    async def on_certificates(
        self, tx: Transaction, events: Sequence[Event[CertificateState]]
    ) -> None:
        """Keep the states of many certificates, and note what clients are to be told of them."""
        rows = [
            self.certificate_row(event.data, event.aggregate_version, event.time)
            for event in events
        ]
        # In one order everywhere: two workers with the same certificates wait for each other's
        # end instead of for each other.
        rows.sort(key=lambda row: row["certificate_id"])
        await store.put_all_newer(tx, certificates, rows)
        ids = [row["certificate_id"] for row in rows]
        await changes.note(tx, max(one.time for one in events), changes.of_certificates(ids))

    def certificate_row(
        self, data: CertificateState, version: int, told_at: datetime
    ) -> dict[str, Any]:
        """Return the row that is kept of a certificate's state."""
        return {
            "certificate_id": data.certificate_id,
            "token_hash": bytes.fromhex(data.token_hash),
            "aggregate_version": version,
            "told_at": told_at,
            "state": data.state,
            "name_masked": mask_name(data.name),
            "management_number": data.management_number,
            "year": data.year,
            "certificate_version": data.version,
            "total_tenths": data.total_tenths,
            "public_tenths": data.public_tenths,
            "professional_tenths": data.professional_tenths,
            "employer_name": data.employer_name,
            "office_id": data.office_id,
            "office_name": data.office_name,
            "issued_on": data.issued_on,
            "sex": data.sex,
            "identity_masked": data.identity_masked,
            "title_level": data.title_level,
            "record_digest": bytes.fromhex(data.record_digest),
            "status_index": data.status_index,
            "supersedes": data.supersedes,
            "name_check": self._names.digest(data.name, data.management_number),
            "person_id": data.person_id,
            "employer_id": data.employer_id,
            "file_sha256": bytes.fromhex(data.file_sha256),
            "file_bytes": data.file_bytes,
        }

    async def after_certificate(self, event: Event[CertificateState]) -> None:
        """As ``after_certificates``, for one."""
        await self.after_certificates([event])

    async def after_certificates(self, events: Sequence[Event[CertificateState]]) -> None:
        """Offer what is held now to the cache: after the commit, and again for a duplicate.

        A cache that is away is not waited for. Its head stands still until the mirror has offered
        everything it missed, so it cannot pass off an old fact as a new one.
        """
        # The one it replaces too: its fact names its successor.
        states = [event.data for event in events]
        ids = {one for data in states for one in (data.certificate_id, data.supersedes) if one}
        async with self._database.reading() as tx:
            facts = await store.facts_by_id(tx, list(ids))
        try:
            await self._cache.offer(facts)
        except CacheUnavailable as reason:
            _log.warning("cache_not_offered", events=len(events), reason=str(reason))
        now = self._clock.now()
        for event in events:
            lag = (now - event.time).total_seconds()
            _told_seconds.record(max(lag, 0.0), {"state": event.data.state})

    async def on_seal(self, tx: Transaction, event: Event[SealRegistration]) -> None:
        """Keep the seal's state."""
        row = {
            "seal_id": event.data.seal_id,
            "aggregate_version": event.aggregate_version,
            "office_id": event.data.office_id,
            "state": event.data.state,
            "signer_sha256": bytes.fromhex(event.data.signer_sha256),
        }
        await store.put_newer(tx, seals, row)

    async def on_organisation(self, tx: Transaction, event: Event[OrganisationState]) -> None:
        """Keep the organisation's place in the tree, and the present name of an issuing office."""
        place = {
            "organisation_id": event.data.organisation_id,
            "aggregate_version": event.aggregate_version,
            "path": event.data.path,
        }
        await store.put_newer(tx, organisations, place)
        if event.data.kind not in _OFFICE_KINDS:
            return
        row = {
            "organisation_id": event.data.organisation_id,
            "aggregate_version": event.aggregate_version,
            "name": event.data.name,
        }
        await store.put_newer(tx, offices, row)

    async def on_client(self, tx: Transaction, event: Event[ClientState]) -> None:
        """Keep who may check by a token of its own, and how often."""
        row = event.data.model_dump() | {"aggregate_version": event.aggregate_version}
        await store.put_newer(tx, clients, row)

    async def on_ledger_advanced(self, tx: Transaction, event: Event[LedgerAdvanced]) -> None:
        """Keep the heartbeat, and move the freshness as far as it now goes."""
        data = event.data
        reached = await store.current_freshness(tx)
        if reached and data.sequence <= reached["sequence"] and data.as_of > reached["as_of"]:
            # Told by a registry that was restored to an earlier instant and not completed: nothing
            # of it is taken over, and the instant of answers stands.
            _log.error("ledger_went_back", sequence=data.sequence, reached=reached["sequence"])
        await store.add_heartbeat(
            tx,
            sequence=data.sequence,
            size=data.size,
            as_of=data.as_of,
            entries=[entry.model_dump(mode="json") for entry in data.entries],
        )
        await advance(tx)
