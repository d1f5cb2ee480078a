"""Who may do what on the desk: each role of the secretariat changes what its apps are kept by, and nobody else."""

import pytest

from tests import factories
from tests.cast import SEATS, SECRETARIAT
from tests.core.crud.reading import form_of
from umbel.accounts.models import User
from umbel.core.audience import KEEP_EVERYTHING, kept_by
from umbel.core.crud.sections import sections
from umbel.core.models import Confederation

pytestmark = pytest.mark.django_db

OTHERS = sorted(set(SEATS) - {*SECRETARIAT, "superuser", "nobody"})
PAGES = ("", "add/", "{pk}/", "{pk}/delete/", "{pk}/history/")


def keeps(role, section):
    own = section.model.kept_by
    return role in KEEP_EVERYTHING or role in (kept_by(section.model._meta.app_label) if own is None else own)


@pytest.fixture
def rows(cast):
    """A record of each kind that is changed by hand and of which there are several, and its section."""
    kinds = [each for each in sections() if not (each.is_fixed or each.is_single)]
    kinds = [each for each in kinds if each.model in factories.FACTORIES]
    return [(each, factories.FACTORIES[each.model]()) for each in kinds]


@pytest.mark.parametrize("role", SECRETARIAT)
def test_role_opens_forms_of_what_it_keeps_and_reads_the_rest(client_of, rows, role):
    client = client_of(role)
    seen = [(section, row) for section, row in rows if getattr(row, "audience", "") != "administrator"]

    may_add = {section.key for section, _row in seen if client.get(f"{section.url}add/").status_code == 200}
    may_read = {section.key for section, row in seen if client.get(section.url_of(row.pk)).status_code == 200}
    may_delete = {
        section.key for section, row in seen if client.get(f"{section.url_of(row.pk)}delete/").status_code == 200
    }

    kept = {section.key for section, _row in seen if keeps(role, section)}
    assert may_add == may_delete == kept
    assert may_read == {section.key for section, _row in seen}


@pytest.mark.parametrize("role", SECRETARIAT)
def test_role_saves_what_it_keeps_and_nothing_else(client_of, rows, role):
    client = client_of(role)
    editor = client_of("secretary_general")
    saved = set()
    for section, row in rows:
        data, _texts = form_of(editor.get(section.url_of(row.pk)))
        if client.post(section.url_of(row.pk), data).status_code == 302:
            saved.add(section.key)

    assert saved == {section.key for section, _row in rows if keeps(role, section)}


@pytest.mark.parametrize("role", ["membership", "communication"])
def test_role_deletes_several_of_what_it_keeps_only(client_of, rows, role):
    client = client_of(role)

    asked = {
        section.key
        for section, row in rows
        if client.post(f"{section.url}bulk/", {"act": "delete", "pick": row.pk}).status_code == 200
    }

    assert asked == {section.key for section, _row in rows if keeps(role, section)}


@pytest.mark.parametrize("seat", OTHERS)
def test_desk_is_not_there_for_others(client_of, seat):
    client = client_of(seat)
    event = factories.EventFactory(title="A hearing")
    burn = {"act": "delete", "pick": event.pk, "sure": "1"}

    answers = [client.get(f"/desk/events/{page.format(pk=event.pk)}") for page in PAGES]
    answers += [client.get(f"/desk/{page}") for page in ("bin/", "events.csv", "lookup/events.event/", "lookup/any/")]
    answers += [client.post(f"/desk/events/{page}/", burn) for page in ("bulk", "views", "columns")]
    answers += [client.post(f"/desk/events/{event.pk}/{page}", burn) for page in ("", "delete/")]
    answers += [client.post("/desk/bin/restore/", {"deletions": "1"})]

    assert {answer.status_code for answer in answers} == {404}
    assert [answer.request["PATH_INFO"] for answer in answers if "A hearing" in answer.text] == []
    assert type(event).objects.get().title == "A hearing"
    assert set(User.objects.values_list("preferences__views", "preferences__columns")) == {(None, None)}


def test_visitors_are_asked_to_sign_in(as_nobody):
    event = factories.EventFactory()

    answers = [as_nobody.get(f"/desk/events/{page.format(pk=event.pk)}") for page in PAGES]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith("/account/login/?next=/desk/events/") for answer in answers)


def test_pages_of_the_desk_are_kept_by_no_cache(as_secretariat):
    assert "no-store" in as_secretariat.get("/desk/events/")["Cache-Control"]


def test_list_offers_no_boxes_where_there_is_nothing_to_do(client_of):
    factories.ProjectFactory()
    role = next(role for role in SECRETARIAT if role not in {*KEEP_EVERYTHING, *kept_by("projects")})

    page = client_of(role).get("/desk/projects/").content.decode()

    assert 'name="pick"' not in page
    assert "data-bulk" not in page


def test_record_of_a_kind_that_one_does_not_keep_is_shown_but_not_to_be_changed(client_of):
    role = next(role for role in SECRETARIAT if role not in {*KEEP_EVERYTHING, *kept_by("projects")})
    project = factories.ProjectFactory()

    page = client_of(role).get(f"/desk/projects/{project.pk}/").content.decode()

    assert "data-save" not in page
    assert 'name="name" value="Project' in page
    assert "disabled" in page.split('name="name"')[1].split(">")[0]


def test_bin_shows_what_one_may_bring_back(client_of):
    factories.EventFactory(title="Mine to bring back").delete()
    event, project = factories.EventFactory(title="A hearing"), factories.ProjectFactory(name="A project")
    keeper = client_of("secretary_general")
    keeper.post(f"/desk/events/{event.pk}/delete/")
    keeper.post(f"/desk/projects/{project.pk}/delete/")
    role = next(role for role in kept_by("events") if role not in kept_by("projects"))

    page = client_of(role).get("/desk/bin/").content.decode()

    assert "A hearing" in page
    assert "A project" not in page


@pytest.mark.parametrize("page", ["add/", "add/?from={pk}", "{pk}/delete/", "{pk}/merge/", "alike/"])
def test_confederation_is_neither_added_nor_copied_nor_deleted(client_of, page):
    own = factories.ConfederationFactory()
    url = f"/desk/confederation/{page.format(pk=own.pk)}"

    answers = [client.get(url).status_code for client in map(client_of, ("secretary_general", "administrator"))]
    answers += [client_of("administrator").post(url, {"name": "Another"}).status_code]

    assert answers == [404, 404, 404]
    assert list(Confederation.objects.all()) == [own]


@pytest.mark.parametrize("sent", [{"act": "delete"}, {"act": "delete", "sure": "1"}])
def test_confederation_is_not_deleted_in_bulk(client_of, sent):
    own = factories.ConfederationFactory()

    answer = client_of("administrator").post("/desk/confederation/bulk/", {**sent, "pick": own.pk})

    assert answer.status_code == 404
    assert list(Confederation.objects.all()) == [own]


def test_confederation_is_changed_and_its_pages_offer_nothing_else(client_of):
    own = factories.ConfederationFactory()
    client = client_of("administrator")

    shown = [client.get(url).text for url in ("/desk/confederation/", f"/desk/confederation/{own.pk}/")]
    data, _texts = form_of(client.get(f"/desk/confederation/{own.pk}/"))
    client.post(f"/desk/confederation/{own.pk}/", {**data, "name": "Renamed"})

    wrong = ("/desk/confederation/add/", "/delete/", "imports/new/?kind=core.confederation", 'name="pick"')
    assert [word for word in wrong for text in shown if word in text] == []
    assert Confederation.objects.get().name == "Renamed"


def test_confederation_is_not_brought_in(client_of):
    page = client_of("administrator").get("/desk/imports/new/")

    assert 'value="core.confederation"' not in page.text
    assert client_of("administrator").get("/desk/imports/blank/core.confederation.csv").status_code == 404
