"""The one list of the simulator's faults: what each ends in, and where that is seen."""

from dataclasses import dataclass

from seal.simulator.faults import Fault

UNAVAILABLE, REFUSED = "certificates.seal_unavailable", "certificates.seal_refused"
_LOG_CHANGED = "签章服务的日志与以前读到的不一致"


@dataclass(frozen=True)
class Row:
    """What becomes of the work, on which list it stands, and the beginning of its sentence.

    ``code`` is what the lane shows as its last error, or the application as the reason.
    """

    states: tuple[str, ...]
    work: str | None = None
    sentence: str = ""
    code: str | None = None


WAITS = Row(("sealing",) * 3, "overdue", "签章服务没有正常应答", UNAVAILABLE)
REFUSES = Row(("sealing",) * 3, "overdue", "签章服务拒绝签章", REFUSED)
_NOT_THEIRS = "签名值不是备案证书的密钥所签"
QUARANTINED = Row(("quarantined",) * 3, "quarantined", _NOT_THEIRS)
# One of three was given the signature over its own digest: the first, or the middle one.
ONE_OF_THREE = Row(("issued", "quarantined", "quarantined"), "quarantined", _NOT_THEIRS)
ISSUED = Row(("issued",) * 3)

SEALING = {
    Fault.SLOW: WAITS,
    Fault.ERROR_500: WAITS,
    Fault.TRUNCATED: WAITS,
    Fault.HALF_BATCH: WAITS,
    Fault.NO_ACTIVATION: WAITS,
    Fault.REFUSE: REFUSES,
    Fault.CLOCK_SKEW: REFUSES,
    Fault.WRONG_KEY: QUARANTINED,
    Fault.ALTERED_SIGNATURE: QUARANTINED,
    Fault.TRUNCATED_SIGNATURE: QUARANTINED,
    Fault.DUPLICATE: ONE_OF_THREE,
    Fault.SWAPPED: ONE_OF_THREE,
    # Refused together, it is asked one by one.
    Fault.SMALL_BATCH: ISSUED,
    Fault.OVERLOADED: ISSUED,
    Fault.SIGNS_AGAIN: ISSUED,
    # What it lets others do, or says of itself to nobody but the suite.
    **dict.fromkeys(
        (
            Fault.ANY_HASH,
            Fault.ANY_LENGTH,
            Fault.ANY_CREDENTIAL,
            Fault.ANY_ACTIVATION,
            Fault.ACTIVATION_REUSED,
            Fault.ANY_SECRET,
            Fault.NO_LOGIN,
            Fault.ANY_TOKEN,
            Fault.LONG_TOKEN,
            Fault.ETERNAL_TOKEN,
            Fault.UNLIMITED_HASHES,
            Fault.LARGE_BODIES,
            Fault.CRASHES,
            Fault.CHANGED_RESEND,
        ),
        ISSUED,
    ),
}


def _rejected(sentence: str) -> Row:
    return Row(("rejected",), None, sentence, "certificates.seal_not_trusted")


# The sentence is the seal's, on the page of the application.
APPLYING = {
    Fault.WRONG_CERTIFICATE: _rejected("签章证书的单位名称与发证单位不一致。"),
    Fault.EXPIRED_CERTIFICATE: _rejected("签章证书或其上级证书不在有效期内。"),
    Fault.UNREADABLE_CERTIFICATE: _rejected("签章服务返回的证书无法读取。"),
    Fault.NO_SIGNING_USE: _rejected("签章证书的用途不包括签名。"),
    Fault.BROKEN_CHAIN: _rejected("签章证书链不完整或签名不正确。"),
    Fault.DISABLED: _rejected("签章服务报告该签章密钥未启用。"),
    Fault.REFUSE_LOGIN: Row(("applied",), None, REFUSED),
    Fault.NO_SIGN_HASH: Row(("inspected",)),
    Fault.HIDDEN_CREDENTIAL: Row(("inspected",)),
    Fault.SCAL_1: Row(("inspected",)),
}
COMPARING = {
    Fault.NO_LOG: Row(("issued",), "logs", "签章服务的日志读不到"),
    Fault.LOG_UNCHAINED: Row(("issued",), "logs", _LOG_CHANGED),
    Fault.LOG_REWRITTEN: Row(("issued",), "logs", _LOG_CHANGED),
    Fault.LOG_MIXED: Row(("issued",), "logs", _LOG_CHANGED),
    Fault.LOG_FORGETS: Row(("issued",), "omissions", "平台保存的签名在签章服务的日志中没有"),
    Fault.LOG_TIME: Row(("issued",)),
    Fault.LOG_OPEN: Row(("issued",)),
}
