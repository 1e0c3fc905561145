"""What every page must be: usable by everyone, as wide as the phone, and honest about its languages."""

from pathlib import Path
from typing import Any, Literal

from lms.web.assets import MODULES
from lms.web.languages import LANGUAGES
from tests.browser.phone import Phone

AXE = Path(MODULES) / "axe-core" / "axe.min.js"
ColorScheme = Literal["light", "dark"]
GRAVE = ("serious", "critical")

# How the page is built does not depend on the colours: at night only they are looked at again.
SCHEMES: dict[ColorScheme, Any] = {
    "light": {"rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
RUN_AXE = """(options) => axe.run(document, {resultTypes: ["violations"], ...options}).then((outcome) =>
  outcome.violations.map(({id, impact, nodes}) => ({id, impact, where: nodes.slice(0, 3).map((node) =>
    [node.target.join(" "), node.html.slice(0, 200)])})))"""
LOOK = Path(__file__).with_name("look.js").read_text()


class Audit:
    """Looks at pages. axe looks at each kind of page once in a language and colour scheme: it is slow."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, str]] = set()
        self._axe = AXE.read_text()

    def look(self, phone: Phone, language: str, *, kind: str = "") -> None:
        """Tell the phone what is wrong with the page that is open; `kind` tells states of a page apart."""
        place = kind or phone.endpoint
        found = [*_tags(phone, language), *phone.page.evaluate(LOOK)]
        for scheme in SCHEMES:
            if (place, language, scheme) not in self._seen:
                self._seen.add((place, language, scheme))
                found += self._violations(phone, scheme)
        phone.complaints += [f"{place} in {language} ({phone.page.url}): {each}" for each in found]

    def _violations(self, phone: Phone, scheme: ColorScheme) -> list[str]:
        """What axe seriously objects to in this colour scheme."""
        phone.page.emulate_media(color_scheme=scheme)
        phone.page.evaluate(self._axe)
        found = phone.page.evaluate(RUN_AXE, SCHEMES[scheme])
        phone.page.emulate_media(color_scheme="light")
        return [f"{scheme}: {each['id']}: {each['where']}" for each in found if each["impact"] in GRAVE]


def _tags(phone: Phone, language: str) -> list[str]:
    root, wanted = phone.page.locator("html"), LANGUAGES[language]
    said = (root.get_attribute("lang"), root.get_attribute("dir"))
    return [] if said == (wanted.tag, wanted.direction) else [f"html says {said}"]
