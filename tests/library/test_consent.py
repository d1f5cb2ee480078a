"""Whom a photograph shows, and whether they agreed: without consent no page shows it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import form_of, words
from tests.library.test_attached import photographs
from tests.website.editing.conftest import media, photo
from umbel.core import wastebasket
from umbel.core.exchange.dumping import dump
from umbel.core.exchange.loading import load
from umbel.library.models import Photo, Placement
from umbel.library.pictures import mark_of

__all__ = ["media", "photo"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(db):
    return factories.ConfederationFactory(name="COOPS", retention_years=3)


@pytest.fixture
def ada():
    return factories.PersonFactory(key="ada", name="Ada")


def status(answer):
    """What a file is answered with, once it has been read to its end."""
    b"".join(answer)
    return answer.status_code


def withdraw(photo):
    photo.consent = "withdrawn"
    photo.save()


def test_form_of_a_photograph_keeps_whom_it_shows_and_their_consent(client_of, photo, ada):
    officer = client_of("communication")
    address = f"/desk/photographs/{photo.pk}/"
    data, _texts = form_of(officer.get(address))

    officer.post(
        address, {**data, "people-others": "Ada", "consent": "given", "consent_on": "Oct 2024", "consent_how": "A form"}
    )

    kept = Photo.objects.get()
    assert (list(kept.people.all()), kept.consent, str(kept.consent_on), kept.consent_how) == (
        [ada], "given", "2024-10", "A form",
    )  # fmt: skip


@pytest.mark.parametrize(("consent", "status"), [("", 302), ("not-needed", 302), ("given", 302), ("withdrawn", 422)])
def test_photograph_of_somebody_who_withdrew_consent_is_not_placed(client_of, photo, consent, status):
    story, officer = factories.StoryFactory(), client_of("communication")
    Photo.objects.update(consent=consent)
    address = f"/desk/stories/{story.pk}/"
    data, _texts = form_of(officer.get(address))

    answer = officer.post(address, data | photographs("Care"))

    told = "This photograph cannot be placed: somebody whom it shows has withdrawn consent."
    assert (answer.status_code, Placement.objects.exists()) == (status, status == 302)
    assert (told in words(answer)) == (status == 422)


def test_photograph_of_somebody_who_withdrew_consent_is_not_put_on_the_front_page(client_of, photo):
    withdraw(photo)
    officer = client_of("communication")
    data, _texts = form_of(officer.get("/desk/front-page/add/"))

    answer = officer.post("/desk/front-page/add/", data | {"kind": "prose", "body": "Text", "photo": "Care"})

    assert answer.status_code == 422
    assert "somebody whom it shows has withdrawn consent" in words(answer)


def test_photograph_disappears_from_public_pages_with_the_consent(client, photo, ada):
    photo.people.add(ada)
    story = factories.StoryFactory(key="mill", title="A mill")
    factories.PlacementFactory(photo=photo, record=story)
    factories.PageFactory(path="care", body='<figure data-photo="care"><figcaption>At work</figcaption></figure>')
    factories.FrontBlockFactory(kind="prose", body="<p>Text</p>", photo=photo, order=0)
    pages = ["/", "/stories/", "/stories/mill/", "/care/"]
    files = [
        reverse("website.photo.show", args=[photo.pk, mark_of(photo), 480]),
        reverse("desk.file.show", args=["library.photo", photo.pk, "file"]),
        "/records/library.photo/care/",
    ]
    name = f"/photos/{photo.pk}-"
    before = [name in client.get(page).text for page in pages]
    there = [status(client.get(file)) for file in files]

    withdraw(photo)

    assert (before, there) == ([True] * 4, [200] * 3)
    assert [name in client.get(page).text for page in pages] == [False] * 4
    assert [status(client.get(file)) for file in files] == [404] * 3


def test_public_pages_do_not_tell_whom_a_photograph_shows(client, photo, ada):
    photo.people.add(ada)
    Photo.objects.update(consent="given", consent_how="By a form")

    page, person = client.get("/records/library.photo/care/").text, client.get("/people/ada/").text

    assert [text for text in ("Ada", "By a form") if text in page] == []
    assert "Care" not in person


@pytest.mark.parametrize("consent", ["given", "withdrawn"])
def test_the_secretariat_sees_whom_it_shows(client_of, photo, ada, consent):
    photo.people.add(ada)
    Photo.objects.update(consent=consent)

    page = client_of("communication").get(f"/desk/people/{ada.pk}/")

    assert f'href="/desk/photographs/{photo.pk}/"' in page.text


def test_list_of_photographs_is_narrowed_to_those_that_show_somebody(client_of, photo, ada):
    factories.PhotoFactory(key="other", alternative="A chair")
    photo.people.add(ada)

    page = client_of("communication").get("/desk/photographs/?people=Ada")

    assert ("A table" in words(page), "A chair" in words(page)) == (True, False)


def test_deleting_a_person_tells_of_the_photographs_and_brings_them_back(client_of, photo, ada):
    photo.people.add(ada)
    officer = client_of("membership")

    page = officer.get(f"/desk/people/{ada.pk}/delete/")
    officer.post(f"/desk/people/{ada.pk}/delete/")
    left = list(photo.people.all())
    wastebasket.restore(wastebasket.Deletion.objects.get())

    assert "This stays, and no longer names it Care" in words(page)
    assert (left, list(photo.people.all())) == ([], [ada])


def test_the_desk_tells_of_photographs_of_somebody_whose_data_will_be_erased(client_of, photo, ada):
    factories.ContactFactory(person=ada, recorded_on="2015")
    photo.people.add(ada)

    [row] = client_of("membership").get("/desk/erasures/").context["erasures"]

    assert row.beside == [("1 photograph stays: look at its consent", "/desk/photographs/?people=Ada")]
    assert row.on - timezone.localdate() == timedelta(0)


def test_whom_photographs_show_is_dumped_and_loaded(photo, ada, tmp_path):
    photo.people.add(ada)
    Photo.objects.update(consent="given", consent_on="2024-10", consent_how="By a form")
    dump(tmp_path)
    Photo.objects.all().delete()

    load(tmp_path)

    kept = Photo.objects.get()
    assert (list(kept.people.all()), kept.consent, str(kept.consent_on), kept.consent_how) == (
        [ada], "given", "2024-10", "By a form",
    )  # fmt: skip
