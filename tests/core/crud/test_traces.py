"""What is left of records that are gone names none that somebody may not see: bin, merges, imports; nor undoes any."""

import io

import pytest

from tests import factories
from tests.core.crud.reading import words
from umbel.core import merging, wastebasket
from umbel.core.changelog import Change
from umbel.core.imports import jobs
from umbel.core.imports.kinds import whole_kind
from umbel.core.imports.models import ImportJob
from umbel.core.models import Deletion, Merge
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db

SECRET = "Unspeakable"
READERS = ("secretary_general", "administrator")


def secret(**fields):
    return factories.OrganisationFactory(**{"name": SECRET, "audience": "administrator", **fields})


def told_at(client_of, url):
    return {seat: SECRET in words(client_of(seat).get(url)) for seat in READERS}


@pytest.fixture
def deletion():
    return wastebasket.discard(secret())


@pytest.fixture(params=["kept", "gone"])
def merge(request):
    """A merge of two organisations, of which one is for the administrator."""
    other = factories.OrganisationFactory(name="Open to all")
    pair = (secret(), other) if request.param == "kept" else (other, secret())
    return merging.merge(*pair)


def test_bin_names_what_was_hidden_to_those_only_who_saw_it(client_of, deletion):
    assert told_at(client_of, "/desk/bin/") == {"secretary_general": False, "administrator": True}


def test_deletion_of_what_was_hidden_is_not_undone_by_its_number(client_of, deletion):
    other = wastebasket.discard(factories.OrganisationFactory(name="Open to all"))
    forged = (str(deletion.pk), f"{other.pk},{deletion.pk}", f"{other.pk},999999", "0", "x", "", "9" * 40)

    answers = [
        client_of("secretary_general").post("/desk/bin/restore/", {"deletions": numbers}).status_code
        for numbers in forged
    ]

    assert set(answers) == {404}
    assert Deletion.objects.filter(restored_at=None).count() == 2
    assert client_of("administrator").post("/desk/bin/restore/", {"deletions": forged[1]}).status_code == 302
    assert set(Organisation.objects.filter(name__in=[SECRET, "Open to all"]).values_list("name", flat=True)) == {
        SECRET,
        "Open to all",
    }


def test_merges_name_what_is_hidden_to_those_only_who_see_it(client_of, merge):
    assert told_at(client_of, "/desk/merges/") == {"secretary_general": False, "administrator": True}


def test_merge_of_what_is_hidden_is_not_undone_by_its_number(client_of, merge):
    forged = (str(merge.pk), "0", "", "x", "9" * 40)

    answers = [client_of("secretary_general").post("/desk/merges/undo/", {"merge": number}) for number in forged]

    assert {answer.status_code for answer in answers} == {404}
    assert client_of("administrator").post("/desk/merges/undo/", {"merge": merge.pk}).status_code == 302
    assert Merge.objects.get().undone_at is not None


def test_merge_is_hidden_with_the_record_that_is_left_of_it(client_of):
    act = merging.merge(factories.OrganisationFactory(name="Was open"), factories.OrganisationFactory(name=SECRET))
    Organisation.objects.filter(pk=act.kept).update(audience="administrator")

    told = told_at(client_of, "/desk/merges/")
    answer = client_of("secretary_general").post("/desk/merges/undo/", {"merge": act.pk})

    assert told == {"secretary_general": False, "administrator": True}
    assert answer.status_code == 404


def test_record_is_not_merged_with_a_hidden_one_by_its_number(client_of):
    mine, hidden = factories.OrganisationFactory(name="Open to all"), secret()
    client = client_of("secretary_general")
    urls = [f"/desk/organisations/{row.pk}/merge/" for row in (mine, hidden)]

    client.post(urls[0], {"with": SECRET, "with-number": hidden.pk})

    assert client.get(urls[1]).status_code == 404
    assert Merge.objects.count() == 0
    assert set(Organisation.objects.filter(pk__in=[mine.pk, hidden.pk])) == {mine, hidden}


def test_hidden_link_is_not_named_where_two_records_are_compared(client_of):
    kind = factories.EnterpriseTypeFactory(name=SECRET, audience="administrator")
    here = factories.OrganisationFactory(enterprise_type=kind)
    factories.OrganisationFactory(name="Another")
    url = f"/desk/organisations/{here.pk}/merge/?with=Another"

    assert told_at(client_of, url) == {"secretary_general": False, "administrator": True}


def test_what_keeps_a_record_is_named_to_those_only_who_see_it(client_of):
    institution = factories.OrganisationFactory()
    factories.EngagementFactory(title=SECRET, audience="administrator", institution=institution)

    assert told_at(client_of, f"/desk/organisations/{institution.pk}/delete/") == {
        "secretary_general": False,
        "administrator": True,
    }


@pytest.fixture
def job(settings, tmp_path, cast):
    """An import by the administrator."""
    settings.MEDIA_ROOT = tmp_path
    who = cast.administrator.get_username()
    table = f"Name;Kind;Audience\n{SECRET};federation;administrator\n".encode()
    made = jobs.receive(whole_kind("network.organisation"), who, f"{SECRET}.csv", io.BytesIO(table))
    jobs.start(made, "examining")
    return made


ACTS = ("match", "reread", "decide", "write", "undo", "back", "restart", "erase")


def test_import_of_the_administrator_is_not_there_for_others(client_of, job):
    client, url = client_of("secretary_general"), f"/desk/imports/{job.pk}/"

    answers = [client.get(f"{url}{page}").status_code for page in ("", "progress/", "errors.csv")]
    answers += [client.post(url, {"act": act}).status_code for act in ACTS]

    assert set(answers) == {404}
    assert ImportJob.objects.get().state == "examined"
    assert told_at(client_of, "/desk/imports/") == {"secretary_general": False, "administrator": True}
    assert client_of("administrator").get(url).status_code == 200


@pytest.mark.parametrize("page", ["", "progress/", "errors.csv"])
def test_import_with_a_forged_number_is_not_there(client_of, page):
    assert client_of("administrator").get(f"/desk/imports/999999/{page}").status_code == 404


def test_line_of_the_log_on_a_deletion_is_known_to_those_who_saw_the_record(cast):
    event = factories.EventFactory(title="Open to all")
    speaker = factories.SpeakerFactory(event=event)
    speaker.delete()
    hidden, shown = secret(), factories.OrganisationFactory(name="Open too")
    hidden.delete()
    shown.delete()
    lines = list(Change.objects.filter(act="delete").order_by("pk"))

    known = {seat: [line.text for line in wastebasket.known_to(cast.people[seat], lines)] for seat in READERS}

    assert known == {
        "secretary_general": [str(speaker), "Open too"],
        "administrator": [str(speaker), SECRET, "Open too"],
    }
