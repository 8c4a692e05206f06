"""Where a web hook may lead."""

import pytest

from verify.errors import WebhookRefused
from verify.webhook_addresses import AddressRules, is_public

GOOD = "https://review.example.gov.cn/hooks"


@pytest.mark.parametrize(
    "url", [GOOD, f"{GOOD}?a=b", "https://review.example.gov.cn:8443/x", "https://a.cn"]
)
def test_https_to_a_name_is_accepted(url) -> None:
    assert AddressRules().accept(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://review.example.gov.cn/hooks",
        "https://review.example.gov.cn:22/",
        "https://review.example.gov.cn:99999/",
        "https://user:secret@review.example.gov.cn/",
        "https://review.example.gov.cn/#x",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https:///x",
        "ftp://a.cn/",
        "file:///etc/passwd",
        "https://a.cn/\nHost: b",
        "https://a b.cn/",
        "https://例子.cn/",
        "https://a.cn/" + "x" * 500,
        "",
    ],
)
def test_anything_else_is_refused(url) -> None:
    with pytest.raises(WebhookRefused):
        AddressRules().accept(url)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_address_of_the_internet(address) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "198.18.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
    ],
)
def test_address_of_a_private_place(address) -> None:
    assert not is_public(address)


@pytest.fixture
def resolving(monkeypatch):
    """Return a function that lets a name have these addresses, one list for each question."""

    def answers(*lists):
        asked = iter(lists)

        async def getaddrinfo(_, host, port, **__):
            return [(0, 0, 0, "", (one, port)) for one in next(asked)]

        monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", getaddrinfo)

    return answers


async def test_one_private_address_among_many_refuses_the_name(resolving) -> None:
    resolving(["8.8.8.8", "10.0.0.1"])
    with pytest.raises(WebhookRefused):
        await AddressRules().aim(GOOD)


async def test_request_goes_to_the_address_that_was_judged(resolving) -> None:
    resolving(["8.8.8.8"], ["127.0.0.1"])
    target = await AddressRules().aim(f"{GOOD}?a=b")
    assert target.url == "https://8.8.8.8:443/hooks?a=b"
    assert (target.host, target.authority) == ("review.example.gov.cn", "review.example.gov.cn")
    with pytest.raises(WebhookRefused):
        await AddressRules().aim(GOOD)


async def test_each_attempt_takes_the_next_address(resolving) -> None:
    found = ["8.8.8.8", "2606:4700:4700::1111"]
    resolving(found, found)
    rules = AddressRules()
    assert (await rules.aim(GOOD, attempt=1)).url == "https://[2606:4700:4700::1111]:443/hooks"
    assert (await rules.aim(GOOD, attempt=2)).url == "https://8.8.8.8:443/hooks"
