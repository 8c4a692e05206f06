"""``python -m certificates keys …``: what is done beside the offline root, by hand, with files.

Nothing here reads settings or a database: the machine that holds the root has neither.
"""

import argparse
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from chassis import statements
from chassis.clock import SystemClock
from chassis.commands import Command
from chassis.key_list import (
    USES,
    KeyList,
    KeyListRefused,
    ListedKey,
    read_key_list,
    sign_key_list,
)

_RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
_PUBLIC_PEM = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
_PRIVATE_PEM = (
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)


def keys_command() -> Command:
    """Return the command for ``__main__``."""
    return Command("make and sign the list of public keys (offline root)", _run, _arguments)


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    root = actions.add_parser("make-root", help="make the root; keep it off every network")
    root.add_argument("--root", type=Path, required=True)
    root.add_argument("--root-public", type=Path, required=True)
    signer = actions.add_parser("make-signer", help="put a new key into a signing key file")
    signer.add_argument("--file", type=Path, required=True)
    signer.add_argument("--key-id", required=True)
    signer.add_argument("--use-now", action="store_true", help="sign with it from now on")
    public = actions.add_parser("public", help="print a signing key file's public keys")
    public.add_argument("--file", type=Path, required=True)
    show = actions.add_parser("show", help="check a list and print what it says")
    show.add_argument("--list", type=Path, required=True)
    show.add_argument("--root-public", type=Path, required=True)
    changes = {
        "add": "list a public key",
        "end": "retire a key: what it signed until then stays good",
        "revoke": "a key is in foreign hands: nothing it signed is trusted any more",
        "renew": "sign the same keys for another while",
    }
    for name, text in changes.items():
        change = actions.add_parser(name, help=text)
        change.add_argument("--list", type=Path, required=True, help="read, and written anew")
        change.add_argument("--root", type=Path, required=True)
        change.add_argument("--days", type=int, default=92, help="the list is good for")
        if name != "renew":
            change.add_argument("--key-id", required=True)
            change.add_argument("--at", type=datetime.fromisoformat, help="default: now")
        if name == "add":
            change.add_argument("--use", choices=USES, required=True)
            change.add_argument(
                "--public-key", required=True, help="hexadecimal, as `public` prints it"
            )


def _run(arguments: argparse.Namespace) -> int:
    actions = {
        "make-root": _make_root,
        "make-signer": _make_signer,
        "public": _public,
        "show": _show,
    }
    try:
        actions.get(arguments.action, _change)(arguments)
    except (ValueError, OSError) as refused:
        sys.stderr.write(f"certificates: {refused}\n")
        return 1
    return 0


def _make_root(arguments: argparse.Namespace) -> None:
    root = Ed25519PrivateKey.generate()
    _write_private(arguments.root, root.private_bytes(*_PRIVATE_PEM).decode())
    arguments.root_public.write_bytes(root.public_key().public_bytes(*_PUBLIC_PEM))


def _make_signer(arguments: argparse.Namespace) -> None:
    path: Path = arguments.file
    ring: dict[str, Any] = {"current": "", "keys": {}}
    if path.exists():
        ring = json.loads(path.read_text())
    if arguments.key_id in ring["keys"]:
        raise KeyListRefused(f"{arguments.key_id} is in {path} already")
    pem = Ed25519PrivateKey.generate().private_bytes(*_PRIVATE_PEM).decode()
    ring["keys"][arguments.key_id] = pem
    if arguments.use_now or not ring["current"]:
        ring["current"] = arguments.key_id
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    _write_private(fresh, json.dumps(ring))
    fresh.replace(path)


def _public(arguments: argparse.Namespace) -> None:
    for key_id, pem in json.loads(arguments.file.read_text())["keys"].items():
        key = load_pem_private_key(pem.encode(), password=None)
        if isinstance(key, Ed25519PrivateKey):
            # Hexadecimal: base64url may begin with a hyphen, like an option.
            sys.stdout.write(f"{key_id} {key.public_key().public_bytes(*_RAW).hex()}\n")


def _show(arguments: argparse.Namespace) -> None:
    held = read_key_list(
        arguments.list.read_text(), statements.load_public_key(arguments.root_public)
    )
    sys.stdout.write(f"list {held.sequence}, {held.issued_at} to {held.expires_at}\n")
    for key in held.keys:
        end = f"REVOKED {key.revoked_at}" if key.revoked_at else f"until {key.valid_until or '…'}"
        sys.stdout.write(f"{key.use:8} {key.key_id:8} from {key.valid_from} {end}\n")


def _change(arguments: argparse.Namespace) -> None:
    root = load_pem_private_key(arguments.root.read_bytes(), password=None)
    if not isinstance(root, Ed25519PrivateKey):
        raise KeyListRefused(f"{arguments.root} is no Ed25519 key")
    now = SystemClock().now()
    held = KeyList(0, now, now)
    if arguments.list.exists():
        held = read_key_list(arguments.list.read_text(), root.public_key())
    changed = _changed(held, arguments, now)
    signed = KeyList(
        held.sequence + 1, now, now + timedelta(days=arguments.days), keys=changed.keys
    )
    fresh = arguments.list.with_name(f".{arguments.list.name}.new")
    fresh.write_text(sign_key_list(signed, root))
    fresh.replace(arguments.list)


def _changed(held: KeyList, arguments: argparse.Namespace, now: datetime) -> KeyList:
    if arguments.action == "renew":
        return held
    at = arguments.at.astimezone(UTC) if arguments.at else now
    if arguments.action == "add":
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(arguments.public_key))
        public = statements.public_text(key)
        return held.with_key(ListedKey(arguments.key_id, arguments.use, public, at))
    if arguments.action == "end":
        return held.ended(arguments.key_id, at)
    return held.revoked(arguments.key_id, at)


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; never over one that is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
