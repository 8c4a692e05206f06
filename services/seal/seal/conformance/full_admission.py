"""Profile full, first part: who may use the service, and what it does under pressure."""

import asyncio
from http import HTTPStatus

from seal.conformance.findings import NotChecked, NotMet, refused_properly
from seal.conformance.requirement import Catalogue
from seal.conformance.subject import Subject, accepted, digests, given, trial

ADMISSION = Catalogue("full")
_LIFETIME = range(30, 3601)
_LARGE = "x" * 2_000_000
_BURST = 20
_BATCH = 20
_BAD_SECRET = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED)


@ADMISSION.requires(
    "login",
    "以客户端凭据（OAuth 2.0 client credentials）登录",
    remedy="提供 POST /oauth2/token（RFC 6749 第 4.4 条），返回 access_token、"
    "token_type=Bearer 和 expires_in。",
)
async def login(subject: Subject) -> str:
    subject.must_know_client()
    document = accepted(await subject.log_in(), "登录")
    if str(document["token_type"]).lower() != "bearer" or not document["access_token"]:
        raise NotMet("应答中没有 Bearer 令牌")
    return f"令牌有效期 {int(document['expires_in'])} 秒"


@ADMISSION.requires(
    "secret_wrong",
    "错误的客户端密钥被拒绝",
    remedy="核验客户端密钥；不符时返回 401（或 400）和 error=invalid_client。",
)
async def secret_wrong(subject: Subject) -> str:
    subject.must_know_client()
    await given(subject.token(), "登录未成功")
    return refused_properly(await subject.log_in("wrong-secret"), "使用了错误的密钥", *_BAD_SECRET)


@ADMISSION.requires(
    "token_required",
    "不带令牌的请求被拒绝",
    remedy="除 info 外的所有方法均须核验访问令牌，缺少时返回 401。",
)
async def token_required(subject: Subject) -> str:
    await _must_be_logged_in(subject)
    answer = await subject.call("credentials/list", {}, headers={})
    return refused_properly(answer, "未带令牌", HTTPStatus.UNAUTHORIZED)


@ADMISSION.requires(
    "token_invented",
    "伪造的令牌被拒绝",
    remedy="令牌须由本服务签发、不可猜测，每次请求均须核验，不符时返回 401。",
)
async def token_invented(subject: Subject) -> str:
    await _must_be_logged_in(subject)
    headers = {"authorization": "Bearer invented"}
    answer = await subject.call("credentials/list", {}, headers=headers)
    return refused_properly(answer, "使用了伪造的令牌", HTTPStatus.UNAUTHORIZED)


@ADMISSION.requires(
    "token_lifetime",
    "令牌有效期在 30 秒至 1 小时之间",
    remedy="将访问令牌有效期设为 30 秒至 1 小时，并在 expires_in 中如实说明。",
)
async def token_lifetime(subject: Subject) -> str:
    lifetime = await _lifetime(subject)
    if lifetime not in _LIFETIME:
        raise NotMet(f"有效期 {lifetime} 秒")
    return f"有效期 {lifetime} 秒"


@ADMISSION.requires(
    "token_expires",
    "过期的令牌被拒绝",
    remedy="令牌到期后应返回 401，客户端会重新登录。",
)
async def token_expires(subject: Subject) -> str:
    lifetime = await _lifetime(subject)
    if lifetime > subject.terms.longest_wait_seconds:
        raise NotChecked(f"须等待 {lifetime} 秒；用 --wait {lifetime} 检查")
    document = accepted(await subject.log_in(), "登录")
    headers = {"authorization": f"Bearer {document['access_token']}"}
    await subject.wait(lifetime + 1)
    answer = await subject.call("credentials/list", {}, headers=headers)
    subject.forget_token()
    return refused_properly(answer, "使用了过期的令牌", HTTPStatus.UNAUTHORIZED)


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


async def _must_be_logged_in(subject: Subject) -> None:
    """Raise ``NotChecked`` unless the same call succeeds with a token."""
    subject.must_know_client()
    await given(subject.credentials(), "登录后的正常请求未成功")


async def _lifetime(subject: Subject) -> int:
    subject.must_know_client()

    async def read() -> int:
        return int(accepted(await subject.log_in(), "登录")["expires_in"])

    return await given(read(), "登录未成功")
