"""Redis: a cache that can be rebuilt, kept over restarts by its append-only file."""

import shutil

from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.waiting import answers_redis

SETTINGS = """\
bind 127.0.0.1
protected-mode yes
port {port}
unixsocket ""
daemonize no
dir {folder}
appendonly yes
appendfsync everysec
save ""
databases 64
"""


def process(checkout: Checkout) -> Process:
    """Describe the server, with this checkout's own configuration file."""
    return Process(
        name="redis",
        command=f"/usr/bin/redis-server {checkout.state}/redis/redis.conf",
        ports=("REDIS",),
        is_ready=lambda: answers_redis(checkout.ports["REDIS"]),
    )


def prepare(checkout: Checkout) -> None:
    """Write the configuration."""
    if shutil.which("redis-server", path="/usr/bin") is None:
        raise StackError("Redis is missing; run `make setup` (package redis-server)")
    folder = checkout.state / "redis"
    make_directory(folder, 0o700)
    settings = SETTINGS.format(port=checkout.ports["REDIS"], folder=folder)
    write_private(folder / "redis.conf", settings)
