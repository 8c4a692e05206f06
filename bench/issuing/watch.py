"""Following people from the event that they are issued to the public answer."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import aio_pika
import httpx
import pikepdf
import zxingcpp
from PIL import Image, ImageOps
from tests.kit.stack import stack

from chassis.topology import EXCHANGE
from issuing.people import CLOCK, Databases, Person

ISSUED = "certificates.certificate.issued.v1"
LOOK_SECONDS = 0.02


def token_in(file: bytes) -> str:
    """Read the token out of the file's QR code: it is kept nowhere else."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for image in pdf.pages[0].get_images().values():
            picture = pikepdf.PdfImage(image).as_pil_image().convert("L")
            large = picture.resize(
                (8 * picture.width, 8 * picture.height), Image.Resampling.NEAREST
            )
            for code in zxingcpp.read_barcodes(ImageOps.expand(large, 32, 255)):
                return str(code.text).partition("#")[0].rpartition("/")[2]
    raise LookupError("a certificate without a QR code")


class Watch:
    """Follows people from the event that they are issued to the public answer."""

    def __init__(self, databases: Databases, verify: httpx.AsyncClient) -> None:
        self._databases, self._verify = databases, verify
        self._objects = stack().checkout.state / "objects" / "certificates"
        self._waiting: dict[UUID, Person] = {}
        self._hashes: dict[bytes, Person] = {}

    def expect(self, person: Person) -> None:
        """Follow a person from now on."""
        self._waiting[person.id] = person

    async def hear(self, message: aio_pika.abc.AbstractIncomingMessage) -> None:
        """Take the token out of an issued file."""
        data = json.loads(message.body)["data"]
        person = self._waiting.pop(UUID(data["person_id"]), None)
        if person is None:
            return
        sha256 = data["file_sha256"]
        file = self._objects / sha256[:2] / sha256[2:4] / sha256
        person.token = await asyncio.to_thread(lambda: token_in(file.read_bytes()))
        self._hashes[bytes.fromhex(data["token_hash"])] = person

    async def run(self) -> None:
        """Ask the public address as soon as verify's projection has heard of a certificate."""
        statement = "select token_hash from projection.certificates where token_hash = any(:ids)"
        async with asyncio.TaskGroup() as asking:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                found = (
                    await self._databases.rows("verify", statement, list(self._hashes))
                    if self._hashes
                    else []
                )
                for (token_hash,) in found:
                    person = self._hashes.pop(bytes(token_hash))
                    person.reached["projected"] = CLOCK.now()
                    asking.create_task(self._ask(person))

    async def _ask(self, person: Person) -> None:
        while True:
            answer = await self._verify.get(
                f"/v/{person.token}", headers={"accept": "application/json"}
            )
            if answer.json().get("state") == "valid":
                person.reached["valid"] = CLOCK.now()
                return
            await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def watching(databases: Databases) -> AsyncIterator[Watch]:
    """Hear every issued certificate and ask for it, for the block."""
    address = f"http://127.0.0.1:{stack().port('VERIFY_API')}"
    async with (
        httpx.AsyncClient(base_url=address, timeout=10) as verify,
        await aio_pika.connect(stack().broker) as connection,
    ):
        watch = Watch(databases, verify)
        channel = await connection.channel()
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(EXCHANGE, routing_key=ISSUED)
        await queue.consume(watch.hear, no_ack=True)
        async with asyncio.TaskGroup() as following:
            task = following.create_task(watch.run())
            yield watch
            task.cancel()
