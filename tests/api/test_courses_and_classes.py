"""A program reads what its owner reads: who they are, their courses and classes, how far they have come."""

from lms.db import work
from lms.people import actions as people
from lms.study import actions as study
from lms.web import endpoints


def test_a_program_learns_whose_token_it_holds(program, world):
    me = program("grace").get("/me").json
    assert (me["full_name"], me["name_hanzi"], me["email"]) == ("Grace Malik", "艾达", "grace@example.org")
    assert me["roles"] == [{"role": "teacher", "scope_kind": "class", "scope_id": world.class_().id}]
    assert "password" not in str(me)


def test_courses_come_with_their_words_in_every_language(program):
    listed = program("ada").get("/courses").json
    assert (listed["total"], listed["next"]) == (1, None)
    (course,) = listed["items"]
    assert (course["key"], course["title"]["ur"], course["activities"]) == ("small", "چھوٹا کورس", 4)


def test_a_course_comes_with_its_outline(program):
    course = program("grace").get("/courses/small").json
    assert [module["key"] for module in course["modules"]] == ["first", "second"]
    hello, quiz = course["modules"][0]["activities"]
    assert (hello["key"], hello["kind"], hello["completes"]) == ("hello", "lesson", "read")
    assert (quiz["key"], quiz["completes"]) == ("hello-quiz", "graded")
    assert (course["pass_mark"], course["order"]) == (60, "sequential")


def test_classes_are_those_one_studies_in_or_looks_after(program):
    def listed(name):
        return [(each["key"], each["studies"]) for each in program(name).get("/classes").json["items"]]

    assert listed("ada") == [("small-a", True)]
    assert listed("grace") == [("small-a", False)]
    assert listed("mallory") == [("small-b", False)]
    assert listed("root") == [("small-a", False), ("small-b", False)]


def test_a_class_comes_with_what_is_studied_in_it(program, world):
    found = program("bo").get(f"/classes/{world.class_().id}").json
    assert (found["course"], found["organisation"]) == ("small", "Indus College")
    assert found["modules"][1]["activities"][0]["key"] == "bye"


def test_a_teacher_sees_who_is_in_trouble(program, world, clock):
    clock.forward(days=9)
    listed = program("grace").get(f"/classes/{world.class_().id}/enrolments").json
    assert [each["full_name"] for each in listed["items"]] == ["Ada Khan", "Bo Li"]
    trouble = {"kind": "not_started", "days": 9, "activity": None, "tries": None}
    assert listed["items"][0]["trouble"] == trouble
    assert listed["items"][0]["enrolled_at"] == "2026-11-02T08:00:00Z"


def test_reading_a_lesson_opens_what_waits_for_it(program, world):
    adas, path = program("ada"), f"/classes/{world.class_().id}"
    before = adas.get(f"{path}/progress").json
    assert (before["done"], before["total"], before["next"]) == (0, 4, "hello")
    assert before["activities"][1]["needs"]["activity"] == "hello"

    noted = adas.post(f"{path}/lessons/hello/reading")
    assert noted.json == {"activity": "hello", "done": 1, "total": 4, "completed_at": None}
    assert adas.post(f"{path}/lessons/hello/reading").json == noted.json

    after = adas.get(f"{path}/progress").json
    assert (after["done"], after["next"]) == (1, "hello-quiz")
    assert after["activities"][1] == {
        "key": "hello-quiz", "is_open": True, "is_complete": False, "fraction": None, "needs": None,
    }  # fmt: skip


def test_a_lesson_that_is_not_open_cannot_be_read(program, world):
    refused = program("ada").post(f"/classes/{world.class_().id}/lessons/bye/reading")
    assert refused.status_code == 409
    assert "not open" in refused.json["detail"]


def test_long_lists_come_in_pages_that_lead_on(program, world, clock):
    fill(world, clock)
    graces, path = program("grace"), f"/classes/{world.class_().id}/enrolments"
    first = graces.get(path).json
    assert (first["total"], len(first["items"])) == (102, endpoints.PAGE_SIZE)
    second = graces.client.get(first["next"], headers={"Authorization": f"Bearer {graces.token}"}).json
    assert (second["total"], len(second["items"]), second["next"]) == (102, 2, None)
    people_told = {each["person"] for each in first["items"] + second["items"]}
    assert len(people_told) == 102


def test_lists_cost_the_same_however_long_they_are(program, world, clock, count_queries):
    graces, path = program("grace"), f"/classes/{world.class_().id}/enrolments"
    with count_queries() as few:
        graces.get(path)
    fill(world, clock)
    with count_queries() as many:
        graces.get(path)
    assert len(many) == len(few) <= 9

    with count_queries() as sent:
        program("root").get("/classes")
    assert len(sent) <= 12  # with the making of the token


def fill(world, clock):
    """A hundred more learners in Ada's class."""
    class_id = world.class_().id
    with work():
        for number in range(100):
            key = f"learner-{number}"
            person = people.add_person(key=key, full_name=key, now=clock(), email=f"{key}@example.org")
            study.enrol(person, class_id, now=clock())
