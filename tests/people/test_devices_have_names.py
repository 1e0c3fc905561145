"""The account page names the devices where one is signed in as their owner does."""

import pytest

from lms.people.rules import device

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML) CriOS Safari"
WECHAT = f"{PHONE} Safari/537.36 MicroMessenger/8.0.49"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{PHONE} Safari/537.36", "Chrome · Android"),
        (f"{PHONE} Safari/537.36 Edg/126.0", "Edge · Android"),
        (WECHAT, "WeChat · Android"),
        (IPHONE, "Chrome · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Linux"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_names_it(agent: str, name: str) -> None:
    assert device(agent) == name
