"""What the runbooks tell people to type and to look at is there."""

import argparse
import re

import pytest
from tests.deploy.commands import commands_of, makefile_targets, service_commands, spans, targets
from tests.kit.stack import ROOT

FOLDER = ROOT / "docs" / "runbooks"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
BESIDE = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("deploy/k8s/README.md", "docs/impact-assessment.md", "deploy/local/README.md")
}
# What a page writes in capitals where its reader puts his own.
STANDS_FOR = {"INSTANT": "2026-11-23T00:00:00+00:00"}
both = pytest.mark.parametrize("name", [*PAGES, *BESIDE])


def page(name: str) -> str:
    return PAGES.get(name) or BESIDE[name]


@both
def test_every_target_is_in_the_makefile(name: str) -> None:
    assert targets(page(name)) <= makefile_targets()


@both
def test_every_command_of_a_service_is_one(name: str) -> None:
    for service, words in service_commands(page(name)):
        if words and words[0].islower():
            assert words[0] in commands_of(service), f"python -m {service} {words[0]}"


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_runbook_is_understood(name: str) -> None:
    for service, words in service_commands(PAGES[name]):
        if not words or not words[0].islower():
            continue
        command = commands_of(service)[words[0]]
        parser = argparse.ArgumentParser(prog=f"python -m {service} {words[0]}")
        if command.arguments:
            command.arguments(parser)
        parser.parse_args([STANDS_FOR.get(word, word) for word in words[1:]])


def test_a_command_that_is_not_there_is_noticed() -> None:
    text = 'Type `make frobnicate`, then `make cli s=verify a="undo --all"`.'
    assert not targets(text) <= makefile_targets()
    ((service, words),) = service_commands(text)
    assert words[0] not in commands_of(service)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_path_leads_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", PAGES[name]):
        assert (FOLDER / link).exists(), link
    for span in spans(PAGES[name]):
        for path in re.findall(
            r"^((?:tests|services|deploy|docs|bench|gateway|contracts)/\S+)$", span
        ):
            assert (ROOT / path.partition("::")[0]).exists(), path


def test_every_page_is_in_the_list() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", PAGES["README.md"]))
    assert set(PAGES) - {"README.md"} == listed


def test_every_page_says_what_was_tried() -> None:
    logs = {"README.md", "restore-drill.md", "drills.md"}
    assert [
        name for name, text in PAGES.items() if name not in logs and "**Tried**" not in text
    ] == []
