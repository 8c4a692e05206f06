"""Steps run when something has changed and tell why they failed."""

from pathlib import Path

import pytest
from deploy.local.checkout import ROOT, Checkout
from deploy.local.fingerprints import fingerprint
from deploy.local.ports import read_ports
from deploy.local.problems import StackError
from deploy.local.steps import Step


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    checkout = Checkout(ROOT, tmp_path / "local", read_ports())
    checkout.prepare()
    return checkout


def test_step_runs_again_only_when_what_it_depends_on_has_changed(
    checkout: Checkout, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_text("one")
    step = Step("example", ["/bin/true"], stamp=(source,))
    assert [step.run(checkout), step.run(checkout)] == [True, False]
    source.write_text("two")
    assert step.run(checkout)


def test_failed_step_is_named_with_its_last_words_and_runs_again(
    checkout: Checkout, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    step = Step("example", ["/bin/sh", "-c", "echo no such luck; exit 3"], stamp=(source,))
    for _ in range(2):
        with pytest.raises(StackError, match=r"step example failed .*\n?.*no such luck"):
            step.run(checkout)


def test_step_sees_the_stack_and_not_the_shell_it_came_from(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://203.0.113.9:3128")
    Step("example", ["/usr/bin/env"]).run(checkout)
    seen = (checkout.logs / "step-example.log").read_text()
    assert "PROXY" not in seen
    assert f"YUZHENG_LOCAL={checkout.state}" in seen


def test_fingerprint_depends_on_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = fingerprint(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    second = fingerprint(tmp_path)
    (tmp_path / "b").write_text("y")
    assert len({first, second, fingerprint(tmp_path)}) == 3
