"""RabbitMQ 3.10: own node, own epmd, own cookie, everything on loopback."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.secret_files import read_or_make, read_secret
from deploy.local.waiting import answers_epmd, answers_http

# Debian's /usr/sbin/rabbitmq-server switches to the system user and its folders; this one does not.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
EPMD = Path("/usr/bin/epmd")
ADMINISTRATOR = "yuzheng_admin"
VIRTUAL_HOST = "yuzheng"

SETTINGS = """\
listeners.tcp.1 = 127.0.0.1:{RABBITMQ}
management.tcp.ip = 127.0.0.1
management.tcp.port = {RABBITMQ_MANAGEMENT}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {RABBITMQ_PROMETHEUS}
loopback_users = none
definitions.import_backend = local_filesystem
definitions.local.path = {definitions}
definitions.skip_if_unchanged = true
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 1GiB
disk_free_limit.absolute = 200MB
# Quorum queues share one write-ahead log; the default of 512 MiB suits a server, not a laptop.
raft.wal_max_size_bytes = 67108864
"""


def epmd_process(checkout: Checkout) -> Process:
    """Erlang's port mapper. Without our own, the node would start one that outlives the stack.

    It is handed its socket: whatever `-address` says, it would listen on ::1 as well.
    """
    port = checkout.ports["EPMD"]
    python = checkout.root / ".venv" / "bin" / "python"
    return Process(
        name="epmd",
        command=f"{python} -m deploy.local.listen_and_run {port} {EPMD} -systemd -port {port}",
        ports=("EPMD",),
        is_ready=lambda: answers_epmd(port),
    )


def process(checkout: Checkout) -> Process:
    """Describe the broker; ready when it takes clients, which is after the definitions."""
    return Process(
        name="rabbitmq",
        command=str(SERVER),
        environment=_environment(checkout),
        ports=("RABBITMQ", "RABBITMQ_MANAGEMENT", "RABBITMQ_PROMETHEUS", "RABBITMQ_DIST"),
        is_ready=lambda: _answers(checkout),
        ready_seconds=120,
        stop_seconds=40,
    )


def _environment(checkout: Checkout) -> Mapping[str, str]:
    folder = checkout.state / "rabbitmq"
    return {
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(checkout.ports["EPMD"]),
        "ERL_CRASH_DUMP": f"{folder}/erl_crash.dump",
        "RABBITMQ_ADVANCED_CONFIG_FILE": f"{folder}/advanced.config",
        "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
        "RABBITMQ_CONF_ENV_FILE": f"{folder}/rabbitmq-env.conf",
        "RABBITMQ_DIST_PORT": str(checkout.ports["RABBITMQ_DIST"]),
        "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
        "RABBITMQ_FEATURE_FLAGS_FILE": f"{folder}/feature_flags",
        "RABBITMQ_GENERATED_CONFIG_DIR": f"{folder}/generated",
        "RABBITMQ_LOG_BASE": str(folder),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
        "RABBITMQ_NODENAME": node_name(checkout),
        "RABBITMQ_PID_FILE": f"{folder}/pid",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"
        ),
        # Makes the script replace itself with the node, so that supervisord signals the node.
        "RUNNING_UNDER_SYSTEMD": "true",
    }


def node_name(checkout: Checkout) -> str:
    """Return a name that is unique on this machine because the port is."""
    return f"yuzheng{checkout.ports['RABBITMQ']}@localhost"


def _answers(checkout: Checkout) -> bool:
    management, listener = checkout.ports["RABBITMQ_MANAGEMENT"], checkout.ports["RABBITMQ"]
    url = f"http://127.0.0.1:{management}/api/health/checks/port-listener/{listener}"
    login = f"{ADMINISTRATOR}:{read_secret(checkout, 'rabbitmq-admin')}".encode()
    return answers_http(url, {"Authorization": f"Basic {base64.b64encode(login).decode()}"})


def prepare(checkout: Checkout, users: Iterable[str]) -> None:
    """Write the configuration and the definitions that the node loads while it starts."""
    if not SERVER.exists():
        raise StackError("RabbitMQ is missing; run `make setup` (package rabbitmq-server)")
    folder = checkout.state / "rabbitmq"
    make_directory(folder, 0o700)
    definitions = folder / "definitions.json"
    write_private(definitions, json.dumps(_definitions(checkout, users), indent=1))
    settings = SETTINGS.format(definitions=definitions, **checkout.ports)
    write_private(folder / "rabbitmq.conf", settings)
    write_private(folder / "advanced.config", "[].\n")
    write_private(folder / "rabbitmq-env.conf", "")
    write_private(folder / "enabled_plugins", "[rabbitmq_management,rabbitmq_prometheus].\n")
    cookie = folder / ".erlang.cookie"
    if not cookie.exists():
        write_private(cookie, secrets.token_hex(24).upper())


def _definitions(checkout: Checkout, users: Iterable[str]) -> Mapping[str, object]:
    names = list(users)
    return {
        "users": [
            _user(checkout, ADMINISTRATOR, "rabbitmq-admin", ["administrator"]),
            *(_user(checkout, name, f"rabbitmq-{name}", []) for name in names),
        ],
        "vhosts": [{"name": VIRTUAL_HOST}],
        "permissions": [
            {"user": name, "vhost": VIRTUAL_HOST, "configure": ".*", "write": ".*", "read": ".*"}
            for name in (ADMINISTRATOR, *names)
        ],
    }


def _user(checkout: Checkout, name: str, secret: str, tags: list[str]) -> Mapping[str, object]:
    # The salt is kept, so that an unchanged password gives unchanged definitions.
    salt = bytes.fromhex(read_or_make(checkout, f"{secret}-salt", lambda: secrets.token_hex(4)))
    digest = hashlib.sha256(salt + read_secret(checkout, secret).encode()).digest()
    return {
        "name": name,
        "password_hash": base64.b64encode(salt + digest).decode(),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": tags,
    }
