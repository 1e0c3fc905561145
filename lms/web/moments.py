"""A moment as it reads on the walls of both cities: Karachi and Beijing."""

from datetime import datetime
from typing import NamedTuple

from babel.dates import format_datetime, get_timezone
from flask_babel import gettext as _

from lms.web.clock import now
from lms.web.languages import page_language

KARACHI, BEIJING = "Asia/Karachi", "Asia/Shanghai"
DAY = {"en": "EEE d MMM", "ur": "EEE d MMM", "zh": "M月d日EEE"}
DAY_OF_YEAR = {"en": "EEE d MMM y", "ur": "EEE d MMM y", "zh": "y年M月d日EEE"}


class CityTimes(NamedTuple):
    """Ready words; `beijing_day` is empty when it is the same day in both cities."""

    day: str
    karachi: str
    beijing: str
    beijing_day: str


def city_times(moment: datetime) -> CityTimes:
    """An aware moment as day and time in Karachi and Beijing, in the page's language."""
    day, beijing_day = _day(moment, KARACHI), _day(moment, BEIJING)
    return CityTimes(
        day=day,
        karachi=_("%(time)s Karachi", time=_time(moment, KARACHI)),
        beijing=_("%(time)s Beijing", time=_time(moment, BEIJING)),
        beijing_day="" if day == beijing_day else beijing_day,
    )


def _day(moment: datetime, city: str) -> str:
    language = page_language()
    local = moment.astimezone(get_timezone(city))
    patterns = DAY if local.year == now().astimezone(get_timezone(city)).year else DAY_OF_YEAR
    return format_datetime(local, patterns[language], tzinfo=get_timezone(city), locale=language)


def _time(moment: datetime, city: str) -> str:
    return f"{moment.astimezone(get_timezone(city)):%H:%M}"
