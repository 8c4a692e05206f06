"""Cursors, message texts, tokens and the API document."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from joserfc.jwk import OKPKey

from chassis.auth import Grant, TokenVerifier
from chassis.clock import FrozenClock
from chassis.errors import Unauthenticated
from identity.app import openapi
from identity.domain.messages import Template, text_of
from identity.errors import CursorMalformed
from identity.http import cursors
from identity.tokens import SigningKeys, TokenIssuer


def test_a_cursor_comes_back():
    last = uuid4()
    assert cursors.decode_id(cursors.encode(last)) == last
    assert cursors.decode_named(cursors.encode("郑州", last)) == ("郑州", last)
    assert cursors.decode_id(None) is None


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", cursors.encode("a", "b"), "bnVsbA"])
def test_a_made_up_cursor_is_refused(cursor):
    with pytest.raises(CursorMalformed):
        cursors.decode_named(cursor)


ACCOUNT = {Template.SESSION_ENDED, Template.PASSWORD_CHANGED}


@pytest.mark.parametrize(
    "template", [one for one in Template if one not in ACCOUNT and "affiliation" not in one]
)
def test_every_message_has_a_text_with_its_year(template):
    assert "2026年度" in text_of(template, year=2026)


@pytest.mark.parametrize("template", sorted(ACCOUNT))
def test_a_message_about_the_account_says_what_to_do(template):
    assert "如非本人操作，请立即" in text_of(template, year=2026)


class TestTokens:
    def setup_method(self):
        self.clock = FrozenClock(datetime(2026, 11, 23, tzinfo=UTC))
        self.keys = SigningKeys("b", {kid: self.key(kid) for kid in "ab"})
        self.issuer = TokenIssuer(
            self.keys,
            issuer="i",
            audience="a",
            client_audience="c",
            lifetime=timedelta(minutes=10),
            clock=self.clock,
        )
        self.verifier = TokenVerifier(self.keys.key_set, issuer="i", audience="a", clock=self.clock)

    @staticmethod
    def key(kid):
        return OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "EdDSA", "kid": kid})

    async def test_a_token_says_who_and_where_for_ten_minutes(self):
        account, person, place = uuid4(), uuid4(), uuid4()
        grant = Grant("employer_administrator", place)
        token = self.issuer.for_account(account, person, [grant])
        found = await self.verifier.principal(token.access_token)
        assert (found.account_id, found.person_id, found.grants) == (str(account), person, (grant,))
        self.clock.advance(timedelta(seconds=token.expires_in + 1))
        with pytest.raises(Unauthenticated):
            await self.verifier.principal(token.access_token)

    async def test_a_service_token_carries_scopes_and_no_grants(self):
        token = self.issuer.for_service("hours", ["identity.resolve"])
        found = await self.verifier.principal(token.access_token)
        assert found.require_scope("identity.resolve") == "hours"
        assert found.grants == ()

    def test_published_keys_hold_nothing_private(self):
        published = self.keys.published()["keys"]
        assert {key["kid"] for key in published} == {"a", "b"}
        assert not any("d" in key for key in published)


def test_every_post_names_its_refusals():
    for path, operations in openapi()["paths"].items():
        if "post" in operations:
            assert any(status.startswith("4") for status in operations["post"]["responses"]), path
