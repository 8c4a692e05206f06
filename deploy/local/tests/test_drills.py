"""What the drills are told by, apart from the stack that they play on."""

import json
from pathlib import Path

import pytest
from deploy.local.checkout import ROOT
from deploy.local.drills.log import DrillFailed, Log
from deploy.local.drills.rotation import key_of
from deploy.local.drills.running import until


def test_a_promise_that_does_not_hold_ends_the_drill_and_stands_in_its_log(tmp_path: Path) -> None:
    log = Log()
    log.head("Restore")
    log.check("all is there", held=True, found=3)
    with pytest.raises(DrillFailed, match="nothing is lost: 1 row"):
        log.check("nothing is lost", held=False, found="1 row")

    log.write(tmp_path / "drills" / "restore.md", "Restore")

    page = (tmp_path / "drills" / "restore.md").read_text(encoding="utf-8")
    assert "### Restore" in page
    assert "✓ all is there: 3" in page
    assert "✗ nothing is lost: 1 row" in page


async def test_what_never_comes_is_named() -> None:
    async def never() -> bool:
        return False

    with pytest.raises(DrillFailed, match="the second coming: not within"):
        await until("the second coming", never, seconds=0)


def test_the_key_of_a_code_is_read_as_the_profile_says() -> None:
    vectors = json.loads((ROOT / "contracts" / "qr" / "vectors.json").read_text(encoding="utf-8"))
    for one in vectors["payloads"]["valid"]:
        assert key_of(one["url"]) in vectors["payload_public_keys"]
