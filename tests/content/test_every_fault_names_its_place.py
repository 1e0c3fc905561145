"""Whatever an author does wrong is told with its file, its line and a remedy, and all of it at once."""

# ruff: noqa: E501  one mistake is one line of the table

from collections.abc import Callable
from pathlib import Path

import pytest

from lms.content.packs import Fault
from tests.content.conftest import CHINESE, PRACTICAL, PROSE, QUIZ, spoil

Found = Callable[[], list[Fault]]
COURSE = "course.yaml"
MODULE = "modules/words-and-voices/module.yaml"
WAITS = "modules/showing-and-warning/gallery-after-quiz.md"

# file, what stands there, what is written instead, lines further down, field, in the message, in the remedy
WRONG = {
    "misspelt key": (COURSE, "\nlicence:", "\nlicense:", 1, "license", "unknown", "Did you mean “licence”?"),
    "unknown key": (COURSE, "\nhours: 1", "\nhours: 1\nzzz: 2", 2, "zzz", "unknown", "Known here"),
    "missing key": (COURSE, "licence: CC-BY-4.0\n", "", -99, "licence", "missing", "Add"),
    "not a number": (COURSE, "hours: 1", "hours: many", 0, "hours", "number", ""),
    "not a choice": (COURSE, "order: free", "order: any", 0, "order", "sequential", ""),
    "not an id": (COURSE, "[words-and-voices,", "[Words And Voices,", 0, "modules[0]", "not an id", "small"),
    "wrong folder": (COURSE, "id: gallery", "id: galery", 0, "id", "folder", "same"),
    "twice": (COURSE, "voices, showing", "voices, questions, showing", 0, "modules", "twice", "Remove"),
    "no such module": (COURSE, "warning, questions]", "warning, questions, more]", -98, "", "missing", "list"),
    "a key twice": (COURSE, "order: free", "order: free\norder: free", 1, "order", "twice", "Remove"),
    "a title without Urdu": (
        MODULE, "{en: Words and voices, ur: الفاظ اور آوازیں,", "{en: Words and voices,", 0, "title.ur", "missing", "Add",
    ),
    "a title in English only": (MODULE, "{en: Words", "Words # {en: Words", 0, "title.ur", "missing", "Add"),
    "English as Urdu": (MODULE, "ur: الفاظ اور آوازیں", "ur: Alfaz", 0, "title.ur", "not in Urdu", "Urdu script"),
    "English as Chinese": (MODULE, "zh: 文字与声音", "zh: Wenzi", 0, "title.zh", "not in Chinese", "characters"),
    "Arabic letters": (MODULE, "آوازیں", "كتاب", 0, "title.ur", "كتاب", "ک"),
    "an empty word": (MODULE, "zh: 文字与声音", 'zh: ""', 0, "title.zh", "empty", "Write"),
    "markup in a title": (MODULE, "zh: 文字与声音", 'zh: "{字|zì}"', 0, "title.zh", "plain words", "without"),
    "no such activity": (
        MODULE, "[gallery-prose,", "[gallery-pose,", 0, "activities[0]", "no file", "Did you mean “gallery-prose”?",
    ),
    "a comma without quotes": (
        PROSE, "{en: Prose,", "{en: Prose, plain,", 0, "title.plain", "unknown", "“quotes”",
    ),
    "a colon without quotes": (COURSE, 'en: "Gallery: everything', "en: Gallery: everything", 0, "", "not YAML", "colon"),
    "an open quote": (COURSE, 'can hold"', "can hold", 1, "", "not YAML", ""),
    "a tab": (COURSE, "  - en:", "\t- en:", 0, "", "not YAML", "spaces"),
    "an alias": (COURSE, "hours: 1", "hours: &a 1", 0, "", "aliases", "quotes"),
    "a tag": (COURSE, "hours: 1", "hours: !!python/object:os.system 1", 0, "", "Tags", "quotes"),
    "two documents": (COURSE, "hours: 1", "hours: 1\n---\na: b", 1, "", "one document", "---"),
    "no front matter": (PROSE, "---\n", "", -99, "", "front matter", "---"),
    "HTML": (PROSE, "with **bold**", "with <b>bold</b>", 0, "", "HTML (<b>)", "Markdown"),
    "a block of HTML": (PROSE, "- A list", "<script>\nalert(1)\n</script>\n\n- A list", 0, "", "HTML", "Markdown"),
    "a heading too high": (PROSE, "## A heading", "# A heading", 0, "", "Headings", "front matter"),
    "an image in Markdown": (PROSE, "Headings are", "![x](y.png) Headings are", 0, "", "Images", "::: image"),
    "a link to nowhere": (PROSE, "https://commonmark.org", "commonmark.org", 0, "", "nowhere", "https://"),
    "pinyin too short": (
        PROSE, "becomes {安全帽|ānquánmào}", "becomes {安全帽|ānquán}", 0, "", "“帽” has no syllable", "Mend",
    ),
    "an unknown block": (CHINESE, "::: words", "::: word", 0, "", "no block “word”", "Did you mean “words”?"),
    "an open block": (PRACTICAL, ":::\n\n## A picture", "\n## A picture", 5, "", "still open", "Close"),
    "a block never closed": (
        WAITS, "`any_of`.", "`any_of`.\n\n::: steps", 2, "", "never closed", "Close",
    ),
    "a close too many": (PROSE, "### Code", ":::\n### Code", 0, "", "No block is open", "Remove"),
    "an argument": (CHINESE, "::: words", "::: words big", 0, "", "“big”", "key"),
    "a callout of no kind": (PRACTICAL, "callout tip", "callout hint", 0, "", "“hint”", "tip"),
    "an empty callout": (PRACTICAL, "Never work on a live wire.\n", "", -1, "words.en", "empty", ""),
    "a key in a block": (CHINESE, "note: {en: \"Tone 1", "notes: {en: \"Tone 1", 0, "items[0].notes", "unknown", "“note”"),
    "a line without English": (
        CHINESE, '    en: "Hello! Who are you looking for?"\n', "", -3, "lines[0].en", "missing", "Add",
    ),
    "pinyin of another line": (
        CHINESE, "Nín hǎo! Wǒ zhǎo Wáng shīfu.", "Nín hǎo! Wǒ zhǎo shīfu.", 0, "lines[1].pinyin", "“傅”", "Compare",
    ),
    "a tone mark misplaced": (CHINESE, "pinyin: má,", "pinyin: m\u0301a,", 0, "items[1].pinyin", "disagree", ""),
    "characters without pinyin": (CHINESE, "pinyin: Qǐng dài ānquánmào., ", "", 0, "items[0]", "together", "Add"),
    "no such file": (PRACTICAL, "src: tone-words.csv", "src: tone-words.txt", 0, "src", "missing", ""),
    "a file elsewhere": (PRACTICAL, "src: tone-words.csv", "src: ../course.csv", 0, "src", "file name", "media/"),
    "a file of the wrong use": (PRACTICAL, "src: tone-contours.png", "src: tone-words.csv", 0, "src", "image", "png"),
    "a condition on nothing": (
        WAITS, "{completed: gallery-practical}", "{completed: gallery-practicals}", 0,
        "opens_when.all_of[0].completed", "no activity", "Did you mean “gallery-practical”?",
    ),
    "a mark that does not exist": (
        WAITS, "{passed: gallery-quiz}", "{passed: gallery-prose}", 0,
        "opens_when.all_of[1].any_of[0].passed", "cannot be passed", "completed",
    ),
    "a condition of two keys": (
        WAITS, "{completed: gallery-practical}", "{completed: gallery-practical, after: 2030-01-01}", 0,
        "opens_when.all_of[0]", "exactly one", "all_of",
    ),
    "not a date": (WAITS, "2031-01-01", "2031-13-01", 0, "opens_when.all_of[1].any_of[2].after", "date", "2026-12-01"),
    "a condition on itself": (
        WAITS, "{completed: gallery-practical}", "{completed: gallery-after-quiz}", -2, "opens_when", "never hold", "before",
    ),
    "no kind": (QUIZ, "kind: quiz\n", "", 0, "kind", "missing", "quiz"),
    "an unknown kind": (QUIZ, "kind: quiz", "kind: quizz", 0, "kind", "no kind", "Did you mean “quiz”?"),
    "a quiz's key": (QUIZ, "shuffle_questions", "shufle_questions", 0, "shufle_questions", "unknown", "shuffle_questions"),
    "a question's key": (QUIZ, "tones: ignore\n", "tone: ignore\n", 0, "questions[4].tone", "tone", "tones"),
    "a question's type": (QUIZ, "type: truefalse", "type: truefals", 0, "questions[2].type", "truefals", "truefalse"),
    "two questions, one id": (QUIZ, "id: pairs", "id: one-right", 0, "questions[3].id", "Two questions", "own"),
    "nothing right": (QUIZ, ", right: true}", "}", -1, "questions[0].options", "right", "right: true"),
    "an ask in one language": (
        QUIZ, "      ur: \"پاکستان", "      # ur: \"پاکستان", -2, "questions[5].ask.ur", "missing", "Add",
    ),
    "an option without Chinese": (
        QUIZ, ", ur: زمین, zh: 种地用的}", ", ur: زمین}", 0, "questions[3].extra[0].right.zh", "missing", "Add",
    ),
    "pinyin in an option": (
        QUIZ, "{工作服|gōngzuòfú}", "{工作服|gōngzuò}", 0, "questions[0].options[1].text", "disagree", "Mend",
    ),
    "HTML in an option": (QUIZ, "{手套|shǒutào}", "<i>x</i>", 0, "questions[0].options[2].text", "HTML", "Markdown"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_it_is_found_where_it_stands(name: str, gallery: Path, faults: Found):
    file, old, new, further, field, message, remedy = WRONG[name]
    stood = spoil(gallery, file, old, new)
    line = 1 if further == -99 else stood + further
    place = {"no such module": ("modules/more/module.yaml", 1)}.get(name, (file, line))

    found = faults()

    fitting = [each for each in found if (each.file, each.line) == place and each.field.startswith(field)]
    assert fitting, "\n".join(map(str, found))
    assert any(message in each.message and remedy in each.remedy for each in fitting), fitting


def test_nothing_is_wrong_with_the_gallery(faults: Found):
    assert faults() == []


def test_everything_is_told_at_once(gallery: Path, faults: Found):
    places = {
        (PROSE, spoil(gallery, PROSE, "minutes: 5", "minutes: 5000")),
        (PROSE, spoil(gallery, PROSE, "## A heading", "# A heading")),
        (CHINESE, spoil(gallery, CHINESE, "Nǐ hǎo!", "Nǐ!")),
        (PRACTICAL, spoil(gallery, PRACTICAL, "callout note", "callout not")),
        (PRACTICAL, spoil(gallery, PRACTICAL, "src: tone-words.csv", "src: tone-word.csv")),
        (QUIZ, spoil(gallery, QUIZ, "grading: highest", "grading: best")),
        (QUIZ, spoil(gallery, QUIZ, "value: 230", "value: many")),
        (QUIZ, spoil(gallery, QUIZ, "unit: V", "units: V")),
    }
    assert {(fault.file, fault.line) for fault in faults()} == places


def test_a_file_that_nothing_refers_to_is_told(gallery: Path, faults: Found):
    (gallery / "modules/questions/forgotten.md").write_text("---\ntitle: x\n---\nx")
    (gallery / "media/forgotten.png").write_bytes(b"x")
    (gallery / "modules/forgotten").mkdir()
    assert {fault.file for fault in faults()} == {
        "modules/questions/forgotten.md", "media/forgotten.png", "modules/forgotten",
    }  # fmt: skip


def test_one_id_in_two_modules_is_told(gallery: Path, faults: Found):
    prose = (gallery / PROSE).read_text()
    (gallery / "modules/questions/gallery-prose.md").write_text(prose)
    spoil(gallery, "modules/questions/module.yaml", "[gallery-quiz]", "[gallery-quiz, gallery-prose]")
    (fault,) = faults()
    assert fault.file == "modules/questions/gallery-prose.md"
    assert PROSE in fault.message


def test_two_activities_that_wait_for_each_other_are_told(gallery: Path, faults: Found):
    spoil(gallery, PROSE, "minutes: 5\n", "minutes: 5\nopens_when: {completed: gallery-chinese}\n")
    spoil(gallery, CHINESE, "minutes: 10\n", "minutes: 10\nopens_when: {completed: gallery-prose}\n")
    assert [(fault.file, fault.line) for fault in faults()] == [(CHINESE, 4), (PROSE, 4)]


def test_in_a_sequence_waiting_for_what_comes_later_is_told(gallery: Path, faults: Found):
    spoil(gallery, COURSE, "order: free", "order: sequential")
    spoil(gallery, PROSE, "minutes: 5\n", "minutes: 5\nopens_when: {completed: gallery-quiz}\n")
    # Prose waits for the quiz, which comes after the lesson that waits, which comes after prose.
    assert [fault.file for fault in faults()] == [WAITS, PROSE]
