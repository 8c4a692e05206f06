"""The settings of every service in the local stack, written as one file per deployable."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from deploy.local import key_files
from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.deployables import BUREAUS, DEPLOYABLES, Bureau, Deployable
from deploy.local.servers.rabbitmq import VIRTUAL_HOST

Settings = Mapping[str, object]

SOFTHSM_MODULE = "/usr/lib/softhsm/libsofthsm2.so"


def write_settings(checkout: Checkout) -> None:
    """Write all settings files; unchanged settings give unchanged files."""
    for deployable in DEPLOYABLES:
        text = render(deployable.module, settings_of(checkout, deployable))
        write_private(deployable.settings_file(checkout), text)


def render(module: str, settings: Settings) -> str:
    """Lines that a POSIX shell can source: `IDENTITY_API_PORT=21010`."""
    prefix = module.upper()
    lines = (f"{prefix}_{key.upper()}={shlex.quote(str(value))}" for key, value in settings.items())
    return "\n".join(lines) + "\n"


def settings_of(checkout: Checkout, deployable: Deployable) -> Settings:
    """Return the settings of one deployable; names are the fields of its settings class."""
    bureaus = {bureau.deployable: bureau for bureau in BUREAUS}
    own: Settings
    if bureau := bureaus.get(deployable):
        own = _seal(checkout, bureau)
    else:
        own = {
            "identity": _identity,
            "hours": _hours,
            "certificates": _certificates,
            "verify": _verify,
        }[deployable.name](checkout)
    return {**_common(checkout, deployable), **own}


def _common(checkout: Checkout, deployable: Deployable) -> Settings:
    account, ports = deployable.account, checkout.ports
    return {
        "environment": "development",
        "log_level": "info",
        "contracts_dir": checkout.root / "contracts",
        "otlp_endpoint": _address(checkout, "SPANS"),
        "api_host": "127.0.0.1",
        "api_port": ports[deployable.port_name("api")],
        "worker_port": ports[deployable.port_name("worker")],
        "database_url": f"postgresql+asyncpg://{account}@127.0.0.1:{ports['POSTGRES']}/{account}",
        "database_password_file": key_files.secret_file(checkout, f"postgres-{account}"),
        "broker_url": f"amqp://{account}@127.0.0.1:{ports['RABBITMQ']}/{VIRTUAL_HOST}",
        "broker_password_file": key_files.secret_file(checkout, f"rabbitmq-{account}"),
        "bus_keys_file": key_files.keyring_file(checkout, "bus-keys"),
        "jwks_url": f"{_address(checkout, 'IDENTITY_API')}/api/identity/v1/jwks.json",
        "token_issuer": "yuzheng-identity",
        "token_audience": "yuzheng",
    }


def _identity(checkout: Checkout) -> Settings:
    return {
        "id_number_keys_file": key_files.keyring_file(checkout, "id-number-keys"),
        "index_keys_file": key_files.keyring_file(checkout, "index-keys"),
        "signing_keys_file": key_files.signing_key_file(checkout, "signing-keys", "jwt-1"),
        "clients_file": key_files.identity_clients_file(checkout),
        "first_administrator_password_file": key_files.secret_file(
            checkout, "first-administrator-password"
        ),
    }


def _hours(checkout: Checkout) -> Settings:
    return {
        "objects_url": _objects(checkout, "hours"),
        "identity_url": _address(checkout, "IDENTITY_API"),
        "service_client_id": "hours",
        "service_client_secret_file": key_files.secret_file(checkout, "client-hours"),
    }


def _certificates(checkout: Checkout) -> Settings:
    return {
        "objects_url": _objects(checkout, "certificates"),
        "identity_url": _address(checkout, "IDENTITY_API"),
        "public_host": _address(checkout, "GATEWAY"),
        "token_mac_keys_file": key_files.keyring_file(checkout, "token-mac-keys"),
        "qr_keys_file": key_files.signing_key_file(checkout, "qr-keys", "dev1"),
        "log_keys_file": key_files.signing_key_file(checkout, "log-keys", "log-dev1"),
        "share_keys_file": key_files.keyring_file(checkout, "share-keys"),
        "trust_roots_file": checkout.pki / "root.pem",
        "seal_endpoints_file": key_files.seal_endpoints_file(checkout),
        "timestamp_url": f"http://127.0.0.1:{checkout.ports['PKI']}/ca/tsa/tsa",
        "fonts_dir": checkout.state / "fonts",
        # A turn takes a second or two here; a third of the usual wait when a worker was killed.
        "lease_seconds": 10,
    }


def _verify(checkout: Checkout) -> Settings:
    return {
        "redis_url": f"redis://127.0.0.1:{checkout.ports['REDIS']}/0",
        "token_mac_keys_file": key_files.keyring_file(checkout, "token-mac-keys"),
        "name_keys_file": key_files.keyring_file(checkout, "verify-name-keys"),
        "signing_keys_file": key_files.signing_key_file(
            checkout, "verify-signing-keys", "verify-dev1"
        ),
        "status_keys_file": key_files.signing_key_file(
            checkout, "verify-status-keys", "status-dev1"
        ),
        "web_dir": checkout.root / "services" / "verify" / "web" / "built",
        "log_url": f"{_address(checkout, 'CERTIFICATES_API')}/api/certificates/v1/log",
        "key_list_file": checkout.key_list,
        "root_public_key_file": checkout.root_public_key,
        "trust_roots_file": checkout.pki / "root.pem",
        "records_keys_file": key_files.keyring_file(checkout, "verify-records-keys"),
        "identity_url": _address(checkout, "IDENTITY_API"),
        "service_client_id": "verify",
        "service_client_secret_file": key_files.secret_file(checkout, "client-verify"),
        "stale_after_seconds": 900,
        # Holders here do not wait for the hour to end, nor clients for a public address.
        "checks_told_after_seconds": 0,
        "webhooks_to_private_addresses": True,
        "official_host": f"127.0.0.1:{checkout.ports['GATEWAY']}",
    }


def _seal(checkout: Checkout, bureau: Bureau) -> Settings:
    name = bureau.deployable.name
    return {
        "office_name": bureau.office_name,
        "pkcs11_module": SOFTHSM_MODULE,
        "pkcs11_token_label": name,
        "pkcs11_pin_file": key_files.secret_file(checkout, f"{name}-pin"),
        "softhsm_conf": softhsm_configuration(checkout, bureau),
        "credential_id": "seal",
        "certificate_chain_file": checkout.pki / f"{name}-chain.pem",
        "clients_file": key_files.seal_clients_file(checkout, bureau.name),
    }


def softhsm_configuration(checkout: Checkout, bureau: Bureau) -> Path:
    """Each bureau's token store is its own, as its device would be."""
    folder = checkout.state / "softhsm" / bureau.name
    make_directory(folder / "tokens", 0o700)
    path = folder / "softhsm2.conf"
    write_private(
        path,
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n",
    )
    return path


def _objects(checkout: Checkout, service: str) -> str:
    folder = checkout.state / "objects" / service
    make_directory(folder, 0o700)
    return folder.as_uri()


def _address(checkout: Checkout, port: str) -> str:
    return f"http://127.0.0.1:{checkout.ports[port]}"
