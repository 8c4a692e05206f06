"""Profile full, second part: resending, and the log of what was signed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256

from seal.conformance.findings import NotMet, refused_properly
from seal.conformance.requirement import Catalogue
from seal.conformance.session import given
from seal.conformance.subject import Subject, Trial, digests, trial

LOG: Catalogue[Subject] = Catalogue("full")
_SKEW = timedelta(seconds=60)
_LOOK_BACK = 5
# What an entry's hash is made of, besides the hash of the entry before.
_CONTENT = (
    "position",
    "id",
    "request_id",
    "request_key",
    "signed_at",
    "client",
    "credential",
    "certificate_sha256",
    "hash",
    "signature",
)


@LOG.requires(
    "resend_same",
    "同一请求标识重发，返回同样的签名",
    remedy="按客户端和请求标识（clientData 或 Idempotency-Key）保存签名结果，重发时原样返回。",
)
async def resend_same(subject: Subject) -> str:
    await subject.must_sign()
    asked = trial(2)
    first = await subject.signatures(asked)
    if await subject.signatures(asked) != first:
        raise NotMet("重发得到不同的签名")
    return "签名相同"


@LOG.requires(
    "resend_changed",
    "同一请求标识换了摘要，以 409 拒绝",
    remedy="请求标识相同而摘要（或次序）不同时应返回 409，不得签名。",
)
async def resend_changed(subject: Subject) -> str:
    await subject.must_sign()
    asked, other = trial(1), digests(1)
    await subject.signatures(asked)
    answer = await subject.sign(other, await subject.sad(other), key=asked.key)
    return refused_properly(answer, "请求标识相同而摘要不同", HTTPStatus.CONFLICT)


@LOG.requires(
    "log_readable",
    "签章日志（GET /log）可按位置读取",
    remedy="提供 GET /log?after=&limit=，返回 entries（按 position 递增）和 next_after。",
)
async def log_readable(subject: Subject) -> str:
    return f"现有 {await subject.end_of_log()} 条"


@LOG.requires(
    "log_login",
    "不带令牌不能读取日志",
    remedy="GET /log 须核验访问令牌，缺少时返回 401。",
)
async def log_login(subject: Subject) -> str:
    subject.must_know_client()
    await _must_have_log(subject)
    return refused_properly(await subject.http.get("log"), "未带令牌", HTTPStatus.UNAUTHORIZED)


@LOG.requires(
    "log_matches",
    "每个签名都记入日志，摘要、签名、证书与返回一致",
    remedy="签名前（同一事务内）逐个记入日志，记不进即不得交出签名。",
)
async def log_matches(subject: Subject) -> str:
    asked = trial(3)
    after, made = await _signed(subject, asked)
    entries = await _entries_of(subject, after, asked.key)
    found = [(entry["hash"], entry["signature"]) for entry in entries]
    if found != [(one.hex(), by.hex()) for one, by in zip(asked.digests, made, strict=True)]:
        raise NotMet(f"签了 {len(made)} 个，日志中相符的不是这 {len(made)} 条")
    shown = (await subject.credential()).chain()[0].fingerprint(SHA256()).hex()
    if {entry["certificate_sha256"] for entry in entries} != {shown}:
        raise NotMet("日志中的证书不是所出示的证书")
    return f"{len(entries)} 条一致"


@LOG.requires(
    "resend_not_signed_again",
    "重发不再次签名（日志中只有一次）",
    remedy="重发时返回已保存的签名，不再调用密码设备，日志不增加条目。",
)
async def resend_not_signed_again(subject: Subject) -> str:
    asked = trial(1)
    after, _ = await _signed(subject, asked)
    if not await _entries_of(subject, after, asked.key):
        raise NotMet("日志中没有这次签名")
    await subject.signatures(asked)
    if (count := len(await _entries_of(subject, after, asked.key))) != 1:
        raise NotMet(f"同一请求在日志中有 {count} 条")
    return "日志中只有一条"


@LOG.requires(
    "log_chained",
    "日志逐条成链：每条含上一条的散列，散列可由内容重算",
    remedy="按《地市签章服务接入说明》“日志”一节的算法计算 entry_hash 和 previous_hash。",
)
async def log_chained(subject: Subject) -> str:
    after, _ = await _signed(subject, trial(3))
    entries = await subject.read_log(max(after - 1, 0), _LOOK_BACK)
    if len(entries) < 2:  # noqa: PLR2004 - a link has two ends
        raise NotMet("日志中没有刚才的签名")
    for before, entry in zip([None, *entries], entries, strict=False):
        if before and entry["previous_hash"] != before["entry_hash"]:
            raise NotMet(f"第 {entry['position']} 条与上一条不相连")
        if entry["entry_hash"] != _entry_hash(entry):
            raise NotMet(f"第 {entry['position']} 条的散列与内容不符")
    return f"核对 {len(entries)} 条"


@LOG.requires(
    "log_append_only",
    "日志只增不改，位置连续递增",
    remedy="日志表禁止修改和删除（例如数据库触发器），位置从 1 起连续编号。",
)
async def log_append_only(subject: Subject) -> str:
    after, _ = await _signed(subject, trial(2))
    before = await subject.read_log(max(after - _LOOK_BACK, 0), _LOOK_BACK + 2)
    await subject.signatures(trial(2))
    now = await subject.read_log(max(after - _LOOK_BACK, 0), 100)
    if now[: len(before)] != before:
        raise NotMet("先前读到的条目发生了变化")
    positions = [entry["position"] for entry in now]
    if not positions or positions != list(range(positions[0], positions[0] + len(positions))):
        raise NotMet("位置不连续或次序颠倒")
    if len(now) < len(before) + 2:
        raise NotMet("新的签名没有记在末尾")
    return f"核对 {len(now)} 条"


@LOG.requires(
    "log_time",
    "日志中的签名时间与标准时间相差不超过 60 秒",
    remedy="为服务器配置时间同步（NTP）；signed_at 须带时区。",
)
async def log_time(subject: Subject) -> str:
    asked = trial(1)
    after, _ = await _signed(subject, asked)
    entries = await _entries_of(subject, after, asked.key)
    if not entries:
        raise NotMet("日志中没有刚才的签名")
    difference = abs(datetime.fromisoformat(entries[0]["signed_at"]) - subject.clock.now())
    if difference > _SKEW:
        raise NotMet(f"相差 {difference.total_seconds():.0f} 秒")
    return f"相差 {difference.total_seconds():.0f} 秒"


async def _must_have_log(subject: Subject) -> None:
    await given(subject.read_log(0, 1), "日志不可读")


async def _signed(subject: Subject, asked: Trial) -> tuple[int, list[bytes]]:
    """Return the log's end before signing, and the signatures."""
    await subject.must_sign()
    await _must_have_log(subject)
    return await subject.end_of_log(), await subject.signatures(asked)


async def _entries_of(subject: Subject, after: int, key: str) -> list[dict[str, Any]]:
    # Others may be signing at the same time.
    entries = await subject.read_log(after, 1000)
    return [entry for entry in entries if entry["request_key"] == key]


def _entry_hash(entry: Mapping[str, Any]) -> str:
    content = {name: entry[name] for name in _CONTENT}
    # The instant as ISO 8601 with +00:00, however the JSON abbreviates it.
    content["signed_at"] = datetime.fromisoformat(entry["signed_at"]).isoformat()
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(bytes.fromhex(entry["previous_hash"]) + text.encode()).hexdigest()
