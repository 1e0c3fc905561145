"""Words in up to three languages, checked for what goes wrong when they are typed."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from lms.content.rendering import problems
from lms.content.sources.shapes import Shape, complaint

LANGUAGES = ("en", "ur", "zh")
_LONGEST = 20_000
_ARABIC_FORMS = {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ"}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def _is_phrase(words: str) -> str:
    if not words:
        raise complaint("This is empty.", "Write the words, or leave the key out.")
    if len(words) > _LONGEST:
        raise complaint(f"This is longer than {_LONGEST} characters.", "Cut it into several activities.")
    for problem in problems(words):
        raise complaint(problem.message, problem.remedy)
    return words


def _is_urdu(words: str) -> str:
    for arabic, urdu in _ARABIC_FORMS.items():
        if arabic in words:
            word = next(word for word in words.split() if arabic in word)
            raise complaint(
                f"“{word}” is typed with the Arabic letter {arabic}.", f"Type the Urdu letter {urdu} instead."
            )
    return words


def _in_urdu_script(words: str) -> str:
    if not _ARABIC.search(words):
        raise complaint("This is not in Urdu.", "Write it in Urdu script.")
    return words


def _in_hanzi(words: str) -> str:
    if not _HAN.search(words):
        raise complaint("This is not in Chinese.", "Write it in Chinese characters.")
    return words


def _has_no_markup(words: str) -> str:
    if "{" in words or "\n" in words:
        raise complaint("A title is one line of plain words.", "Write the characters without {…|…}.")
    return words


def _number_as_words(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Phrase = Annotated[str, BeforeValidator(_number_as_words), AfterValidator(_is_phrase)]
UrduPhrase = Annotated[Phrase, AfterValidator(_is_urdu)]
Plain = AfterValidator(_has_no_markup)
InUrdu = AfterValidator(_in_urdu_script)
InHanzi = AfterValidator(_in_hanzi)


class Text(Shape):
    """Words in English and perhaps Urdu and Chinese; a plain string is English."""

    en: Phrase
    ur: UrduPhrase | None = None
    zh: Phrase | None = None

    @model_validator(mode="before")
    @classmethod
    def _english(cls, value: Any) -> Any:
        return value if isinstance(value, dict) or value is None else {"en": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "string"}, {"type": "integer"}, written]}

    def words(self) -> dict[str, str]:
        """As the rest of the product keeps words: by language, without those that are not there."""
        return self.model_dump(exclude_none=True)


class Trilingual(Text):
    """Words that every reader needs in their own language."""

    ur: Annotated[UrduPhrase, InUrdu]
    zh: Annotated[Phrase, InHanzi]


class Title(Trilingual):
    """The name of something: one line of plain words in all three languages."""

    en: Annotated[Phrase, Plain]
    ur: Annotated[UrduPhrase, InUrdu, Plain]
    zh: Annotated[Phrase, InHanzi, Plain]
