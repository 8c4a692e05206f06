"""Profile whole-pdf, first part: handing documents in, and getting them back."""

import asyncio
from http import HTTPStatus

from seal.conformance.deliveries import LARGEST_FILE
from seal.conformance.document_subject import DocumentSubject, file_of, retry_after
from seal.conformance.documents import Order, new_order
from seal.conformance.findings import NotChecked, NotMet, refused_properly
from seal.conformance.requirement import Catalogue
from seal.conformance.sealed_document import SealedDocument
from seal.conformance.session import new_key

CALLS: Catalogue[DocumentSubject] = Catalogue("whole_pdf")
# A certificate with a large portrait has less than a megabyte.
_LARGE, _TOO_LARGE = 1024 * 1024, 17 * 1024 * 1024
_AT_ONCE = 4
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_ANSWERED = (HTTPStatus.OK, HTTPStatus.ACCEPTED)


@CALLS.requires(
    "credential",
    "凭据（GET credential）已启用，并列出证书",
    remedy='返回 {"enabled": true, "certificates": [Base64 编码的 DER，签章证书在先]}。',
)
async def credential(subject: DocumentSubject) -> str:
    found = await subject.credential()
    if found["enabled"] is not True:
        raise NotMet("凭据未启用")
    return f"{len(found['certificates'])} 张证书"


@CALLS.requires(
    "sealed",
    "交来的文件签章后返回：当场（200），或受理后（202）查得、送回",
    remedy="POST documents 收 multipart 两部分 request、document；签好返回 200 和 application/pdf，"
    "来不及当场签的先返回 202 和 Location。",
)
async def sealed(subject: DocumentSubject) -> str:
    found = await subject.sealing()
    how = "当场返回" if found.location is None else f"受理后签好，查询 {found.asked} 次"
    return f"{how}，{len(found.file)} 字节"


@CALLS.requires(
    "size",
    f"签章后的文件不超过 {LARGEST_FILE // 1024 // 1024} MB",
    remedy="印模用矢量或适当大小的图像，不要嵌入整套字体；更大的文件平台不收。",
)
async def size(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    added = len(found.file) - len(found.order.document)
    if len(found.file) > LARGEST_FILE:
        raise NotMet(f"{len(found.file)} 字节，其中签章增加 {added} 字节")
    return f"签章增加 {added} 字节"


@CALLS.requires(
    "latency",
    "每次请求及时应答，来不及签章时先受理",
    remedy="平台等待有时限（缺省 5 秒）；人工签章或设备较慢时，先返回 202，签好后再供查询或送回。",
)
async def latency(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    told = f"{found.seconds * 1000:.0f} 毫秒"
    if found.seconds > subject.terms.slow_seconds:
        raise NotMet(f"{told}，上限 {subject.terms.slow_seconds * 1000:.0f} 毫秒")
    return told


@CALLS.requires(
    "later",
    "受理（202）时给出本服务之下的 Location，Retry-After 为秒数",
    remedy="Location 指向基址之下、凭令牌查询的地址；Retry-After 可省，写则为秒数（不是日期）。",
)
async def later(subject: DocumentSubject) -> str:
    order = (await subject.sealed()).order
    # Whether sealed at once or later: what the first answer said.
    answer = (await subject.sealed()).first
    if answer.status_code != HTTPStatus.ACCEPTED:
        raise NotChecked("服务当场签章，没有受理")
    seconds = retry_after(answer)
    subject.location_of(answer)
    return f"{order.reference[-6:]}：{seconds if seconds is not None else '未说明几'} 秒后可查"


@CALLS.requires(
    "asked_again",
    "签好之后再次查询，得到同一文件或 404、410",
    remedy="同一 Location 反复查询应返回同一文件，不得再次签章；不再保存时返回 404 或 410。",
)
async def asked_again(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    if found.location is None:
        raise NotChecked("服务当场签章，没有受理")
    answer = await subject.ask(found.location)
    if answer.status_code in _GONE:
        return f"以 {answer.status_code} 应答"
    if file_of(answer) != found.file:
        raise NotMet("再次查询得到另一文件")
    return "同一文件"


@CALLS.requires(
    "unknown_location",
    "查询不存在的文件，以 404 或 410 应答",
    remedy="不认识、已过期的查询地址返回 404 或 410，平台会以同一标识重新交来；"
    "不得返回 5xx 或别人的文件。",
)
async def unknown_location(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    if found.location is None:
        raise NotChecked("服务当场签章，没有受理")
    invented = found.location.replace(found.order.reference, new_key())
    if invented == found.location:
        invented = f"{found.location[:-8]}00000000"
    answer = await subject.ask(invented)
    if answer.status_code not in _GONE:
        raise NotMet(f"返回 {answer.status_code}")
    return f"以 {answer.status_code} 应答"


@CALLS.requires(
    "delivery",
    "送回的文件以 POST、application/pdf 送到 return_address，与查得的相同",
    remedy="把签好的 PDF POST 到 request 所给的 return_address（逐字照用），"
    "Content-Type 为 application/pdf；收到 204 即止，408、425、429、5xx 稍后再送。",
)
async def delivery(subject: DocumentSubject) -> str:
    if subject.deliveries.base_url is None:
        raise NotChecked("未提供 --return-to")
    found = await subject.sealed()
    delivered = subject.deliveries.of(found.order.reference)
    if delivered is None:
        raise NotChecked("服务没有送回（可以只供查询）")
    if found.location:
        answer = await subject.ask(found.location)
        if answer.status_code == HTTPStatus.OK and file_of(answer) != delivered.content:
            raise NotMet("送回的与查得的不是同一文件")
    return f"送回 {len(delivered.content)} 字节"


@CALLS.requires(
    "resend_same",
    "同一标识、同一文件重新交来，不再签一次",
    remedy="按 Idempotency-Key 保存结果：已签的返回同一文件，尚未签好的仍返回 202，不得重新签章。",
)
async def resend_same(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    answer = await subject.hand_in(found.order)
    if answer.status_code == HTTPStatus.ACCEPTED and found.location:
        answer = await subject.ask(subject.location_of(answer))
    if file_of(answer) != found.file:
        raise NotMet("重新交来得到另一文件：同一文件被签了两次")
    return "同一文件"


@CALLS.requires(
    "resend_changed",
    "同一标识换了文件，以 409 拒绝",
    remedy="标识（Idempotency-Key）相同而文件不同时返回 409，不得签章。",
)
async def resend_changed(subject: DocumentSubject) -> str:
    found = await subject.sealed()
    other = Order(found.order.reference, new_order().document)
    return refused_properly(await subject.hand_in(other), "标识相同而文件不同", HTTPStatus.CONFLICT)


@CALLS.requires(
    "document_login",
    "不带令牌不能交来文件",
    remedy="POST documents 须核验访问令牌，缺少时返回 401。",
)
async def document_login(subject: DocumentSubject) -> str:
    subject.must_know_client()
    await subject.must_sign()
    answer = await subject.hand_in(new_order(), headers={})
    return refused_properly(answer, "未带令牌", HTTPStatus.UNAUTHORIZED)


@CALLS.requires(
    "question_login",
    "不带令牌不能查询文件",
    remedy="查询地址（Location）同样须核验访问令牌，缺少时返回 401。",
)
async def question_login(subject: DocumentSubject) -> str:
    subject.must_know_client()
    found = await subject.sealed()
    if found.location is None:
        raise NotChecked("服务当场签章，没有受理")
    answer = await subject.http.get(found.location)
    return refused_properly(answer, "未带令牌", HTTPStatus.UNAUTHORIZED)


@CALLS.requires(
    "credential_unknown",
    "不存在的凭据被拒绝",
    remedy="credential_id 不存在时返回 400 和 error、error_description，不得改用其他凭据。",
)
async def credential_unknown(subject: DocumentSubject) -> str:
    await subject.must_sign()
    order = new_order()
    request = order.request("no-such-credential", subject.deliveries.address_for(order.reference))
    return refused_properly(await subject.hand_in(order, request=request), "使用了不存在的凭据")


@CALLS.requires(
    "not_a_pdf",
    "不是 PDF 的内容被拒绝并说明原因",
    remedy="读不了的文件返回 400 和 error、error_description，不应返回 5xx，也不应先受理。",
)
async def not_a_pdf(subject: DocumentSubject) -> str:
    await subject.must_sign()
    return refused_properly(await subject.hand_in(Order(new_key(), b"no PDF")), "交来的不是 PDF")


@CALLS.requires(
    "malformed",
    "格式错误的请求以 4xx 拒绝并说明原因",
    remedy="request 不是 JSON、缺少字段或类型不符时返回 400 和 error，不应返回 5xx。",
)
async def malformed(subject: DocumentSubject) -> str:
    await subject.must_sign()
    found = ""
    for request in ("{", '{"page": "x"}'):
        answer = await subject.hand_in(new_order(), request=request)
        found = refused_properly(answer, "提交了错误的格式")
    return found


@CALLS.requires(
    "large",
    f"{_LARGE // 1024 // 1024} MB 的文件照样受理",
    remedy="带照片的证书会有几百 KB；请求上限不要低于 2 MB（注意反向代理的缺省上限常为 1 MB）。",
)
async def large(subject: DocumentSubject) -> str:
    await subject.must_sign()
    answer = await subject.hand_in(new_order(_LARGE))
    if answer.status_code not in _ANSWERED:
        raise NotMet(f"返回 {answer.status_code}")
    return f"返回 {answer.status_code}"


@CALLS.requires(
    "too_large",
    "过大的文件被拒绝，服务不受影响",
    remedy=f"限制请求大小（2 MB 以上、{_TOO_LARGE // 1024 // 1024} MB 以下），超过时返回 413。",
)
async def too_large(subject: DocumentSubject) -> str:
    await subject.must_sign()
    # A reverse proxy may say so in its own words: the status is enough.
    answer = await subject.hand_in(new_order(_TOO_LARGE))
    if answer.status_code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        size = f"{_TOO_LARGE // 1024 // 1024} MB"
        raise NotMet(f"交来了 {size} 的文件，应以 413 拒绝，实际为 {answer.status_code}")
    return "以 413 拒绝"


@CALLS.requires(
    "side_by_side",
    f"{_AT_ONCE} 个文件同时交来，各得各的，限流时返回 429 和 Retry-After",
    remedy="提高并发能力；需要限流时返回 429（带 Retry-After）或先以 202 受理，"
    "不应返回 5xx 或断开连接；同时处理的文件不得相互混淆。",
)
async def side_by_side(subject: DocumentSubject) -> str:
    await subject.must_sign()
    orders = [new_order() for _ in range(_AT_ONCE)]
    answers = await asyncio.gather(
        *(subject.hand_in(order) for order in orders), return_exceptions=True
    )
    limited = 0
    for order, answer in zip(orders, answers, strict=True):
        if isinstance(answer, BaseException):
            raise NotMet("有文件未得到应答")
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS and "retry-after" in answer.headers:
            limited += 1
        elif answer.status_code not in _ANSWERED:
            raise NotMet(f"有文件返回 {answer.status_code}")
        elif answer.status_code == HTTPStatus.OK and not _is_ours(order, file_of(answer)):
            raise NotMet("返回了别的文件")
    return f"{_AT_ONCE} 个均有应答，其中 {limited} 个限流"


def _is_ours(order: Order, file: bytes) -> bool:
    found = SealedDocument(order.document, file)
    return str(found.pdf.docinfo.get("/Subject")) == order.reference
