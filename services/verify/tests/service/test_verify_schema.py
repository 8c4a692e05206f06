"""Whatever the API document allows, and whatever it does not: no answer is an error of ours."""

import asyncio
import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from offices import CLIENT_ID, headers, identity, organisations
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from tests.kit.stack import ROOT
from verify_kit import Certificate, client_event, heartbeat, make_settings, seal_event, served
from web_kit import Platform

pytestmark = pytest.mark.infra
DOCUMENT = json.loads((ROOT / "contracts/http/verify.json").read_text(encoding="utf-8"))
OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok()
    for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
}
# Who may do nothing, and those who may do most, each of another kind.
ASKERS = ("nobody", "own bureau", "province", "client")
EXAMPLES = 6


@pytest.fixture
async def api(tmp_path, database_url, redis_server, tell):
    secret = tmp_path / "client-secret"
    secret.write_text("secret\n")
    one = Certificate()
    await tell(
        *organisations(),
        client_event(CLIENT_ID),
        heartbeat(1, 0),
        one.event("valid", 1),
        seal_event("active", 1),
        heartbeat(2, 1, (one, 1)),
    )
    async with identity() as known:
        platform = Platform(tmp_path)
        platform.settings(database_url, redis_server.url)
        settings = make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            root_public_key_file=platform.write_root(),
            key_list_file=tmp_path / "keys.jwt",
            jwks_url=f"{known.url}/api/identity/v1/jwks.json",
            identity_url=known.url,
            service_client_secret_file=secret,
        )
        async with served(settings) as running:
            yield running


def ask_at_random(operation, address: str, who: str, mode: GenerationMode) -> None:
    """Ask what is drawn from the document; seeded by the operation, so that it repeats."""

    @bounded(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        answer = case.call(base_url=address, headers=headers(who), timeout=20)
        case.validate_response(answer, checks=[not_a_server_error])

    ask()


def may_be_asked_wrongly(operation) -> bool:
    """Tell whether the operation takes anything that a request could get wrong."""
    described = DOCUMENT["paths"][operation.path][operation.method]
    parameters = [
        one
        for one in described.get("parameters", [])
        # Any text is a text.
        if one["in"] != "header"
    ]
    return bool(parameters) or "requestBody" in described


@pytest.mark.parametrize("name", OPERATIONS)
async def test_no_request_ends_in_an_error_of_ours(api, name):
    operation = OPERATIONS[name]
    modes = [GenerationMode.POSITIVE]
    if may_be_asked_wrongly(operation):
        modes.append(GenerationMode.NEGATIVE)
    for who in ASKERS:
        for mode in modes:
            await asyncio.to_thread(ask_at_random, operation, api.address, who, mode)
