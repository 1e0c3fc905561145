"""A moment as it reads on the walls of both cities: Karachi and Beijing."""

from datetime import datetime
from typing import NamedTuple

from babel.dates import format_datetime, get_timezone
from flask_babel import gettext as _

from lms.web import clock
from lms.web.languages import page_language

KARACHI, BEIJING = "Asia/Karachi", "Asia/Shanghai"
DAY = {"en": "EEE d MMM", "ur": "EEE d MMM", "zh": "M月d日EEE"}
DAY_OF_YEAR = {"en": "EEE d MMM y", "ur": "EEE d MMM y", "zh": "y年M月d日EEE"}


class CityTimes(NamedTuple):
    """Ready words: the day stands with Beijing only where it is another day there."""

    karachi: str
    beijing: str
    karachi_time: str


def city_times(moment: datetime) -> CityTimes:
    """An aware moment as day and time in Karachi and Beijing, in the page's language."""
    day, beijing_day = _day(moment, KARACHI), _day(moment, BEIJING)
    time, beijing_time = _time(moment, KARACHI), _time(moment, BEIJING)
    if day == beijing_day:
        beijing = _("%(time)s Beijing", time=beijing_time)
    else:
        beijing = _("%(day)s, %(time)s Beijing", day=beijing_day, time=beijing_time)
    karachi = _("%(day)s, %(time)s Karachi", day=day, time=time)
    return CityTimes(karachi, beijing, _("%(time)s Karachi", time=time))


def _day(moment: datetime, city: str) -> str:
    language = page_language()
    local = moment.astimezone(get_timezone(city))
    patterns = DAY if local.year == clock.now().astimezone(get_timezone(city)).year else DAY_OF_YEAR
    return format_datetime(local, patterns[language], tzinfo=get_timezone(city), locale=language)


def _time(moment: datetime, city: str) -> str:
    return f"{moment.astimezone(get_timezone(city)):%H:%M}"
