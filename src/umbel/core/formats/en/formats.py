"""Dates and times in English, British and by 24 hours; the other languages of the interface have them so in Django."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"]
TIMES = ("T%H:%M", " %H:%M:%S", " %H:%M")
DATETIME_INPUT_FORMATS = [f"%Y-%m-%d{time}" for time in TIMES] + [f"%d/%m/%Y{time}" for time in TIMES]
