"""Who may use a seal service, whatever is sent to be sealed."""

from http import HTTPStatus

from seal.conformance.findings import NotChecked, NotMet, refused_properly
from seal.conformance.requirement import Catalogue
from seal.conformance.session import Session, accepted, given

LOGIN: Catalogue[Session] = Catalogue("shared")
_LIFETIME = range(30, 3601)
_BAD_SECRET = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED)


@LOGIN.requires(
    "login",
    "以客户端凭据（OAuth 2.0 client credentials）登录",
    remedy="提供 POST /oauth2/token（RFC 6749 第 4.4 条），返回 access_token、"
    "token_type=Bearer 和 expires_in。",
)
async def login(subject: Session) -> str:
    subject.must_know_client()
    document = accepted(await subject.log_in(), "登录")
    if str(document["token_type"]).lower() != "bearer" or not document["access_token"]:
        raise NotMet("应答中没有 Bearer 令牌")
    return f"令牌有效期 {int(document['expires_in'])} 秒"


@LOGIN.requires(
    "secret_wrong",
    "错误的客户端密钥被拒绝",
    remedy="核验客户端密钥；不符时返回 401（或 400）和 error=invalid_client。",
)
async def secret_wrong(subject: Session) -> str:
    subject.must_know_client()
    await given(subject.token(), "登录未成功")
    return refused_properly(await subject.log_in("wrong-secret"), "使用了错误的密钥", *_BAD_SECRET)


@LOGIN.requires(
    "token_required",
    "不带令牌的请求被拒绝",
    remedy="除 info 外的所有方法均须核验访问令牌，缺少时返回 401。",
)
async def token_required(subject: Session) -> str:
    await _must_be_logged_in(subject)
    answer = await subject.look({})
    return refused_properly(answer, "未带令牌", HTTPStatus.UNAUTHORIZED)


@LOGIN.requires(
    "token_invented",
    "伪造的令牌被拒绝",
    remedy="令牌须由本服务签发、不可猜测，每次请求均须核验，不符时返回 401。",
)
async def token_invented(subject: Session) -> str:
    await _must_be_logged_in(subject)
    headers = {"authorization": "Bearer invented"}
    answer = await subject.look(headers)
    return refused_properly(answer, "使用了伪造的令牌", HTTPStatus.UNAUTHORIZED)


@LOGIN.requires(
    "token_lifetime",
    "令牌有效期在 30 秒至 1 小时之间",
    remedy="将访问令牌有效期设为 30 秒至 1 小时，并在 expires_in 中如实说明。",
)
async def token_lifetime(subject: Session) -> str:
    lifetime = await _lifetime(subject)
    if lifetime not in _LIFETIME:
        raise NotMet(f"有效期 {lifetime} 秒")
    return f"有效期 {lifetime} 秒"


@LOGIN.requires(
    "token_expires",
    "过期的令牌被拒绝",
    remedy="令牌到期后应返回 401，客户端会重新登录。",
)
async def token_expires(subject: Session) -> str:
    lifetime = await _lifetime(subject)
    if lifetime > subject.terms.longest_wait_seconds:
        raise NotChecked(f"须等待 {lifetime} 秒；用 --wait {lifetime} 检查")
    document = accepted(await subject.log_in(), "登录")
    headers = {"authorization": f"Bearer {document['access_token']}"}
    await subject.wait(lifetime + 1)
    answer = await subject.look(headers)
    subject.forget_token()
    return refused_properly(answer, "使用了过期的令牌", HTTPStatus.UNAUTHORIZED)


async def _must_be_logged_in(subject: Session) -> None:
    """Raise ``NotChecked`` unless the same call succeeds with a token."""
    subject.must_know_client()

    async def look() -> None:
        accepted(await subject.look(), "正常请求")

    await given(look(), "登录后的正常请求未成功")


async def _lifetime(subject: Session) -> int:
    subject.must_know_client()

    async def read() -> int:
        return int(accepted(await subject.log_in(), "登录")["expires_in"])

    return await given(read(), "登录未成功")
