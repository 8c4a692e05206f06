from datetime import date
from uuid import UUID, uuid4

import pytest

from certificates.domain.entities import Organisation, Rollout
from certificates.domain.offices import office_in_charge, path_ids, rollout_for


def line_of(*kinds):
    """Return organisations of the given kinds, each below the one before."""
    path, line = "/", []
    for kind in kinds:
        one = uuid4()
        path += f"{one}/"
        line.append(Organisation(one, path, kind, f"单位{kind}", None, active=True))
    return line


class TestOfficeInCharge:
    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [
            (("province", "prefecture", "county", "employer"), "prefecture"),
            (("province", "prefecture", "employer"), "prefecture"),
            (("province", "direct_county", "employer"), "direct_county"),
            (("province", "prefecture", "direct_county", "employer"), "direct_county"),
            (("province", "provincial_department", "employer"), "provincial_department"),
            (("province", "employer"), "province"),
            (("province", "prefecture"), "prefecture"),
        ],
    )
    def test_is_the_nearest_that_issues(self, kinds, expected):
        line = line_of(*kinds)
        assert office_in_charge(reversed(line)).kind == expected

    def test_is_none_without_any(self):
        assert office_in_charge(line_of("county", "employer")) is None

    def test_goes_by_the_path_and_not_by_the_code(self):
        # 巩义 410181 carries Zhengzhou's prefix and is under the province directly.
        province, county = line_of("province", "direct_county")
        county = Organisation(
            county.organisation_id, county.path, "direct_county", "巩义市", "410181", active=True
        )
        assert office_in_charge([province, county]).name == "巩义市"


class TestRollout:
    def test_nearest_date_counts(self):
        province, city, _ = line = line_of("province", "prefecture", "employer")
        dates = [
            Rollout(city.organisation_id, date(2017, 9, 15)),
            Rollout(province.organisation_id, date(2017, 12, 1)),
        ]
        assert rollout_for(line[-1].path, dates).starts_on == date(2017, 9, 15)
        assert rollout_for(province.path, dates).starts_on == date(2017, 12, 1)

    def test_other_regions_do_not_count(self):
        line = line_of("province", "employer")
        assert rollout_for(line[-1].path, [Rollout(uuid4(), date(2017, 9, 15))]) is None


def test_path_names_the_province_first():
    first, second = uuid4(), uuid4()
    assert path_ids(f"/{first}/{second}/") == [first, second]
    assert path_ids("/") == []
    assert isinstance(path_ids(f"/{first}/")[0], UUID)
