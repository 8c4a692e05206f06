"""`make drill d=rotation`: keys of tokens, of QR codes, of ID numbers and of events are changed."""

import asyncio
import base64
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cbor2

from deploy.local.checkout import write_private
from deploy.local.demo.gateway import Account, Refused
from deploy.local.demo.people import new_identity_number
from deploy.local.drills.cast import ZHENGZHOU, Cast
from deploy.local.drills.log import Log
from deploy.local.drills.running import Running, until
from deploy.local.drills.stage import play
from deploy.local.root import sign_list

_REFUSED = 401
_KEY_ID = 4
_FROM_CROCKFORD = str.maketrans(
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)
_LIVE = (
    "/api/identity/v1/me",
    "/api/hours/v1/claims",
    "/api/certificates/v1/certificates",
)


class Rotation:
    """Each method changes one kind of key and takes the old one away where that is the end."""

    def __init__(self, log: Log, running: Running, cast: Cast) -> None:
        self._log, self._running, self._cast = log, running, cast
        self._secrets = running.checkout.secrets

    async def run(self) -> None:
        await self.access_tokens()
        await self.codes()
        await self.id_numbers()
        await self.events()
        for service in ("identity", "hours", "certificates", "verify"):
            self._log.note(await self._running.must(service, "audit"))

    async def access_tokens(self) -> None:
        log, cast = self._log, self._cast
        log.head("Access tokens (JWT)")
        holder = await cast.holder("吴一")
        old = holder.technician.account
        file = self._secrets / "signing-keys.json"
        before, fresh = _ring(file)["current"], f"drill-{secrets.token_hex(3)}"
        await self._make_signer(file, fresh)
        await self._restart("identity-api")
        log.note(f"{fresh} published beside {before}, which signs on")
        await self._use(file, fresh)
        await self._restart("identity-api")
        number, password = holder.technician.management_number, cast.province.password
        new = await cast.gateway.sign_in(number, password)

        async def accepted() -> bool:
            return all([await _may(new, path) for path in _LIVE])

        await until("every service takes the new key's tokens", accepted)
        log.check("every service takes tokens of the new key", held=True)
        log.check("tokens of the old key are still good", held=await _may(old, _LIVE[1]))
        self._drop(file, before)
        await self._restart("identity-api")
        kept = "still good" if await _may(old, _LIVE[1]) else "refused"
        log.note(f"the old key taken away: its tokens are {kept}; whoever knows keys keeps them")
        await self._restart("envoy", "identity-api", "hours-api", "certificates-api", "verify-api")
        refused = not await _may(old, _LIVE[1])
        log.check("gateway and APIs started anew: refused at once", held=refused)
        cast.province.forget_tokens()
        log.check("tokens of the new key are good", held=await _may(new, _LIVE[1]))

    async def codes(self) -> None:
        log, running, cast = self._log, self._running, self._cast
        log.head("QR codes")
        earlier = await cast.holder("吴二")
        file = self._secrets / "qr-keys.json"
        fresh = f"d{secrets.token_hex(2)}"
        await self._make_signer(file, fresh)
        await asyncio.to_thread(sign_list, running.checkout)
        path = "/v/keys"
        listed = (await cast.gateway.client.get(path)).text.split(".")[1]
        keys = json.loads(base64.urlsafe_b64decode(listed + "=="))["keys"]
        log.check("the list names the new key", held=fresh in {key["kid"] for key in keys})
        await self._use(file, fresh)
        await self._restart("certificates-worker")
        later = await cast.holder("吴三")
        signed = [key_of(one.qr_url) for one in (earlier, later)]
        log.check("new codes bear the new key", held=signed[1] == fresh, found=" → ".join(signed))
        for one in (earlier, later):
            await cast.told(one, "valid")
        log.check("codes of both keys are answered", held=True)

    async def id_numbers(self) -> None:
        log, running = self._log, self._running
        log.head("ID numbers: encryption and index")
        number = new_identity_number()
        await self._register(number)
        files = [self._secrets / name for name in ("id-number-keys.json", "index-keys.json")]
        await self._add_keys(files, ["identity-api", "identity-worker"])
        log.check("with both keys the number is known", held=await self._is_taken(number))
        log.note(await running.must("identity", "rekey"))
        for file in files:
            self._drop(file, min(_ring(file)["keys"], key=int))
        await self._restart("identity-api", "identity-worker")
        log.check("with the new keys alone it is known", held=await self._is_taken(number))
        log.note(await running.must("identity", "audit"))

    async def events(self) -> None:
        log, running = self._log, self._running
        log.head("Events in queues")
        users = [
            f"{service}-{kind}"
            for service in ("identity", "hours", "certificates", "verify")
            for kind in ("api", "worker")
        ]
        file = self._secrets / "bus-keys.json"
        await self._add_keys([file], users)
        await self._cast.holder("吴四")
        await running.outbox_empty("identity", "hours", "certificates", "verify")
        await running.queues_empty()
        parked = [
            row
            for service in ("identity", "hours", "certificates")
            for row in await running.rows(service, "SELECT 1 FROM parked_messages LIMIT 1")
        ]
        log.check("outboxes and queues are empty, nothing is parked", held=not parked)
        self._drop(file, min(_ring(file)["keys"], key=int))
        await self._restart(*users)
        await self._cast.holder("吴五")
        log.check("with the new key alone a certificate comes", held=True)

    async def _add_keys(self, files: list[Path], users: list[str]) -> None:
        """Give every user the new key first; only then is it used."""
        for file in files:
            ring = _ring(file)
            version = str(max(int(one) for one in ring["keys"]) + 1)
            ring["keys"][version] = base64.b64encode(secrets.token_bytes(32)).decode()
            write_private(file, json.dumps(ring))
        await self._restart(*users)
        for file in files:
            ring = _ring(file)
            write_private(file, json.dumps(ring | {"current": max(int(o) for o in ring["keys"])}))
        await self._restart(*users)

    async def _make_signer(self, file: Path, key_id: str) -> None:
        await self._running.must(
            "certificates", "keys", "make-signer", "--file", str(file), "--key-id", key_id
        )

    async def _use(self, file: Path, key_id: str) -> None:
        write_private(file, json.dumps(_ring(file) | {"current": key_id}))

    def _drop(self, file: Path, key_id: str) -> None:
        ring = _ring(file)
        del ring["keys"][key_id]
        write_private(file, json.dumps(ring))

    async def _restart(self, *names: str) -> None:
        await self._running.stop(*names)
        await self._running.start(*names)

    async def _register(self, number: str) -> None:
        cast = self._cast
        await cast.people.register(
            name="吴六",
            identity_number=number,
            employer=cast.employers[ZHENGZHOU],
            bureau=cast.bureaus[ZHENGZHOU],
        )

    async def _is_taken(self, number: str) -> bool:
        try:
            await self._register(number)
        except Refused as refusal:
            return refusal.code == "identity.registration_refused"
        return False


def _ring(file: Path) -> dict[str, Any]:
    ring: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return ring


def key_of(qr_url: str) -> str:
    """Return the key id in a code's payload (contracts/qr/profile.md)."""
    text = urlsplit(qr_url).fragment.translate(_FROM_CROCKFORD)
    payload = base64.b32decode(text + "=" * (-len(text) % 8))
    key_id: bytes = cbor2.loads(payload)[1][_KEY_ID]
    return key_id.decode()


async def _may(account: Account, path: str) -> bool:
    try:
        await account.get(path)
    except Refused as refusal:
        if refusal.status != _REFUSED:
            raise
        return False
    return True


async def rotate(log: Log, running: Running, cast: Cast) -> None:
    """Change them all."""
    await Rotation(log, running, cast).run()


if __name__ == "__main__":
    raise SystemExit(asyncio.run(play("Rotation", rotate)))
