"""The cast and their places: built once, then copied for every test."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from lms.content import actions as content
from lms.content.kinds import KINDS
from lms.content.models import Edition
from lms.content.packs import read
from lms.db import db
from lms.people import actions as people
from lms.people import queries
from lms.people.models import Organisation, Person
from lms.programmes import actions as programmes
from lms.questions import actions as questions
from lms.study import actions as study
from lms.study.models import Class, Enrolment

PASSWORD = "correct horse battery"
SMALL = Path(__file__).parent / "packs" / "small"
TRACK = {
    "id": "small-track",
    "title": {"en": "Small track", "ur": "چھوٹا راستہ", "zh": "小路"},
    "summary": {"en": "One course.", "ur": "ایک کورس۔", "zh": "一门课。"},
    "courses": ["small"],
    "certificate": {"title": {"en": "Track certificate", "ur": "سند", "zh": "证书"}},
}


class World:
    """Looks the cast up by name, fresh from the database."""

    def person(self, key: str) -> Person:
        found = queries.person_as_actor(key)
        assert found is not None, key
        return found

    def organisation(self, key: str) -> Organisation:
        found = queries.organisation_with_key(key)
        assert found is not None, key
        return found

    def class_(self, key: str = "small-a") -> Class:
        return db.session.scalars(select(Class).where(Class.key == key)).one()

    def enrolment(self, person: str, class_: str = "small-a") -> Enrolment:
        return db.session.scalars(
            select(Enrolment).where(
                Enrolment.person_id == self.person(person).id, Enrolment.class_id == self.class_(class_).id
            )
        ).one()


def publish(folder: Path, now: datetime) -> Edition:
    return content.publish(read(folder, KINDS), now=now, keep_parts=questions.keep)


def build(now: datetime) -> None:
    alliance = _place("top", "The Alliance", "alliance", None, now)
    college = _place("college", "Indus College", "college", alliance, now)
    campus = _place("campus", "Other Campus", "campus", alliance, now)
    cast = {
        key: _person(key, name, now)
        for key, name in {
            "ada": "Ada Khan",
            "bo": "Bo Li",
            "grace": "Grace Malik",
            "rahim": "Rahim Shah",
            "eve": "Eve Other",
            "mallory": "Mallory Other",
            "root": "Root Admin",
        }.items()
    }
    edition = publish(SMALL, now)
    class_a = study.open_class(key="small-a", title="Class A", edition=edition, organisation=college, now=now)
    class_b = study.open_class(key="small-b", title="Class B", edition=edition, organisation=campus, now=now)
    for key in ("ada", "bo"):
        study.enrol(cast[key], class_a.id, now=now)
    study.enrol(cast["eve"], class_b.id, now=now)
    people.grant(cast["grace"], "teacher", scope_kind="class", scope_id=class_a.id, now=now)
    people.grant(cast["rahim"], "registrar", scope_kind="organisation", scope_id=college.id, now=now)
    people.grant(cast["mallory"], "registrar", scope_kind="organisation", scope_id=campus.id, now=now)
    people.grant(cast["root"], "administrator", scope_kind="organisation", scope_id=alliance.id, now=now)
    programmes.join(cast["ada"], programmes.publish(TRACK, now=now), college, now=now)


def _place(key: str, name: str, kind: str, parent: Organisation | None, now: datetime) -> Organisation:
    return people.add_organisation(
        key=key,
        name=name,
        kind=kind,
        parent=parent,
        country="PK",
        city="Rawalpindi",
        time_zone="Asia/Karachi",
    )


def _person(key: str, name: str, now: datetime) -> Person:
    return people.add_person(
        key=key,
        full_name=name,
        now=now,
        email=f"{key}@example.org",
        password=PASSWORD,
        name_hanzi="艾达",
        name_pinyin="Ài Dá",
        name_urdu="ایڈا خان",
    )
