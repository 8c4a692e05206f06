import pytest
from tests.kit.people import RARE_NAMES

from identity.domain.names import accept_name, match_key
from identity.errors import NameUnacceptable


@pytest.mark.parametrize("name", [*RARE_NAMES, "𰻞面", "欧阳　娜娜", "O'Neil Smith", "李〇"])
def test_a_name_is_kept_as_received(name):
    assert accept_name(f" {name}\n") == name


@pytest.mark.parametrize("name", ["", "   ", "张\x00三", "张\ue123", "张3", "王" * 61])
def test_what_no_name_can_be_is_refused(name):
    with pytest.raises(NameUnacceptable):
        accept_name(name)


@pytest.mark.parametrize("dot", "·•‧・．")
def test_spellings_of_one_name_match(dot):
    assert match_key(f"买买提{dot}吐尔逊") == match_key("买买提 · 吐尔逊")


def test_different_names_do_not_match():
    assert match_key("张䶮") != match_key("张龑")
