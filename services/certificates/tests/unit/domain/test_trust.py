from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki

from certificates.errors import SealNotTrusted
from certificates.sealing import SealCredential
from certificates.trust import check_signer

PKI = throw_away_pki()


def check(signer, *, office=ZHENGZHOU, production=False, chain=None, enabled=True, at=None):
    credential = SealCredential(
        credential_id="seal",
        certificate=signer.certificate.public_bytes(Encoding.DER),
        chain=tuple(
            one.public_bytes(Encoding.DER)
            for one in (signer.authorities if chain is None else chain)
        ),
        enabled=enabled,
        signatures_per_call=1,
    )
    return check_signer(
        credential,
        roots=[PKI.root.certificate],
        office_name=office,
        production=production,
        at=at or PKI.instant,
    )


def test_good_signer_is_pinned_by_its_fingerprint():
    signer = check(PKI.good)
    assert signer.development
    assert len(signer.sha256) == 64
    assert signer.valid_until == PKI.good.certificate.not_valid_after_utc


@pytest.mark.parametrize(
    ("signer", "arguments", "part"),
    [
        (PKI.good, {"enabled": False}, "未启用"),
        (PKI.expired, {}, "有效期"),
        (PKI.good, {"at": PKI.instant + timedelta(days=4000)}, "有效期"),
        (PKI.stranger, {}, "受信任"),
        (PKI.good, {"chain": ()}, "受信任"),
        (PKI.good, {"chain": (PKI.other_office.certificate,)}, "证书链"),
        (PKI.good, {"office": LUOYANG}, "不一致"),
        (PKI.good, {"production": True}, "正式环境"),
        (PKI.issue(mark=""), {}, "测试环境"),
    ],
)
def test_other_signers_are_refused(signer, arguments, part):
    with pytest.raises(SealNotTrusted) as refusal:
        check(signer, **arguments)
    assert part in refusal.value.detail


def test_real_seal_may_be_filed_in_production():
    assert not check(PKI.issue(mark=""), production=True).development
