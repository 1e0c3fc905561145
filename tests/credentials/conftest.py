"""Certificates that were earned, and the fonts to print them with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lms.credentials import actions
from lms.credentials.drawing import fonts
from lms.credentials.drawing.facts import Facts
from lms.credentials.models import Eligibility
from lms.db import db, work
from tests.conftest import START
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
TITLE = {"en": "Mandarin at work", "ur": "کام پر چینی زبان", "zh": "职场汉语"}
LEVEL = {"en": "HSK 3.0 level 1", "ur": "درجہ ۱", "zh": "HSK 3.0 一级"}


@pytest.fixture(scope="session", autouse=True)
def prepared_fonts() -> Path:
    return fonts.prepare_fonts(ROOT)


@pytest.fixture
def facts() -> Callable[..., Facts]:
    """The facts of a certificate, with some of them changed."""

    def changed(**values) -> Facts:
        return Facts(
            **{
                "number": "KK-2026-000001",
                "code": "7K3M9QXD2VHTWB5NC",
                "basis": "course",
                "name": "Ayesha Siddiqa",
                "name_hanzi": "李爱莎",
                "name_pinyin": "Lǐ Àishā",
                "name_urdu": "عائشہ صدیقہ",
                "title": TITLE,
                "level": LEVEL,
                "hours": 24,
                "organisation": {"en": "Indus College", "zh": "印度河学院", "ur": "انڈس کالج"},
                "issued_on": "2026-11-27",
                "signatory": "Rahim Shah",
                **values,
            }
        )

    return changed


@pytest.fixture
def earned(app: Flask, world: World) -> Callable[..., int]:
    """Somebody has completed something; the id of what they have earned."""

    def note(key: str = "ada", organisation: str = "college", basis_id: int = 1, **values) -> int:
        with work():
            noted = actions.note_completion(
                **{
                    "basis_kind": "course",
                    "basis_id": basis_id,
                    "person_id": world.person(key).id,
                    "organisation_id": world.organisation(organisation).id,
                    "subject": "mandarin",
                    "title": TITLE,
                    "facts": {"level": LEVEL, "hours": 24},
                    "now": START,
                    **values,
                }
            )
        assert noted is not None
        return noted

    return note


@pytest.fixture
def approved(earned: Callable[..., int], world: World) -> Callable[..., int]:
    """The same, approved by the registrar of the college."""

    def approve(*args, **values) -> int:
        eligibility_id = earned(*args, **values)
        with work():
            found = db.session.get_one(Eligibility, eligibility_id)
            actions.approve(world.person("rahim"), [found], batch="approval-test", now=START)
        return eligibility_id

    return approve
