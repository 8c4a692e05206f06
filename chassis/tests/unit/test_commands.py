"""The words every service knows."""

from pathlib import Path

import pytest

from chassis.audit import InvariantBroken
from chassis.commands import Command, Service
from chassis.settings import ServiceSettings


def settings() -> ServiceSettings:
    return ServiceSettings(
        api_port=1, worker_port=2, database_url="postgresql+asyncpg://x@127.0.0.1/x"
    )


def service(**extra) -> Service[ServiceSettings]:
    async def audit(_settings: ServiceSettings) -> str:
        return "3 rows checked"

    parts = {
        "name": "test",
        "settings": settings,
        "migrations": Path(),
        "api": "",
        "worker": "",
        "openapi": lambda: {"openapi": "3.1"},
        "audit": audit,
    }
    return Service(**{**parts, **extra})


def exit_code(subject: Service[ServiceSettings], *words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        subject.main(words)
    return int(ended.value.code or 0)


class TestService:
    def test_audit_says_what_it_checked(self, capsys) -> None:
        assert exit_code(service(), "audit") == 0
        assert capsys.readouterr().out == "test: 3 rows checked\n"

    def test_audit_names_the_violation_and_fails(self, capsys) -> None:
        async def audit(_settings: ServiceSettings) -> str:
            raise InvariantBroken("row 7")

        assert exit_code(service(audit=audit), "audit") == 1
        assert capsys.readouterr().out == "test: VIOLATION: row 7\n"

    def test_republish_and_replay_are_offered_only_where_they_mean_something(self) -> None:
        assert {"republish", "replay"} & service().commands().keys() == set()
        assert exit_code(service(), "republish", "--all") == 2

    @pytest.mark.parametrize(
        "words", [(), ("--since", "2026-11-23T09:00"), ("--all", "--since", "2026-11-23T09:00Z")]
    )
    def test_republish_wants_all_or_an_instant_with_its_zone(self, words) -> None:
        async def republish(_settings, _since) -> int:
            return 1

        assert exit_code(service(republish=republish), "republish", *words) == 2

    def test_own_words_stand_beside_the_common_ones(self, capsys) -> None:
        more = {"hello": Command("say it", lambda _: print("hello"))}  # noqa: T201 - a command's word
        assert exit_code(service(more=more), "hello") == 0
        assert capsys.readouterr().out == "hello\n"
