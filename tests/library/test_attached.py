"""Papers and photographs of a record: kept in its form, deleted and brought back, loaded and dumped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from tests import factories
from tests.core.crud.reading import form_of, toasts, words
from tests.website.editing.conftest import media, photo
from umbel.communication.models import Story
from umbel.core import wastebasket
from umbel.core.crud.sections import get_section
from umbel.core.exchange.dumping import dump
from umbel.core.exchange.loading import LoadError, load
from umbel.library.models import Document, Placement

__all__ = ["media", "photo"]

pytestmark = pytest.mark.django_db

KINDS = ["positions", "stories", "events", "statutory-meetings", "project-meetings", "projects", "campaigns", "press"]


def photographs(*names):
    """What a form sends of the photographs on a page, by their names."""
    prefix = "photographs-on-pages"
    rows = {f"{prefix}-{number}-photo": name for number, name in enumerate(names)}
    orders = {f"{prefix}-{number}-order": str(number) for number, _name in enumerate(names)}
    return {f"{prefix}-TOTAL_FORMS": str(len(names)), **rows, **orders}


def row_of(slug):
    return factories.FACTORIES[get_section(slug).model]()


@pytest.mark.parametrize("slug", KINDS)
def test_form_of_a_record_keeps_its_papers(client_of, media, slug):
    row, officer = row_of(slug), client_of("secretariat")
    address = f"/desk/{slug}/{row.pk}/"
    data, _texts = form_of(officer.get(address))
    paper = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 ...")
    data |= {"documents-TOTAL_FORMS": "1", "documents-0-title": "Minutes", "documents-0-file": paper}
    data |= {"documents-0-language": "en", "documents-0-date": "Oct 2024", "documents-0-audience": "members"}

    answer = officer.post(address, data, follow=True)

    assert toasts(answer) == [f"“{row}” was saved."]
    [kept] = Document.objects.of(row)
    assert (kept.title, kept.key, str(kept.date), kept.audience) == ("Minutes", "minutes", "2024-10", "members")
    assert 'value="Minutes"' in officer.get(address).content.decode()


def test_new_record_is_added_with_a_paper_and_a_photograph(client_of, photo):
    officer = client_of("communication")
    data, _texts = form_of(officer.get("/desk/stories/add/"))
    data |= {"title": "A mill", "lead": "It grinds.", "text": "Flour **and** bread"}
    data |= {"documents-TOTAL_FORMS": "1", "documents-0-title": "Notes", "documents-0-audience": "secretariat"}
    data |= photographs("Care")

    answer = officer.post("/desk/stories/add/", data, follow=True)

    assert toasts(answer) == ["“A mill” was added."]
    [placed] = Placement.objects.all()
    story = placed.record
    assert (story.lead, story.text) == ("It grinds.", "<p>Flour <strong>and</strong> bread</p>")
    assert [paper.title for paper in Document.objects.of(story)] == ["Notes"]


@pytest.mark.parametrize("missing", ["file", "credit", "alternative"])
def test_photograph_without_credit_or_alternative_text_is_not_placed(client_of, media, missing):
    story, officer = factories.StoryFactory(), client_of("communication")
    whole = {"file": "care.jpg", "credit": "Somebody", "alternative": "A table"}
    factories.PhotoFactory(key="bare", title="Bare", **{**whole, "file": "", missing: ""})
    address = f"/desk/stories/{story.pk}/"
    data, _texts = form_of(officer.get(address))
    data |= photographs("Bare")

    answer = officer.post(address, data)

    assert answer.status_code == 422
    assert "This photograph cannot be placed: it needs a file, a credit and an alternative text." in words(answer)
    assert not Placement.objects.exists()


def test_papers_of_a_meeting_are_filed_under_the_event_that_it_is(as_secretariat):
    factories.MeetingFactory(title="Assembly")
    data, _texts = form_of(as_secretariat.get("/desk/documents/add/"))

    as_secretariat.post("/desk/documents/add/", {**data, "title": "Minutes", "record": "Statutory meeting: Assembly"})

    assert Document.objects.get().content_type.model == "event"


@pytest.mark.parametrize("is_new", [True, False])
def test_photograph_stands_once_on_a_page(client_of, photo, is_new):
    officer = client_of("communication")
    address = "/desk/stories/add/" if is_new else f"/desk/stories/{factories.StoryFactory().pk}/"
    data, _texts = form_of(officer.get(address))
    data |= {"title": "A mill", **photographs("Care", "Care")}

    answer = officer.post(address, data)

    assert answer.status_code == 422
    assert "The same stands here twice." in words(answer)
    assert not Placement.objects.exists()


def test_photograph_that_stands_on_a_page_is_not_placed_there_again(client_of, photo):
    placed, officer = factories.PlacementFactory(photo=photo), client_of("communication")
    address = f"/desk/publications/{placed.record.pk}/"
    data, _texts = form_of(officer.get(address))
    data |= {**photographs("Care", "Care"), "photographs-on-pages-0-photo-number": str(photo.pk)}

    answer = officer.post(address, data)

    assert answer.status_code == 422
    assert Placement.objects.get() == placed
    with pytest.raises(IntegrityError):
        factories.PlacementFactory(photo=photo, record=placed.record)


def test_paper_is_given_to_a_record_and_taken_from_it_in_its_own_form(as_secretariat):
    event, paper = factories.EventFactory(title="A hearing"), factories.DocumentFactory(title="Slides")
    address = f"/desk/documents/{paper.pk}/"
    data, _texts = form_of(as_secretariat.get(address))
    as_secretariat.post(address, {**data, "record": "Event: A hearing"})
    assert Document.objects.get().record == event

    data, _texts = form_of(as_secretariat.get(address))
    as_secretariat.post(address, {**data, "record": "", "record-number": ""})

    assert Document.objects.get().record is None


def test_paper_outlives_the_record_that_is_deleted_and_belongs_to_it_when_it_is_back(tmp_path):
    story = factories.StoryFactory()
    paper = factories.DocumentFactory(record=story, title="Notes")
    deletion = wastebasket.discard(story)

    told = dump(tmp_path / "dump")
    assert (told.files["documents.csv"], told.lost) == (1, [])
    back = wastebasket.restore(deletion)

    assert list(Document.objects.of(back)) == [paper]


def test_texts_papers_and_photographs_are_dumped_and_loaded_as_they_are(photo, tmp_path):
    meeting = factories.MeetingFactory(lead="In Rome.", text="<h2>Held</h2><p>By <strong>all</strong>.</p>")
    factories.DocumentFactory(key="papers", record=meeting.event_ptr, title="Papers", date="2024-06")
    factories.DocumentFactory(key="alone", title="Alone")
    factories.PlacementFactory(photo=photo, record=meeting.event_ptr, order=2)
    before = dump(tmp_path / "first")
    assert (tmp_path / "first" / "documents.csv").read_text().splitlines()[1:] == [
        "alone,,Alone,,,,,public",
        f"papers,event/{meeting.key},Papers,,,,2024-06,public",
    ]
    assert (tmp_path / "first" / "placements.csv").read_text().splitlines()[1:] == [f"event/{meeting.key},care,2"]

    summary = load(tmp_path / "first").whole

    assert (summary.created, summary.changed, summary.unchanged) == (0, 0, sum(before.files.values()))


def test_text_in_a_file_may_be_typed_with_marks(tmp_path):
    (tmp_path / "stories.yaml").write_text(
        "- {key: mill, title: A mill, text: 'Flour **and** <script>x</script> bread'}"
    )

    load(tmp_path)

    assert [row.text for row in Story.objects.all()] == [
        "<p>Flour <strong>and</strong> &lt;script&gt;x&lt;/script&gt; bread</p>"
    ]


def test_photograph_that_cannot_be_placed_is_refused_from_a_file(tmp_path):
    factories.PhotoFactory(key="bare")
    factories.StoryFactory(key="mill")
    (tmp_path / "placements.csv").write_text("record,photo,order\nstory/mill,bare,1\n")

    with pytest.raises(LoadError, match="cannot be placed"):
        load(tmp_path)
