"""Pictures of the main pages, to be looked at: `make screenshots` puts them into screenshots/.

Phone and desktop, by day and by night, in three languages: screenshots/phone-light-ur-study.lesson.png.
"""

import shutil
import sys
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, sync_playwright

from lms.web.languages import LANGUAGES
from tests.browser.conftest import FLAGS
from tests.browser.phone import SMALL, Phone
from tests.browser.scenes import Scene, scenes
from tests.browser.site import Site, running_site
from tests.servers import LeftOut, chromium

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
SCREENS: dict[str, Any] = {
    "phone": {"viewport": SMALL, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MAIN_PAGES = (
    "people.sign_in",
    "study.home",
    "study.course",
    "study.lesson",
    "quizzes.attempt",
    "quizzes.result",
    "programmes.track",
    "study.class_list",
    "credentials.approvals",
    "credentials.verified",
)


def main() -> int:
    """Take all pictures; the exit code for the shell."""
    try:
        binary = chromium()
    except LeftOut as missing:
        print(f"{missing} not found: sudo apt install chromium", file=sys.stderr)
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        shown = {name: scene for name, scene in scenes(site).items() if name in MAIN_PAGES}
        for screen in SCREENS:
            for language in LANGUAGES:
                take(browser, site, shown, screen, language)
                print(f"{screen}, {LANGUAGES[language].name}: {len(shown)} pages by day and by night")
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.name}/")
    return 0


def take(browser: Browser, site: Site, shown: dict[str, Scene], screen: str, language: str) -> None:
    """Pictures of all these pages on one screen in one language."""
    for who in {scene.who for scene in shown.values()}:
        phone = Phone(browser, site, **SCREENS[screen])
        if who:
            phone.sign_in(who)
        else:
            phone.open("/sign-in")
        phone.speak(language)
        for name, scene in shown.items():
            if scene.who == who:
                phone.open(scene.path)
                for scheme in SCHEMES:
                    phone.page.emulate_media(color_scheme=scheme)
                    target = FOLDER / f"{screen}-{scheme}-{language}-{name}.png"
                    phone.page.screenshot(path=target, full_page=True)
        phone.context.close()


if __name__ == "__main__":
    sys.exit(main())
