"""What the components of the styleguide are filled with: made up, the same each time, without a look at the records."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.core import charts
from umbel.core.charts import Caption, Course, ScreenPalette
from umbel.core.crud.fields import ChooserField, TokensField
from umbel.core.dates import PartialDate
from umbel.core.models import Topic

PARTS = [
    ("colour", _("Colour")),
    ("type", _("Type")),
    ("icons", _("Icons")),
    ("buttons", _("Buttons")),
    ("fields", _("Fields")),
    ("badges", _("Chips, kinds and badges")),
    ("figures", _("Figures")),
    ("tables", _("Tables")),
    ("lists", _("Lists and cards")),
    ("time", _("Time")),
    ("charts", _("Charts and map")),
    ("people", _("People")),
    ("messages", _("Messages")),
    ("assembly", _("Assembly")),
    ("navigation", _("Navigation")),
]
FAMILIES = ("advocacy", "events", "network", "communication", "projects")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class SampleForm(forms.Form):
    """A field of each kind, in the form of the desk."""

    text = forms.CharField(label=_("text"), initial="Reaction to the Draghi report")
    date = forms.CharField(
        label=_("date, may be partial"), initial="Oct 2024", help_text=_("A year, a month or a day."), required=False
    )
    bad = forms.CharField(label=_("with an error"), initial="32 Oct 2024")
    choice = forms.ChoiceField(label=_("select"), choices=[("r", _("Reaction")), ("o", _("Opinion"))])
    one = ChooserField(Topic.objects.none(), label=_("one record"), required=False)
    several = TokensField(Topic.objects.none(), label=_("several records"), required=False)
    audience = forms.ChoiceField(
        label=_("audience"), choices=[("p", _("Public")), ("m", _("Members"))], initial="p", widget=forms.RadioSelect
    )
    is_listed = forms.BooleanField(label=_("in the year at a glance"), initial=True, required=False)
    long = forms.CharField(
        label=_("long text"), initial="Welcomed: skills gap.", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    file = forms.FileField(label=_("file"), required=False)

    def __init__(self) -> None:
        super().__init__(prefix="sample")
        self._errors = forms.utils.ErrorDict(
            {"bad": self.error_class([gettext("October has 31 days. “Oct 2024” is fine.")])}
        )


def _figure(label: str, value: str, kind: str = "counted", note: str = "") -> dict[str, Any]:
    told = {"label": label, "period": "2024", "raw": value, "key": f"sample.{kind}", "kind": kind, "note": note}
    return {"label": label, "fig": {**told, "value": value, "url": "#figures"}}


def _row(title: str, month: int | None = None, meta: str = "") -> dict[str, Any]:
    return {"date": PartialDate(2024, month, 11) if month else None, "url": "#lists", "text": title, "meta": meta}


def _entry(family: str, icon: str, title: str, day: str, meta: str) -> dict[str, Any]:
    return {"family": family, "icon": icon, "title": title, "day": day, "meta": meta, "url": "#time"}


def samples() -> dict[str, Any]:
    """Return everything that the templates of the styleguide show."""
    return {
        "form": SampleForm(),
        "strip": [
            _figure("Position papers adopted", "8"),
            _figure("Followers", "7,300", "reported"),
            _figure("Visitors", "3,411", "counted", "The report prints 3,400."),
        ],
        "rows": [
            _row("Reaction to the Draghi report", 10, "Position"),
            _row("Meeting with DG EMPL", 7),
            _row("Without a date"),
        ],
        "entries": [
            _entry("advocacy", "file-pen-line", "Opinion on platform work", "4", "Position"),
            _entry("events", "calendar", "General Assembly", "27", "Event organised"),
        ],
        "months": [1, 0, 2, 4, 0, 1, 0, 0, 2, 3, 1, 2],
        "families": FAMILIES,
        "states": ("agrees", "contradicts", "rounding", "doubled", "missing", "none"),
        "stances": ("support", "qualified", "mixed", ""),
        **_drawings(),
    }


@cache
def _drawings() -> dict[str, Any]:
    palette = ScreenPalette()
    now, before = Course("2024", (2, 5, 9, 14, 20, 27)), Course("2023", (1, 3, 6, 10, 15, 19, 22, 24, 29, 35, 41, 46))
    course = charts.courses(
        MONTHS,
        now,
        before,
        caption=Caption("Activities since January", heads=("Month", "2024", "2023")),
        palette=palette,
    )
    counts = {"ES": 3, "IT": 4, "PL": 1, "FR": 2}
    names = {"ES": "Spain", "IT": "Italy", "PL": "Poland", "FR": "France"}
    return {
        "drawing": course,
        "map": charts.country_map(counts, names=names, caption=Caption("Members by country"), palette=palette),
        "numbers": {"title": "Followers", "table": "#charts"},
        "plate": charts.plate("a story without a picture", caption=Caption(""), palette=palette),
        "spark": charts.spark(
            [charts.Point(str(year), value) for year, value in ((2022, 3.0), (2023, 5.0), (2024, 9.0))],
            caption=Caption("Followers"),
            palette=palette,
        ),
    }
