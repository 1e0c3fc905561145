"""The words that are printed on every certificate, in its three languages.

They stand here and not in the catalogues: a certificate is frozen for ever, so a translation that
happens to be missing on the day of issue must not be able to change it.
"""

from datetime import date
from typing import Literal

from babel.dates import format_date

Basis = Literal["course", "programme"]
Language = Literal["en", "zh", "ur"]
LANGUAGES: tuple[Language, ...] = ("en", "zh", "ur")

TITLE = {"en": "Certificate of Completion", "zh": "结业证书", "ur": "سندِ تکمیل"}
LEAD = {"en": "This is to certify that", "zh": "兹证明", "ur": "تصدیق کی جاتی ہے کہ"}
DONE: dict[Basis, dict[Language, str]] = {
    "course": {
        "en": "has successfully completed the course",
        "zh": "已修完以下课程，考核合格：",
        "ur": "نے یہ کورس کامیابی سے مکمل کیا ہے:",
    },
    "programme": {
        "en": "has successfully completed the programme",
        "zh": "已修完以下项目，考核合格：",
        "ur": "نے یہ پروگرام کامیابی سے مکمل کیا ہے:",
    },
}
HOURS = {"en": "{} hours", "zh": "{} 学时", "ur": "{} گھنٹے"}
FATHER = "Father’s name: {}"
DATE = {"en": "Date of issue", "zh": "颁发日期", "ur": "تاریخِ اجرا"}
APPROVED = {"en": "Approved by", "zh": "审批人", "ur": "منظوری از"}
CHECK = {"en": "Check it at", "zh": "查验网址", "ur": "تصدیق کے لیے"}
URDU_DIGITS = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")


def date_in_words(day: date, language: Language) -> str:
    """27 November 2026 · 2026年11月27日 · ۲۷ نومبر ۲۰۲۶ء"""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    if language == "ur":
        return _urdu(format_date(day, "d MMMM y", locale="ur")) + "ء"
    return format_date(day, "d MMMM y", locale="en")


def hours(number: float, language: Language) -> str:
    """The hours of learning, with the unit; whole ones without a fraction."""
    digits = f"{number:g}"
    return HOURS[language].format(_urdu(digits) if language == "ur" else digits)


def _urdu(digits: str) -> str:
    return digits.translate(URDU_DIGITS)
