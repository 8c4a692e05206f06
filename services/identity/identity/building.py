"""What api, worker and commands all need, built from the settings once."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.audit import Audit
from chassis.cipher import ValueCipher
from chassis.clock import Clock, SystemClock
from chassis.contracts import EventContracts
from chassis.db import Database
from chassis.outbox import Outbox
from identity import tables
from identity.clients import Clients
from identity.http.cookies import RefreshCookie
from identity.http.deps import Services
from identity.passwords import Passwords
from identity.settings import Settings
from identity.tokens import SigningKeys, TokenIssuer
from identity.usecases.change_password import ChangePassword
from identity.usecases.dependencies import Dependencies
from identity.usecases.keep_sessions import Sessions
from identity.usecases.log_in import LogIn
from identity.vault import Vault


@dataclass(frozen=True)
class Core:
    """The parts that every process of identity has."""

    settings: Settings
    database: Database
    deps: Dependencies
    bus_cipher: ValueCipher


def build_core(settings: Settings, *, clock: Clock | None = None) -> Core:
    """Build database access and the use cases' dependencies."""
    clock = clock or SystemClock()
    bus_cipher = ValueCipher(settings.bus_keys)
    outbox = Outbox(
        tables.outbox,
        service="identity",
        contracts=EventContracts(settings.contracts_dir),
        cipher=bus_cipher,
        clock=clock,
    )
    deps = Dependencies(
        clock=clock,
        outbox=outbox,
        audit=Audit(tables.audit, clock),
        vault=Vault(cipher_keys=settings.id_number_keys, index_keys=settings.index_keys),
    )
    database = Database(settings.database, pool_size=settings.database_pool_size)
    return Core(settings, database, deps, bus_cipher)


def build_passwords(settings: Settings) -> Passwords:
    """Build the password hasher with the configured cost."""
    return Passwords(
        time_cost=settings.argon2_time_cost,
        memory_kib=settings.argon2_memory_kib,
        threads=settings.argon2_threads,
        waiting=settings.argon2_waiting,
    )


def build_services(core: Core) -> Services:
    """Build what the routes need; refuses to start without the service clients' file."""
    settings, passwords = core.settings, build_passwords(core.settings)
    if settings.clients_file is None:
        raise ValueError("clients_file is needed by the api process")
    keys = SigningKeys.load(settings.signing_keys_file)
    issuer = TokenIssuer(
        keys,
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        client_audience=settings.api_client_audience,
        lifetime=timedelta(seconds=settings.token_lifetime_seconds),
        clock=core.deps.clock,
    )
    log_in = LogIn(core.database, core.deps, passwords, issuer)
    return Services(
        database=core.database,
        deps=core.deps,
        passwords=passwords,
        keys=keys,
        issuer=issuer,
        clients=Clients.load(settings.clients_file, passwords),
        log_in=log_in,
        sessions=Sessions(core.database, core.deps, log_in, issuer, settings.session_limits),
        change_password=ChangePassword(core.database, core.deps, passwords),
        cookie=RefreshCookie(settings.cookie_kind),
    )
