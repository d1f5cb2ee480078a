"""The figures of the example year: the values that others may rely on, and the rows behind each."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from tests.acceptance.conftest import printed
from tests.factories import UserFactory
from umbel.core.figures import evaluate
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db

MEMBERS = (
    "agci-produzione-e-lavoro agci-solidarieta coceta confcooperative confcooperative-lavoro-e-servizi confecoop "
    "coop-finland cooperatives-uk diesis legacoop-produzione-e-servizi nauwc nuwpc smart ucecom workers-coop"
)
EDITIONS = "o03a o03b o03c o03d o03e o03f o03g o03h o03i"

# Key, value, unit, kind, number of rows: what others may rely on, and what the capabilities name.
PROMISED = [
    ("chronicle.entries", 66, "", "counted", 66),
    ("advocacy.positions", 8, "", "counted", 8),
    ("advocacy.reactions", 4, "", "counted", 4),
    ("advocacy.opinions", 4, "", "counted", 4),
    ("advocacy.contributions", 1, "", "counted", 1),
    ("advocacy.joint_letters", 3, "", "counted", 3),
    ("advocacy.signatories.t13", 80, "", "reported", 1),
    ("advocacy.signatories.t38", 17, "", "reported", 1),
    ("advocacy.files", 24, "", "counted", 24),
    ("advocacy.files.framework", 6, "", "counted", 6),
    ("advocacy.files.business", 9, "", "counted", 9),
    ("advocacy.files.rights", 3, "", "counted", 3),
    ("advocacy.files.across", 6, "", "counted", 6),
    ("advocacy.external_seats", 5, "", "counted", 5),
    ("advocacy.external_seats.giuseppe-guerini", 3, "", "counted", 3),
    ("advocacy.external_seats.diana-dovgan", 2, "", "counted", 2),
    ("advocacy.seat_meetings.sme-envoy", 3, "", "counted", 3),
    ("advocacy.acts_of.seap", 7, "", "counted", 7),
    ("advocacy.acts_of.care", 4, "", "counted", 4),
    ("advocacy.acts_of.elections-manifesto", 4, "", "counted", 4),
    ("advocacy.share_of.seap", 10.6, "%", "derived", 73),
    ("advocacy.engagements", 1, "", "counted", 1),
    ("events.on_behalf", 2, "", "counted", 2),
    ("communication.cooptales", 5, "", "counted", 5),
    ("communication.cooptales.organisations", 7, "", "counted", 7),
    ("communication.cooptales.countries", 3, "", "counted", 7),
    ("communication.zoom_in", 1, "", "counted", 1),
    ("communication.videos", 2, "", "counted", 2),
    ("communication.external_newsletters", 1, "", "counted", 1),
    ("communication.internal_newsletters", 9, "", "counted", 9),
    ("communication.press", 0, "", "counted", 0),
    ("communication.followers.facebook", 3599, "", "reported", 1),
    ("communication.followers.x", 5552, "", "reported", 1),
    ("communication.followers.linkedin", 1762, "", "reported", 1),
    ("communication.followers.youtube", 447, "", "reported", 1),
    ("communication.growth.facebook", 9.6, "%", "derived", 2),
    ("communication.growth.x", -0.4, "%", "derived", 2),
    ("communication.growth.linkedin", 30.8, "%", "derived", 2),
    ("communication.growth.youtube", 7.2, "%", "derived", 2),
    ("communication.website_users", 7300, "", "reported", 1),
    ("communication.page_views", 23000, "", "reported", 1),
    ("communication.views_per_user", 3.15, "", "derived", 2),
    ("communication.subscribers", 3411, "", "reported", 1),
    ("communication.reach", 3495, "", "reported", 1),
    ("library.publications", 4, "", "counted", 4),
    ("library.snapshot_languages", 4, "", "counted", 4),
    ("events.learning_sessions", 3, "", "counted", 3),
    ("events.learning_countries", 7, "", "counted", 7),
    ("events.attended", 16, "", "counted", 16),
    ("events.visits", 4, "", "counted", 4),
    ("projects.active", 2, "", "counted", 2),
    ("projects.countries.origami", 6, "", "counted", 6),
    ("network.members", 15, "", "counted", 15),
    ("network.members_reported", 27, "", "reported", 1),
    ("network.countries", 9, "", "counted", 15),
    ("network.countries_reported", 16, "", "reported", 1),
    ("network.umbrellas", 6, "", "counted", 6),
    ("network.staff", 6, "", "counted", 6),
    ("network.interns", 2, "", "counted", 2),
    ("governance.board", 15, "", "counted", 15),
    ("governance.board_organisations", 14, "", "counted", 15),
    ("governance.board_countries", 9, "", "counted", 15),
    ("governance.presidency", 5, "", "counted", 5),
    ("governance.board_meetings", 2, "", "counted", 2),
    ("governance.general_assemblies", 1, "", "counted", 1),
    ("governance.board_seats.it", 5, "", "counted", 5),
    ("governance.board_share.it", 33.3, "%", "derived", 20),
    ("groups.active", 2, "", "counted", 2),
    ("groups.meetings.public-procurement", 2, "", "counted", 2),
    ("groups.meetings.transformation-of-work", 1, "", "counted", 1),
    ("groups.meetings.elections-steering", 1, "", "counted", 1),
    ("grant.lines", 17, "", "counted", 17),
    ("grant.publications", 3, "", "counted", 3),
    ("grant.events", 8, "", "counted", 8),
    ("grant.campaigns", 1, "", "counted", 1),
    ("grant.heading.publications-2024", 3, "", "counted", 3),
    ("grant.heading.events-2024", 9, "", "counted", 9),
    ("grant.line.d13", 5, "", "counted", 5),
    ("grant.line.d14", 9, "", "counted", 9),
    ("grant.year", 3, "", "counted", 1),
    ("grant.years", 4, "", "counted", 1),
    ("facts.liege_signatories", 19, "", "reported", 1),
]

ROWS = {
    "advocacy.positions": "t02 t03 t12 t14 t18 t19 t45 t49",
    "advocacy.reactions": "t02 t12 t45 t49",
    "advocacy.opinions": "t03 t14 t18 t19",
    "advocacy.contributions": "t43",
    "advocacy.joint_letters": "t13 t21 t38",
    "advocacy.acts_of.seap": "t07 t20 t27 t32 t44 t62 t66",
    "advocacy.acts_of.care": "t38 t39 t58 t64",
    "advocacy.acts_of.elections-manifesto": "t05 t17 t33 t56",
    "advocacy.acts_of.platform-work": "t12 t50",
    "advocacy.seat_meetings.sme-envoy": "t15 t34 t61",
    "advocacy.external_seats.diana-dovgan": "t35 term-sp-board",
    "advocacy.external_seats.giuseppe-guerini": "term-ce-board term-cicopa-board term-ica-board",
    "communication.cooptales": "t16 t23 t41 t55 t60",
    "communication.zoom_in": "t22",
    "communication.videos": "t08 t33",
    "communication.external_newsletters": "t24",
    "communication.internal_newsletters": EDITIONS,
    "library.publications": "manifesto-2024-text t06 t31 t46",
    "events.learning_sessions": "t47 t52 t57",
    "events.attended": "t01 t07 t20 t25 t26 t28 t29 t37 t39 t40 t44 t54 t58 t59 t62 t64",
    "events.visits": "o04 o05 o06 o07",
    "projects.active": "origami skift",
    "network.members": MEMBERS,
    "network.countries": MEMBERS,
    "governance.board_meetings": "o01a o01b",
    "governance.general_assemblies": "t30",
    "groups.active": "public-procurement transformation-of-work",
    "groups.meetings.public-procurement": "t48 t51",
    "groups.meetings.transformation-of-work": "o02",
    "grant.lines": " ".join(f"d{number:02}" for number in range(1, 18)),
}

# What is counted where it is not the number of rows: a fold in plain Python over the rows that are listed.
FOLDS = {
    "network.countries": lambda rows: len({row.country for row in rows if row.country}),
    "governance.board_organisations": lambda rows: len({row.organisation_id for row in rows if row.organisation_id}),
    "governance.board_countries": lambda rows: len({row.organisation.country for row in rows if row.organisation_id}),
    "events.learning_countries": lambda rows: len({row.country for row in rows}),
    "communication.cooptales.organisations": lambda rows: len({row.organisation_id for row in rows}),
    "communication.cooptales.countries": lambda rows: len({row.organisation.country for row in rows}),
    "communication.zoom_in.organisations": lambda rows: len({row.organisation_id for row in rows}),
    "communication.zoom_in.countries": lambda rows: len({row.organisation.country for row in rows}),
    "grant.year": lambda rows: 2024 - rows[0].first_year + 1,
    "grant.years": lambda rows: rows[0].last_year - rows[0].first_year + 1,
    "advocacy.seat_years.geces": lambda rows: rows[0].years,
    "advocacy.seat_renewal.geces": lambda rows: rows[0].renewal,
}


def ids(entry):
    return sorted(row["id"] for row in entry["rows"])


def record(row):
    """The record behind a row of the export."""
    model = apps.get_model(row["type"])
    named = "key" in {field.name for field in model._meta.fields}
    return model.objects.get(**{"key" if named else "pk": row["id"]})


@pytest.mark.parametrize(("key", "value", "unit", "kind", "rows"), PROMISED, ids=[row[0] for row in PROMISED])
def test_figure_has_the_promised_value_on_the_promised_rows(figures, key, value, unit, kind, rows):
    entry = figures[key]

    told = (entry["value"], entry["unit"], entry["kind"], len(entry["rows"]))

    assert told == (value, unit, kind, rows)


@pytest.mark.parametrize("key", ROWS)
def test_figure_counts_the_rows_that_are_named(figures, key):
    assert ids(figures[key]) == sorted(ROWS[key].split())


def test_every_counted_figure_is_a_fold_over_the_rows_it_lists(figures):
    told, folded = {}, {}
    for key, entry in figures.items():
        if entry["kind"] == "counted":
            told[key] = entry["value"]
            folded[key] = FOLDS[key]([record(row) for row in entry["rows"]]) if key in FOLDS else len(entry["rows"])

    assert told == folded


def test_every_reported_figure_is_the_latest_value_of_its_rows(figures):
    entries = {key: entry for key, entry in figures.items() if entry["kind"] == "reported"}
    latest = {key: max((record(row) for row in entry["rows"]), key=_day) for key, entry in entries.items()}

    values = {key: int(getattr(row, "value", 0) or row.signatories_number) for key, row in latest.items()}

    assert {key: entry["value"] for key, entry in entries.items()} == values


def _day(row):
    return row.date.first_day


def test_families_of_the_year_add_up_to_its_entries(figures):
    families = [entry["value"] for key, entry in figures.items() if key.startswith("chronicle.family.")]

    assert sum(families) == figures["chronicle.entries"]["value"]


def test_list_of_figures_has_exactly_the_promised_form(example):
    entries = json.loads(printed("figures", "2024", "--json"))

    assert {tuple(entry) for entry in entries} == {
        ("key", "label", "period", "as_of", "value", "unit", "kind", "rule", "rows")
    }
    assert {tuple(row) for entry in entries for row in entry["rows"]} == {("type", "id", "text", "url")}
    assert {(entry["period"], entry["as_of"]) for entry in entries} == {("2024", date(2024, 12, 31).isoformat())}
    assert {entry["kind"] for entry in entries} == {"counted", "reported", "derived"}
    assert {entry["unit"] for entry in entries} == {"", "%"}


def test_list_of_figures_holds_texts_and_numbers(figures):
    texts = {type(entry[name]) for entry in figures.values() for name in ("key", "label", "unit", "rule")}
    cells = {type(cell) for entry in figures.values() for row in entry["rows"] for cell in row.values()}

    assert (texts, cells) == ({str}, {str})
    assert {type(entry["value"]) for entry in figures.values() if entry["value"] is not None} == {int, float}


def test_every_figure_says_what_it_is_and_what_it_counts(figures):
    assert [key for key, entry in figures.items() if not (entry["label"] and entry["rule"])] == []


def test_keys_stand_once(example):
    entries = json.loads(printed("figures", "2024", "--json"))

    keys = [entry["key"] for entry in entries]

    assert len(keys) == len(set(keys))


def test_every_row_opens_a_page(figures, client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True), backend="umbel.accounts.backends.PasswordBackend")
    urls = {row["url"] for entry in figures.values() for row in entry["rows"]}

    broken = {url: page.status_code for url in urls if (page := _open(client, url)).status_code != 200}

    assert broken == {}
    assert len(urls) > 200


def _open(client, url):
    return client.get(url.removeprefix(settings.SITE_URL), follow=True)


def test_row_tells_type_key_text_and_address(figures):
    [row] = [row for row in figures["chronicle.entries"]["rows"] if row["id"] == "t50"]

    assert row == {
        "type": "events.event",
        "id": "t50",
        "text": "Webinar: Navigating the implementation of the Platform work Directive: challenges and opportunities, "
        "the cooperative perspective",
        "url": f"{settings.SITE_URL}/events/t50/",
    }


@pytest.mark.parametrize(
    ("channel", "series"),
    [
        ("facebook", [2972, 3194, 3283, 3599]),
        ("x", [5151, 5426, 5573, 5552]),
        ("linkedin", [559, 892, 1347, 1762]),
        ("youtube", [385, 406, 417, 447]),
    ],
)
def test_channel_has_its_series_of_four_years(example, channel, series):
    key = f"communication.followers.{channel}"

    assert [evaluate(key, Period.year(year)).printed for year in range(2021, 2025)] == series


def test_figures_of_the_year_before_are_empty_where_nothing_is_on_record(example):
    before = {entry["key"]: entry for entry in json.loads(printed("figures", "2023", "--json"))}

    assert before["advocacy.positions"]["value"] == 0
    assert before["communication.website_users"]["value"] is None
    assert before["communication.growth.x"]["value"] == 2.7
