"""Every route declares its permission, and what belongs to others looks like nothing at all."""

import pytest

from lms.people.rules import Grant, Place, covers, may, reach

INDUS = Place("/1/2/", course_id=5, class_id=9)


def test_a_role_holds_at_its_organisation_and_below():
    registrar = Grant("registrar", "organisation", 2, "/1/2/")
    assert may([registrar], "award.approve", INDUS)
    assert may([registrar], "award.approve", Place("/1/2/7/"))
    assert not may([registrar], "award.approve", Place("/1/3/"))
    assert not may([registrar], "award.approve", Place("/1/22/"))
    assert not may([registrar], "class.mark", INDUS)


def test_a_role_in_a_class_holds_in_that_class_only():
    teacher = Grant("teacher", "class", 9)
    assert may([teacher], "class.mark", INDUS)
    assert not may([teacher], "class.mark", Place("/1/2/", 5, 10))
    assert not covers(teacher, Place("/1/2/"))


def test_a_grant_without_a_path_covers_no_organisation():
    assert not covers(Grant("registrar", "organisation", 2, ""), INDUS)


def test_a_permission_that_does_not_exist_is_a_mistake():
    with pytest.raises(KeyError):
        may([], "class.destroy", INDUS)


def test_reach_gathers_where_a_permission_is_held():
    grants = [Grant("teacher", "class", 9), Grant("administrator", "organisation", 1, "/1/")]
    assert reach(grants, "class.mark").paths == ("/1/",)
    assert reach(grants, "class.mark").class_ids == (9,)
    assert not reach(grants, "class.study")


def test_every_route_declares_its_permission(app):
    for rule in app.url_map.iter_rules():
        assert hasattr(app.view_functions[rule.endpoint], "permission"), rule.endpoint


# Who gets what at the places of Ada's class: (path, nobody, eve, mallory, bo, ada, grace, rahim, root).
# 302 sends to the sign-in page; 404 is for whom it is not.
MATRIX = [
    ("/classes/{a}", 302, 404, 404, 200, 200, 200, 200, 200),
    ("/classes/{a}/lessons/hello", 302, 404, 404, 200, 200, 200, 200, 200),
    ("/classes/{a}/lessons/bye", 302, 404, 404, 403, 403, 200, 200, 200),
    ("/classes/{a}/lessons/nothing", 302, 404, 404, 404, 404, 404, 404, 404),
    ("/classes/{a}/quizzes/hello-quiz", 302, 404, 404, 200, 200, 200, 200, 200),
    ("/classes/{a}/people", 302, 404, 404, 404, 404, 200, 200, 200),
    ("/classes/{a}/people/{ada}", 302, 404, 404, 404, 404, 200, 200, 200),
    ("/classes/{a}/people/{eve}", 302, 404, 404, 404, 404, 404, 404, 404),
    ("/classes/{a}/quizzes/hello-quiz/people/{ada}", 302, 404, 404, 404, 404, 200, 200, 200),
    ("/attempts/{attempt}", 302, 404, 404, 404, 200, 404, 404, 404),
    ("/attempts/{attempt}/result", 302, 404, 404, 404, 302, 404, 404, 404),
    ("/attempts/{attempt}/review", 302, 404, 404, 404, 404, 200, 404, 200),
    ("/classes/999999", 302, 404, 404, 404, 404, 404, 404, 404),
]
CAST = ("nobody", "eve", "mallory", "bo", "ada", "grace", "rahim", "root")


def test_foreign_objects_look_like_nothing(app, world, as_, clock):
    attempt = start_attempt(as_("ada"), world)
    ids = {
        "a": world.class_().id,
        "ada": world.person("ada").id,
        "eve": world.person("eve").id,
        "attempt": attempt,
    }
    for number, name in enumerate(CAST, start=1):
        browser = app.test_client() if name == "nobody" else as_(name)
        for row in MATRIX:
            answer = browser.get(row[0].format(**ids))
            assert answer.status_code == row[number], (name, row[0], answer.status_code)


def test_another_cannot_write_into_an_attempt(world, as_, clock):
    attempt = start_attempt(as_("ada"), world)
    for name in ("bo", "eve", "grace", "root"):
        browser = as_(name)
        assert browser.post(f"/attempts/{attempt}/answers", data={"q1-answer": "a"}).status_code == 404
        assert browser.post(f"/attempts/{attempt}/submission").status_code == 404


def start_attempt(browser, world) -> int:
    class_id = world.class_().id
    assert browser.post(f"/classes/{class_id}/lessons/hello/reading").status_code == 302
    answer = browser.post(f"/classes/{class_id}/quizzes/hello-quiz/attempts")
    assert answer.status_code == 302
    return int(answer.location.rpartition("/")[2])
