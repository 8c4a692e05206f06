"""What the tests of web hooks do as a client, and what they look at."""

from uuid import uuid4

from offices import headers

from verify.tables_of_records import records

API = "/api/verify/v1"
OWN = f"{API}/client"
NUMBER = "41038517264970"
WAITS = (10, 60, 300)


async def ask(api, method: str, path: str, body=None, who: str = "client"):
    sent = headers(who) | {"idempotency-key": str(uuid4())}
    return await api.client.request(method, path, json=body, headers=sent)


async def checked(api) -> None:
    body = {"management_number": NUMBER, "name": "张䶮"}
    assert (await ask(api, "POST", f"{OWN}/check", body)).json()["outcome"] == "valid"


async def listens(api, url: str) -> str:
    answer = await ask(api, "PUT", f"{OWN}/webhook", {"url": url})
    assert answer.status_code == 200, answer.text
    return answer.json()["secret"]


async def rows_of(database, table: str) -> list[dict]:
    async with database.reading() as tx:
        found = await tx.execute(records.tables[f"records.{table}"].select())
        return [dict(row) for row in found.mappings()]


async def fetched(api, since: int = 0) -> dict:
    return (await ask(api, "GET", f"{OWN}/changes?since={since}")).json()
