"""A moment as it reads on the walls of both cities: Karachi and Beijing."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext as _

from lms.web import clock
from lms.web.languages import page_language

KARACHI, BEIJING = ZoneInfo("Asia/Karachi"), ZoneInfo("Asia/Shanghai")
DAY = {"en": "EEE d MMM", "ur": "EEE d MMM", "zh": "M月d日EEE"}
DAY_OF_YEAR = {"en": "EEE d MMM y", "ur": "EEE d MMM y", "zh": "y年M月d日EEE"}


class CityTimes(NamedTuple):
    """Ready words: the day stands with Beijing only where it is another day there."""

    karachi: str
    beijing: str


def city_times(moment: datetime) -> CityTimes:
    """An aware moment as day and time in Karachi and Beijing, in the page's language."""
    day, beijing_day = _day(moment, KARACHI), _day(moment, BEIJING)
    time, beijing_time = _time(moment, KARACHI), _time(moment, BEIJING)
    if day == beijing_day:
        beijing = _("%(time)s Beijing", time=beijing_time)
    else:
        beijing = _("%(day)s, %(time)s Beijing", day=beijing_day, time=beijing_time)
    return CityTimes(_("%(day)s, %(time)s Karachi", day=day, time=time), beijing)


def karachi_time(moment: datetime) -> str:
    """The time of day in Karachi alone, for what has just happened."""
    return _("%(time)s Karachi", time=_time(moment, KARACHI))


def _day(moment: datetime, city: ZoneInfo) -> str:
    local = moment.astimezone(city)
    this_year = clock.now().astimezone(city).year
    return _day_words(local.date(), page_language(), with_year=local.year != this_year)


@lru_cache(maxsize=1000)
def _day_words(day: date, language: str, *, with_year: bool) -> str:
    return format_date(day, (DAY_OF_YEAR if with_year else DAY)[language], locale=language)


def _time(moment: datetime, city: ZoneInfo) -> str:
    return f"{moment.astimezone(city):%H:%M}"
