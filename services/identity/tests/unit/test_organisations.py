from datetime import date
from uuid import uuid4

import pytest

from identity.domain.organisations import (
    Kind,
    Organisation,
    Role,
    accept_unit_code,
    path_below,
    require_fit,
    require_place,
)
from identity.errors import (
    OrganisationCodeMalformed,
    OrganisationCodeSuspect,
    OrganisationMisplaced,
    RoleDoesNotFit,
)


def organisation(kind, parent=None, *, active=True):
    own = uuid4()
    return Organisation(
        id=own,
        version=1,
        parent_id=parent.id if parent else None,
        valid_from=date(2017, 1, 1),
        path=path_below(parent, own),
        kind=kind,
        name="名称",
        code=None,
        active=active,
    )


class TestAcceptUnitCode:
    def test_accepts_the_standards_example(self):
        assert accept_unit_code(" 91350100m000100y43", confirmed=False) == "91350100M000100Y43"

    def test_warns_of_a_failing_check_digit_and_lets_it_be_confirmed(self):
        with pytest.raises(OrganisationCodeSuspect):
            accept_unit_code("91350100M000100Y44", confirmed=False)
        assert accept_unit_code("91350100M000100Y44", confirmed=True) == "91350100M000100Y44"

    def test_warns_when_only_the_inner_organisation_code_fails(self):
        with pytest.raises(OrganisationCodeSuspect):
            accept_unit_code(with_outer_check("91350100M00010001"), confirmed=False)

    @pytest.mark.parametrize("code", ["123", "91350100M000100Y4I", "统一社会信用代码" * 2])
    def test_refuses_another_form_even_when_confirmed(self, code):
        with pytest.raises(OrganisationCodeMalformed):
            accept_unit_code(code, confirmed=True)


def with_outer_check(body):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + alphabet[(31 - total) % 31]


class TestTheTree:
    def test_an_area_covers_itself_and_what_is_below_but_no_neighbour(self):
        province = organisation(Kind.PROVINCE)
        city = organisation(Kind.PREFECTURE, province)
        other = organisation(Kind.PREFECTURE, province)
        county = organisation(Kind.COUNTY, city)
        assert county.lies_within(city.path)
        assert city.lies_within(city.path)
        assert not city.lies_below(city.path)
        assert not county.lies_within(other.path)
        assert not province.lies_within(city.path)
        assert not province.lies_within()

    def test_every_kind_but_the_province_has_a_place(self):
        parents = [organisation(kind) for kind in Kind]
        for kind in set(Kind) - {Kind.PROVINCE}:
            assert any(fits(kind, parent) for parent in parents), kind
        assert not any(fits(Kind.PROVINCE, parent) for parent in parents)

    def test_nothing_stands_below_an_employer_or_a_closed_bureau(self):
        assert not any(fits(kind, organisation(Kind.EMPLOYER)) for kind in Kind)
        assert not fits(Kind.EMPLOYER, organisation(Kind.COUNTY, active=False))


def fits(kind, parent):
    try:
        require_place(kind, parent)
    except OrganisationMisplaced:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.EMPLOYER_ADMINISTRATOR, Kind.COUNTY),
        (Role.BUREAU_ADMINISTRATOR, Kind.EMPLOYER),
        (Role.BUREAU_ADMINISTRATOR, Kind.PROVINCE),
        (Role.PROVINCIAL_ADMINISTRATOR, Kind.PREFECTURE),
        (Role.TECHNICIAN, Kind.EMPLOYER),
        (Role.OPERATOR, Kind.PREFECTURE),
    ],
)
def test_a_role_is_not_held_where_it_does_not_belong(role, kind):
    with pytest.raises(RoleDoesNotFit):
        require_fit(role, organisation(kind))
