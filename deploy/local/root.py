"""The offline root's turn: `python -m deploy.local.root`.

Makes the root once and signs the list of every service's public signing keys with it
(`contracts/qr/keys.md`), again whenever a key came or went, and in good time before the list ends.
A stand-in for a ceremony at a machine without a network: the root's private key lies in
`.local/offline/`, which no settings file names; only what is public goes to `.local/published/`.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.clock import SystemClock
from chassis.key_list import KeyList, KeyListRefused, ListedKey, read_key_list, sign_key_list
from chassis.statements import SigningKeys, load_private_key, public_text
from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.problems import StackError

# Files of signing keys in `.local/secrets/`, and what the list says their keys are for.
SIGNERS = {
    "qr-keys.json": "payload",
    "log-keys.json": "log",
    "verify-status-keys.json": "status",
    "verify-signing-keys.json": "receipt",
}
GOOD_FOR = timedelta(days=92)
# The step runs once a month at the least, so a month and a day always remain.
RENEWED_BEFORE_END = timedelta(days=62)


def sign_list(checkout: Checkout) -> bool:
    """Bring the list up to the keys there are; tell whether a new one was signed."""
    make_directory(checkout.offline, 0o700)
    make_directory(checkout.published, 0o755)
    root = _root(checkout)
    now = SystemClock().now()
    held = _held(checkout.key_list, root)
    keys = _brought_up(held, list(_present(checkout)), now).keys
    if keys == held.keys and now < held.expires_at - RENEWED_BEFORE_END:
        return False
    signed = KeyList(held.sequence + 1, now, now + GOOD_FOR, keys)
    _replace(checkout.key_list, sign_key_list(signed, root))
    return True


def _root(checkout: Checkout) -> Ed25519PrivateKey:
    path = checkout.offline / "root.pem"
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_private(path, pem.decode())
    root = load_private_key(path)
    public = root.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    _replace(checkout.root_public_key, public.decode())
    return root


def _held(path: Path, root: Ed25519PrivateKey) -> KeyList:
    """Return the present list; an empty one to begin with, or when the root is a new one."""
    try:
        return read_key_list(path.read_text(encoding="ascii"), root.public_key())
    except (FileNotFoundError, KeyListRefused):
        long_ago = datetime.fromtimestamp(0, UTC)
        return KeyList(0, long_ago, long_ago)


def _present(checkout: Checkout) -> Iterator[ListedKey]:
    for name, use in SIGNERS.items():
        path = checkout.secrets / name
        if not path.exists():
            raise StackError(f"{path} is missing; `make up` makes it")
        # A key may have signed since it was made, which is when its file was written.
        made = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        for key_id, key in SigningKeys.load(path).public.items():
            yield ListedKey(key_id, use, public_text(key), made)


def _brought_up(held: KeyList, present: list[ListedKey], now: datetime) -> KeyList:
    """Return the list with new keys added, and those ended that no service holds any longer."""
    for key in present:
        listed = held.find(key.key_id)
        if listed is None:
            held = held.with_key(key)
        elif (listed.use, listed.public_key) != (key.use, key.public_key):
            raise StackError(f"the key id {key.key_id} stood for another key; give it a new one")
    ids = {key.key_id for key in present}
    for key in held.keys:
        if key.key_id not in ids and not (key.valid_until or key.revoked_at):
            held = held.ended(key.key_id, now.replace(microsecond=0))
    return held


def _replace(path: Path, text: str) -> None:
    """Write what everybody may read, in one step; unchanged text leaves the file alone."""
    if path.exists() and path.read_text(encoding="ascii") == text:
        return
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="ascii")
    fresh.chmod(0o644)
    fresh.replace(path)


def main() -> None:
    """Sign the list of the checkout that the environment names."""
    try:
        signed = sign_list(Checkout.from_environment())
    except StackError as problem:
        sys.exit(str(problem))
    print("key list signed" if signed else "nothing to do")


if __name__ == "__main__":
    main()
