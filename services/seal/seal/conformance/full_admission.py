"""Profile full, first part: who may use the service, and what it does under pressure."""

import asyncio
from http import HTTPStatus

from seal.conformance.findings import NotMet, refused_properly
from seal.conformance.requirement import Catalogue
from seal.conformance.session import accepted, given
from seal.conformance.subject import Subject, digests, trial

ADMISSION: Catalogue[Subject] = Catalogue("full")
_LIFETIME = range(30, 3601)
_LARGE = "x" * 2_000_000
_BURST = 20
_BATCH = 20
_BAD_SECRET = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED)


@ADMISSION.requires(
    "sad_once",
    "一个 SAD 只能用一次",
    remedy="SAD 用过即作废；以新的请求标识再次使用时应拒绝。",
)
async def sad_once(subject: Subject) -> str:
    await subject.must_sign()
    asked = trial(1)
    sad = await subject.sad(asked.digests)
    accepted(await subject.sign(asked.digests, sad, key=asked.key), "signatures/signHash")
    return refused_properly(await subject.sign(asked.digests, sad), "重复使用 SAD")


@ADMISSION.requires(
    "batch",
    f"每次可签不少于 {_BATCH} 个摘要",
    remedy=f"把 multisign 提高到 {_BATCH} 以上，否则年底集中发证时会排队。",
)
async def batch(subject: Subject) -> str:
    most = (await subject.credential()).multisign
    if most < _BATCH:
        raise NotMet(f"每次最多 {most} 个")
    return f"每次最多 {most} 个"


@ADMISSION.requires(
    "too_many_hashes",
    "超过 multisign 的请求被拒绝",
    remedy="摘要数量超过 multisign 时应返回 4xx 并说明上限。",
)
async def too_many_hashes(subject: Subject) -> str:
    await subject.must_sign()
    count = (await subject.credential()).multisign + 1
    answer = await subject.authorise(digests(count))
    return refused_properly(answer, f"一次提交了 {count} 个摘要")


@ADMISSION.requires(
    "body_too_large",
    "过大的请求被拒绝，服务不受影响",
    remedy="限制请求大小（例如 256 KB），超过时返回 413。",
)
async def body_too_large(subject: Subject) -> str:
    await subject.must_sign()
    answer = await subject.authorise(digests(1), clientData=_LARGE)
    return refused_properly(answer, "提交了 2 MB 的请求")


@ADMISSION.requires(
    "malformed",
    "格式错误的请求以 4xx 拒绝并说明原因",
    remedy="缺少字段、类型不符时应返回 400 和 error=invalid_request，不应返回 5xx。",
)
async def malformed(subject: Subject) -> str:
    await subject.must_sign()
    body = {"credentialID": await subject.credential_id(), "hash": 5}
    return refused_properly(await subject.call("signatures/signHash", body), "提交了错误的格式")


@ADMISSION.requires(
    "burst",
    f"{_BURST} 个并发请求都得到应答，限流时返回 429 和 Retry-After",
    remedy="提高并发能力；需要限流时返回 429（带 Retry-After），不应返回 5xx 或断开连接。",
)
async def burst(subject: Subject) -> str:
    await given(subject.credentials(), "正常请求未成功")
    answers = await asyncio.gather(
        *(subject.call("credentials/list", {}) for _ in range(_BURST)), return_exceptions=True
    )
    limited = 0
    for answer in answers:
        if isinstance(answer, BaseException):
            raise NotMet("有请求未得到应答")
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS and "retry-after" in answer.headers:
            limited += 1
        elif not answer.is_success:
            raise NotMet(f"有请求返回 {answer.status_code}")
    return f"{_BURST} 个均有应答，其中 {limited} 个限流"
