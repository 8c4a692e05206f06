"""Profile core, second part: signing, and what must not be signed."""

from datetime import timedelta
from statistics import median
from time import monotonic

from seal.conformance.findings import NotMet, refused
from seal.conformance.requirement import Catalogue
from seal.conformance.subject import Subject, digests, trial

SIGNING: Catalogue[Subject] = Catalogue("core")
_SKEW = timedelta(seconds=60)
_SHORT, _LONG = b"\x01" * 20, b"\x01" * 64


@SIGNING.requires(
    "authorise",
    "按摘要授权（credentials/authorize）并返回 SAD",
    remedy="credentials/authorize 应接受 numSignatures 和 hash，并返回 SAD。",
)
async def authorise(subject: Subject) -> str:
    if not await subject.sad(digests(1)):
        raise NotMet("SAD 为空")
    return "已取得 SAD"


@SIGNING.requires(
    "sign_one",
    "对一个摘要签名，签名能用所出示的证书验证",
    remedy="核对密码设备中的密钥与证书是否配对；ECDSA 签名须为 DER 编码，"
    "RSA 签名须为 PKCS#1 v1.5；摘要应直接签名，不再做摘要。",
)
async def sign_one(subject: Subject) -> str:
    await _sign(subject, 1)
    return "签名有效"


@SIGNING.requires(
    "sign_batch",
    "一次提交多个摘要，逐一返回签名，次序一致",
    remedy="signatures/signHash 应对 hash 数组逐一签名，数量和次序与请求一致，"
    "数量上限在 multisign 中如实说明。",
)
async def sign_batch(subject: Subject) -> str:
    most = min((await subject.credential()).multisign, subject.terms.batch)
    if most < 2:  # noqa: PLR2004 - one is not a batch
        raise NotMet("multisign 小于 2，不能批量签章")
    sizes = sorted({2, (2 + most) // 2, most})
    for size in sizes:
        await _sign(subject, size)
    return f"批量 {'、'.join(map(str, sizes))} 个均有效"


@SIGNING.requires(
    "hash_not_authorised",
    "未授权的摘要被拒绝",
    remedy="签名前核对每个摘要是否在 SAD 所授权的范围内，有一个不在即整体拒绝。",
)
async def hash_not_authorised(subject: Subject) -> str:
    await subject.must_sign()
    one, other = digests(2)
    return refused(await subject.sign([other], await subject.sad([one])), "提交了未授权的摘要")


@SIGNING.requires(
    "hash_length",
    "长度不符的摘要被拒绝",
    remedy="SHA-256 摘要须恰为 32 字节；过长的摘要不得截断后签名。",
)
async def hash_length(subject: Subject) -> str:
    await subject.must_sign()
    found = ""
    for wrong in (_SHORT, _LONG):
        answer = await subject.authorise([wrong])
        if answer.is_success:
            answer = await subject.sign([wrong], str(answer.json()["SAD"]))
        found = refused(answer, f"提交了 {len(wrong)} 字节的摘要")
    return found


@SIGNING.requires(
    "credential_unknown",
    "不存在的凭据被拒绝",
    remedy="credentialID 不存在时应返回 4xx，不得改用其他凭据签名。",
)
async def credential_unknown(subject: Subject) -> str:
    await subject.must_sign()
    unknown, asked = "no-such-credential", digests(1)
    answer = await subject.authorise(asked, credential=unknown)
    if answer.is_success:
        answer = await subject.sign(asked, str(answer.json()["SAD"]), credential=unknown)
    return refused(answer, "使用了不存在的凭据")


@SIGNING.requires(
    "sad_altered",
    "被改动的 SAD 被拒绝",
    remedy="SAD 须由本服务签发、不可猜测，签名前须逐字核验。",
)
async def sad_altered(subject: Subject) -> str:
    await subject.must_sign()
    asked = digests(1)
    return refused(await subject.sign(asked, _altered(await subject.sad(asked))), "改动了 SAD")


@SIGNING.requires(
    "latency",
    "单次签章（授权加签名）的时延在上限以内",
    remedy="检查密码设备性能、网络线路和连接保持；超过上限的调用会被当作服务不可用。",
)
async def latency(subject: Subject) -> str:
    await subject.must_sign()
    taken = []
    for _ in range(subject.terms.samples):
        began = monotonic()
        await subject.signatures(trial(1))
        taken.append(monotonic() - began)
    figures = f"中位 {median(taken) * 1000:.0f} 毫秒，最长 {max(taken) * 1000:.0f} 毫秒"
    if max(taken) > subject.terms.slow_seconds:
        raise NotMet(f"{figures}，上限 {subject.terms.slow_seconds * 1000:.0f} 毫秒")
    return figures


async def _sign(subject: Subject, count: int) -> None:
    asked = trial(count)
    made = await subject.signatures(asked)
    (await subject.credential()).verify(asked.digests, made)


def _altered(sad: str) -> str:
    """Change one character near the end, where no padding hides it."""
    place = max(len(sad) - 6, 0)
    other = "A" if sad[place : place + 1] != "A" else "B"
    return f"{sad[:place]}{other}{sad[place + 1 :]}"
