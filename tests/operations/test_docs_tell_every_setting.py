"""docs/operating.md lists every setting with its default and its meaning, as config.py has them."""

import re

from config import ROOT

DEFINED = re.compile(r"^    ([A-Z_]+): \w+ = (.+?)  # (.+)$", re.MULTILINE)
LISTED = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
SHOWN_AS = {'""': "(empty)", 'str(ROOT / "courses")': "`courses`"}


def test_every_setting_is_listed_with_its_default_and_meaning() -> None:
    defined = DEFINED.findall((ROOT / "config.py").read_text())
    expected = [
        (name, SHOWN_AS.get(default) or "`" + default.strip('"') + "`", meaning.replace("|", "/"))
        for name, default, meaning in defined
    ]
    listed = LISTED.findall((ROOT / "docs" / "operating.md").read_text())
    assert len(expected) > 10
    assert listed == expected
