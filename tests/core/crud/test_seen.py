"""Nothing of a record that somebody may not see stands in a list or a file, not even through a link to it."""

import io
from urllib.parse import urlencode

import pytest
from django.db import models
from python_calamine import CalamineWorkbook

from tests import factories
from tests.core.crud.reading import words
from umbel.core.crud.columns import told_by
from umbel.core.crud.sections import sections
from umbel.core.models import MembershipCategory, Topic
from umbel.core.records import Record
from umbel.network.models import Organisation, Person
from umbel.website.shelf import get_shelf
from umbel.website.urls import all_shelves

pytestmark = pytest.mark.django_db

SECRET = "Unspeakable"
KINDS = [each for each in sections() if each.model in factories.FACTORIES and each.key != "confederation"]
LINKED = [
    (section, field)
    for section in KINDS
    for field in section.model._meta.concrete_fields
    if isinstance(field, models.ForeignKey)
    and issubclass(field.related_model, Record)
    and field.name in [column.name for column in section.columns_offered]
    and not section.model.audience_path.startswith(f"{field.name}__")
]
BESIDE = {"menu-page": {"address": ""}}
"""What else a row must say where it names a record."""

NAMED_LINKS = [f"{section.key}-{field.name}" for section, field in LINKED]


def hidden(model):
    """A record for the administrator only, whose name is the secret."""
    return factories.FACTORIES[model](**{told_by(model): SECRET, model.audience_path: "administrator"})


def texts(client, url, **asked):
    """What stands in a list, in its CSV and in its XLSX."""
    query = urlencode(asked)
    page = words(client.get(f"{url}?{query}"))
    table = client.get(f"{url[:-1]}.csv?{query}").getvalue().decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{url[:-1]}.xlsx?{query}").getvalue()))
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    return {"page": page, "csv": table, "xlsx": " ".join(cells)}


def where_told(client, url, **asked):
    return {name for name, text in texts(client, url, **asked).items() if SECRET in text}


@pytest.mark.parametrize(("section", "field"), LINKED, ids=NAMED_LINKS)
def test_list_and_files_keep_the_name_of_a_linked_record_from_those_who_may_not_see_it(client_of, section, field):
    beside = BESIDE.get(f"{section.key}-{field.name}", {})
    factories.FACTORIES[section.model](**{field.name: hidden(field.related_model), **beside})
    columns = ",".join(column.name for column in section.columns_offered)

    told = {
        seat: where_told(client_of(seat), section.url, cols=columns, sort=field.name)
        for seat in ("secretary_general", "administrator")
    }

    assert told == {"secretary_general": set(), "administrator": {"page", "csv", "xlsx"}}


@pytest.mark.parametrize("section", KINDS, ids=lambda section: section.key)
def test_record_that_one_may_not_see_is_in_no_list_file_or_chooser(client_of, section):
    row = factories.FACTORIES[section.model](**{section.model.audience_path: "administrator"})
    told = {}

    for seat in ("secretary_general", "administrator"):
        client = client_of(seat)
        url, lookup = section.url, f"/desk/lookup/{section.model._meta.label_lower}/"
        page = client.get(url).content.decode()
        table = client.get(f"{url[:-1]}.csv").getvalue().decode().splitlines()
        proposed = client.get(lookup, {"q": str(row)}).json()["rows"]
        told[seat] = {
            "list": f'href="{section.url_of(row.pk)}"' in page,
            "csv": f"{row.pk}" in {line.split(",")[0] for line in table},
            "chooser": row.pk in {each["number"] for each in proposed},
        }

    assert set(told["secretary_general"].values()) == {False}
    assert told["administrator"]["list"]
    assert told["administrator"]["csv"]


@pytest.mark.parametrize("slug", [shelf.slug for shelf in all_shelves()])
def test_public_file_keeps_the_names_of_linked_records_that_are_not_public(as_nobody, slug):
    factories.ConfederationFactory()
    shelf = get_shelf(slug)
    links = [field for section, field in LINKED if section.model is shelf.model]
    rows = [factories.FACTORIES[shelf.model](**{field.name: hidden(field.related_model)}) for field in links]
    if slug == "members":
        factories.MembershipFactory.create_batch(1, organisation=rows[0] if rows else factories.OrganisationFactory())

    table = as_nobody.get(shelf.file("csv")).getvalue().decode()

    assert SECRET not in table


def test_public_engagement_does_not_name_an_institution_for_the_administrator(as_nobody):
    factories.ConfederationFactory()
    factories.EngagementFactory(title="A meeting", institution=hidden(Organisation))
    factories.EngagementFactory(
        title="Another meeting", institution=factories.OrganisationFactory(name="The Commission")
    )

    table = as_nobody.get("/engagements.csv").getvalue().decode()

    assert "A meeting" in table
    assert "The Commission" in table
    assert SECRET not in table


def test_gap_is_not_shown_where_something_is_hidden(client_of):
    grantee = factories.OrganisationFactory(name="Member of the network")
    factories.MembershipFactory(organisation=grantee, category=hidden(MembershipCategory))

    page = words(client_of("secretary_general").get("/desk/organisations/?q=Member of the network"))

    assert SECRET not in page
    assert "not recorded" not in page.split("Member of the network")[-1]


COMPUTED = {
    "organisations": lambda: factories.PostFactory(organisation=factories.OrganisationFactory(), person=hidden(Person)),
    "people": lambda: factories.PostFactory(organisation=hidden(Organisation)),
    "stories": lambda: factories.PortrayalFactory(organisation=hidden(Organisation)),
    "positions": lambda: factories.PositionFactory().topics.add(hidden(Topic)),
}


@pytest.mark.parametrize("key", COMPUTED)
def test_computed_column_keeps_the_names_of_records_that_one_may_not_see(client_of, key):
    COMPUTED[key]()

    told = {seat: where_told(client_of(seat), f"/desk/{key}/") for seat in ("secretary_general", "administrator")}

    assert told["secretary_general"] == set()
    assert told["administrator"] >= {"csv", "xlsx"}
