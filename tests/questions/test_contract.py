"""Every folder in `types/` keeps the contract; its examples are the evidence."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lms.questions import types
from lms.questions.contract import TYPES, Missing, SourceFault, State, Unreadable, build, parse, schema
from tests.questions.pages import PREFIX, Page, Review, ask, filled, show

FOLDER = Path(types.__file__).parent
EXAMPLES = {
    f"{kind}-{example['source']['id']}": example
    for kind in TYPES
    for example in yaml.safe_load((FOLDER / kind / "examples.yaml").read_text("utf-8"))
}
LANGUAGES = ("en", "ur", "zh")

every_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())


@every_example
def test_the_solution_earns_full_marks(example):
    question = parse(example["source"])

    mark = question.mark(question.solution())

    assert State.of(mark.fraction) is State.GRADED_RIGHT
    assert question.is_complete(question.solution())


@every_example
def test_every_example_gets_its_mark(example):
    question = parse(example["source"])
    deal = question.deal(Random(7))
    for said in example["responses"]:
        if "unreadable" in said:
            with pytest.raises(Unreadable) as told:
                question.read(said["form"], deal)
            assert told.value.message == said["unreadable"], said
            continue
        response = said["response"] if "response" in said else question.read(said["form"], deal)
        if said.get("nothing"):
            assert response is None, said
            continue
        assert question.mark(response).fraction == pytest.approx(said["fraction"], abs=1e-7), said
        assert question.is_complete(response) is said.get("complete", True), said


@every_example
def test_a_misspelt_field_is_refused_with_its_path(example):
    for path in _names(example["source"]):
        field = ".".join([*map(str, path[:-1]), f"{path[-1]}x"])
        with pytest.raises(SourceFault) as refused:
            parse(_misspelt(example["source"], path))
        if path == ("type",):
            assert refused.value.field == "type"
            continue
        assert field in [fault.field for fault in (refused.value, *refused.value.others)]
        assert all(fault.remedy for fault in (refused.value, *refused.value.others)), field


@every_example
def test_what_is_asked_does_not_betray_what_is_right(example):
    question = parse(example["source"])
    for changes in example.get("other_right", ()):
        other = parse({**example["source"], **changes})
        for seed in range(5):
            dealt, dealt_other = question.deal(Random(seed)), other.deal(Random(seed))
            for language in LANGUAGES:
                assert ask(question, dealt, language=language) == ask(other, dealt_other, language=language)
            assert question.offer(dealt) == other.offer(dealt_other)


def test_every_type_says_what_else_could_be_right():
    kinds = {example["source"]["type"] for example in EXAMPLES.values() if example.get("other_right")}

    assert kinds == set(TYPES)


@every_example
def test_the_page_filled_with_the_solution_gives_the_solution_back(example):
    question = parse(example["source"])
    for seed in range(5):
        deal = question.deal(Random(seed))
        for language in LANGUAGES:
            form = filled(ask(question, deal, question.solution(), language))
            assert question.read(form, deal) == question.solution()


@every_example
def test_an_untouched_page_gives_nothing(example):
    question = parse(example["source"])
    deal = question.deal(Random(1))

    assert question.read(filled(ask(question, deal)), deal) is None


@every_example
def test_every_input_has_a_label_and_the_prefix(example):
    question = parse(example["source"])
    for response in (None, question.solution()):
        page = Page.of(ask(question, question.deal(Random(1)), response))
        assert page.fields
        assert not list(page.without_label())
        assert all(field.name.startswith(PREFIX) for field in page.fields)
        assert all(html_id.startswith(PREFIX) for html_id in page.ids)
        assert len(set(page.ids)) == len(page.ids)


@every_example
def test_a_frozen_page_takes_no_input(example):
    question = parse(example["source"])

    page = Page.of(ask(question, question.deal(Random(1)), question.solution(), frozen=True))

    assert all(field.disabled for field in page.fields)


@every_example
def test_a_review_shows_the_answer_with_a_word_for_its_mark(example):
    question = parse(example["source"])
    deal, response = question.deal(Random(1)), question.solution()
    for language in LANGUAGES:
        shown = show(question, deal, response, question.mark(response), Review(), language)
        text = Page.of(shown).text
        assert "✓" in text
        assert "Right" in text
        assert "✗" not in text
        assert not Page.of(shown).fields


@every_example
def test_a_review_keeps_back_what_it_must_not_show(example):
    question = parse(example["source"])
    deal, response = question.deal(Random(1)), question.solution()
    quiet = Review(correctness=False, right_answer=False, feedback=False)

    text = Page.of(show(question, deal, response, question.mark(response), quiet)).text

    assert not any(word in text for word in ("✓", "✗", "◐", "→", "Right", "Wrong"))
    assert "No answer" in Page.of(show(question, deal, None, None, quiet)).text


@every_example
def test_without_an_answer_the_right_one_can_still_be_shown(example):
    question = parse(example["source"])

    text = Page.of(show(question, question.deal(Random(1)), None, None, Review())).text

    assert "Right answer" in text


@every_example
def test_sources_deals_responses_and_the_schema_survive_json(example):
    source = json.loads(json.dumps(example["source"]))
    question = build(source)
    deal = json.loads(json.dumps(question.deal(Random(3))))
    response = json.loads(json.dumps(question.solution()))

    assert question == parse(example["source"])
    assert question.mark(response) == question.mark(question.solution())
    assert question.read(filled(ask(question, deal, response)), deal) == response
    assert Draft202012Validator(schema()).is_valid(source)


@every_example
def test_the_same_dice_deal_the_same(example):
    question = parse(example["source"])

    assert question.deal(Random(5)) == question.deal(Random(5))


@every_example
def test_a_summary_is_one_line_in_every_language(example):
    question = parse(example["source"])
    for language in LANGUAGES:
        summary = question.summary(question.solution(), language)
        assert summary.strip()
        assert "\n" not in summary
        assert "{" not in summary


@every_example
def test_work_of_a_removed_type_stays_readable(example):
    question = build({**example["source"], "type": "hologram"})
    response = parse(example["source"]).solution()

    assert isinstance(question, Missing)
    assert question.mark(response).fraction is None
    assert question.read({"answer": ["a"]}, question.deal(Random(1))) is None
    shown = show(question, {}, response, question.mark(response), Review())
    assert Page.of(ask(question, {})).text.strip()
    assert all(str(leaf) in shown for leaf in _leaves(response))


@every_example
@given(seed=st.integers(), chosen=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_is_refused_or_marked(example, seed, chosen):
    question = parse(example["source"])
    deal = question.deal(Random(seed))
    values = st.one_of(
        st.text(st.characters(codec=None)),
        st.sampled_from(
            ["", "a", "b", "c", "d", "1", "2", "3", "true", "false", "nǐ hǎo", "ni3hao3", "*", "\0"]
        ),
        st.from_regex(r"[-+]?[0-9۰-۹０-９.,]{0,9}(e|x10\^|×10⁻)?[0-9]{0,7} ?V?", fullmatch=True),
    )
    names = sorted({field.name.removeprefix(PREFIX) for field in Page.of(ask(question, deal)).fields})
    form = chosen.draw(st.dictionaries(st.sampled_from([*names, "other"]), st.lists(values, max_size=4)))
    try:
        response = question.read(form, deal)
    except Unreadable:
        return
    if response is None:
        return
    mark = question.mark(response)
    assert mark.fraction is not None
    assert -1 <= mark.fraction <= 1
    json.dumps(response, ensure_ascii=False).encode()
    assert question.read(filled(ask(question, deal, response)), deal) == response
    assert show(question, deal, response, mark, Review())
    assert isinstance(question.summary(response), str)


@pytest.mark.parametrize("value", ["a" * 1_000_000, "9" * 1_000_000, "*" * 5_000, "\u202e" * 5_000])
@every_example
def test_what_nobody_can_have_typed_is_refused(example, value):
    question = parse(example["source"])
    deal = question.deal(Random(1))
    for field in Page.of(ask(question, deal)).fields:
        with pytest.raises(Unreadable):
            question.read({field.name.removeprefix(PREFIX): [value]}, deal)


def test_a_type_that_does_not_exist_is_refused_with_the_ones_that_do():
    with pytest.raises(SourceFault) as refused:
        parse({"id": "a", "type": "multichoise", "ask": "…"})

    assert refused.value.field == "type"
    assert "multichoice" in refused.value.remedy


@pytest.mark.parametrize("source", [None, [], "multichoice", {"type": ["multichoice"]}, {"type": 3}])
def test_what_is_no_question_is_refused(source):
    with pytest.raises(SourceFault):
        parse(source)


def _names(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield (*path, name)
            yield from _names(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _names(inner, (*path, number))


def _misspelt(source: Any, path: tuple[str | int, ...]) -> Any:
    changed = deepcopy(source)
    inside = changed
    for step in path[:-1]:
        inside = inside[step]
    inside[f"{path[-1]}x"] = inside.pop(path[-1])
    return changed


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    return [leaf for inner in value for leaf in _leaves(inner)] if isinstance(value, list) else [value]
