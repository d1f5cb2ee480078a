"""The day that a line tells, in English or in the language of the reader."""

from datetime import date

import pytest

from umbel.core.crud.days import find_date

TUESDAY = date(2024, 12, 17)


@pytest.mark.parametrize(
    ("line", "found", "rest"),
    [
        ("met DG EMPL on 4 July about skills", "2024-07-04", "met DG EMPL about skills"),
        ("4 July 2023 met them", "2023-07-04", "met them"),
        ("webinar July 4th, 2023", "2023-07-04", "webinar"),
        ("the 4th of July webinar", "2024-07-04", "the webinar"),
        ("conference 27-28 November in Rome", "2024-11-27", "conference in Rome"),
        ("webinar yesterday", "2024-12-16", "webinar"),
        ("today webinar", "2024-12-17", "webinar"),
        ("webinar tomorrow about care", "2024-12-18", "webinar about care"),
        ("webinar the day after tomorrow", "2024-12-19", "webinar"),
        ("webinar next Monday", "2024-12-23", "webinar"),
        ("webinar next Tuesday", "2024-12-24", "webinar"),
        ("webinar on Friday", "2024-12-20", "webinar"),
        ("webinar this Tuesday", "2024-12-17", "webinar"),
        ("met them on Friday", "2024-12-13", "met them"),
        ("met them last Tuesday", "2024-12-10", "met them"),
        ("webinar Oct 2024", "2024-10", "webinar"),
        ("webinar on 2024-11-05", "2024-11-05", "webinar"),
        ("webinar 5.11.2024", "2024-11-05", "webinar"),
        ("the members may march in", None, "the members may march in"),
        ("met on 32 July", None, "met on 32 July"),
        ("hearing on 2024-13-05", None, "hearing on 2024-13-05"),
    ],
)
def test_date_is_found_in_a_line(line, found, rest):
    day, left = find_date(line, TUESDAY, "en")

    assert (str(day) if day else None, left) == (found, rest)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("conference in Rome, 31 December", "2024-12-31"),
        ("conference on 15 January", "2025-01-15"),
        ("conference on 4 July", "2024-07-04"),
        ("met them on 15 January", "2024-01-15"),
        ("adopted the position on 31 December", "2023-12-31"),
        ("conference on 29 February", "2024-02-29"),
    ],
)
def test_day_without_a_year_is_the_last_of_what_happened_else_the_nearer(line, found):
    assert str(find_date(line, TUESDAY, "en")[0]) == found


@pytest.mark.parametrize(
    ("language", "line", "found", "rest"),
    [
        ("fr", "réunion le 4 juillet avec la DG EMPL", "2024-07-04", "réunion avec la DG EMPL"),
        ("fr", "réunion lundi prochain", "2024-12-23", "réunion"),
        ("fr", "réunion demain", "2024-12-18", "réunion"),
        ("es", "reunión el 4 de julio de 2023", "2023-07-04", "reunión"),
        ("es", "reunión el lunes que viene", "2024-12-23", "reunión"),
        ("es", "reunión pasado mañana", "2024-12-19", "reunión"),
        ("it", "incontro l'11 dicembre 2024 a Roma", "2024-12-11", "incontro a Roma"),
        ("it", "riunione venerdì scorso", "2024-12-13", "riunione"),
        ("pl", "spotkanie w środę", "2024-12-18", "spotkanie"),
        ("pl", "spotkanie 4 lipca 2023", "2023-07-04", "spotkanie"),
        ("pl", "met DG EMPL on 4 July", "2024-07-04", "met DG EMPL"),
        ("en", "réunion le 4 juillet", None, "réunion le 4 juillet"),
    ],
)
def test_date_is_found_in_the_language_of_the_reader_and_in_english(language, line, found, rest):
    day, left = find_date(line, TUESDAY, language)

    assert (str(day) if day else None, left) == (found, rest)
