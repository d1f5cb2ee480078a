"""Other spellings that an import brings: in their order, at a cost that does not grow with those on record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganisationFactory
from umbel.core import search
from umbel.core.models import Alias, SearchEntry
from umbel.core.search.filling import refresh
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db

SPELLINGS = {
    "Alfa": ["Zebra", "Gnu", "Okapi", "Antelope"],
    "Beta": ["Yak", "Bison", "Ñandú"],
    "Gamma": ["Xerus", "Ant"],
}
TABLE = "Name,Kind,aliases\n" + "".join(f"{name},union,{'; '.join(others)}\n" for name, others in SPELLINGS.items())


def crowd(number):
    """Organisations with two other spellings each."""
    others = OrganisationFactory.create_batch(number)
    for turn in ("Second", "First"):
        for other in others:
            Alias.objects.create(record=other, name=f"{turn} of {other.key}")
    return others


def kept(name):
    """The other spellings of an organisation as they are on record, and as the search tells them."""
    organisation = Organisation.objects.get(name=name)
    entry = SearchEntry.objects.get(type="network.organisation", title=name)
    return list(organisation.aliases.order_by("pk").values_list("name", flat=True)), entry.other_names.splitlines()


def test_import_keeps_the_order_of_spellings_among_many(wizard):
    """Spellings of one import go by the alphabet; those of a later one follow."""
    crowd(60)
    wizard.bring_in("network.organisation", TABLE.replace("; Antelope", "").replace("Bison; ", ""))
    first = {name: kept(name) for name in SPELLINGS}

    wizard.bring_in(
        "network.organisation",
        TABLE.replace("Name,", "Key,").replace("Alfa", "alfa").replace("Beta", "beta").replace("Gamma", "gamma"),
    )

    before = {"Alfa": ["Gnu", "Okapi", "Zebra"], "Beta": ["Yak", "Ñandú"], "Gamma": ["Ant", "Xerus"]}
    assert first == {name: (others, others) for name, others in before.items()}
    after = {**before, "Alfa": [*before["Alfa"], "Antelope"], "Beta": [*before["Beta"], "Bison"]}
    assert {name: kept(name) for name in SPELLINGS} == {name: (others, others) for name, others in after.items()}
    assert [hit.title for hit in search.find("nandu", None).hits] == ["Beta"]


def test_import_asks_no_more_where_many_spellings_are_on_record(wizard):
    asked = []
    for turn, on_record in enumerate((3, 3, 60)):
        crowd(on_record)
        table = "Name,Kind,aliases\n" + "".join(
            f"{name} {turn},union,{name} I; {name} II {turn}\n" for name in SPELLINGS
        )
        job = wizard.check(wizard.upload("network.organisation", table))
        with CaptureQueriesContext(connection) as found:
            wizard.act(job, "write")
        asked.append((job.counts, len(found)))

    assert asked[2] == asked[1]
    assert asked[1][0] == {"new": 3}


@pytest.mark.parametrize("on_record", [3, 60])
def test_search_reads_the_spellings_of_some_records_in_a_few_questions(wizard, django_assert_num_queries, on_record):
    crowd(on_record)
    wizard.bring_in("network.organisation", TABLE)
    numbers = list(Organisation.objects.filter(name__in=SPELLINGS).values_list("pk", flat=True))

    with django_assert_num_queries(5):
        refresh(Organisation, numbers)

    assert {name: kept(name)[1] for name in SPELLINGS} == {name: sorted(SPELLINGS[name]) for name in SPELLINGS}
