"""What the page of a record tells beside its facts: introduction, text, photograph, papers, addresses outside."""

import re

import pytest
from django.core.files.base import ContentFile

from tests import factories
from tests.website.editing.conftest import media, own, photo, picture
from tests.website.page import Page, page_of
from umbel.core.translations.models import translate

__all__ = ["media", "own", "photo"]

pytestmark = pytest.mark.django_db

TOLD = ["Story", "Position", "JointLetter", "Event", "Issue", "Video", "Publication", "Project", "Campaign"]


def made(kind, **fields):
    return getattr(factories, f"{kind}Factory")(**fields)


def with_file(row, name, content=b"%PDF-1.7 ..."):
    row.file.save(f"a1b2/{name}", ContentFile(content))
    return row


def listed(page, label):
    """The rows of a part of a page by the id of its heading: the words of each, joined."""
    rows = {}
    for text, around in page.texts:
        row = next((attributes for tag, attributes in around if tag == "li" and "data-record" in attributes), None)
        if row is not None and any(attributes.get("aria-labelledby") == label for _, attributes in around):
            rows.setdefault(id(row), []).append(text)
    return [" ".join(texts) for texts in rows.values()]


def lede(page):
    return [text for text, around in page.texts if around[-1][1].get("class") == "lede"]


def prose(page):
    return [text for text, around in page.texts if any(each.get("class") == "prose" for _, each in around)]


@pytest.mark.parametrize("kind", TOLD)
def test_page_shows_introduction_and_text_with_the_figures_of_the_day(own, client, kind):
    factories.PositionFactory(date="2023-03-01")
    text = '<p>We said it <span data-figure="advocacy.positions" data-period="2023" data-form="words"></span>.</p>'
    row = made(kind, lead="Said in brief.", text=text)

    page = page_of(row.get_absolute_url())

    assert lede(page) == ["Said in brief."]
    assert "".join(prose(page)) == "We said itonecounted."
    assert {meta["content"] for meta in page.named("meta") if meta.get("name") == "description"} == {"Said in brief."}


def test_markup_in_a_text_is_taken_out(own):
    story = factories.StoryFactory(lead="<b>bold</b>", text="<script>alert(1)</script><p onclick='x'>Words</p>")

    page = page_of(story.get_absolute_url())

    assert story.text == "<p>Words</p>"
    assert lede(page) == ["<b>bold</b>"]


def test_polish_reader_reads_polish_and_the_rest_marked_as_english(own, client):
    story = factories.StoryFactory(title="A mill", lead="It grinds.", text="<p>Flour</p>")
    translate(story, "title", "pl", "Młyn")
    translate(story, "text", "pl", "<p>Mąka</p>")

    shown = client.get(f"/pl{story.get_absolute_url()}").content.decode()

    assert '<h1 class="display">Młyn</h1>' in shown
    assert re.findall(
        r'<p class="lede"><span lang="en">(.*?)</span> <small class="in-tongue".*?>(.*?)</small>', shown
    ) == [("It grinds.", "Angielski")]
    assert '<div class="prose"><p>Mąka</p></div>' in shown


def test_polish_reader_is_offered_the_polish_version_first(own, media, client):
    snapshot = factories.PublicationFactory(title="Snapshot")
    for language, title in (("en", "Snapshot"), ("es", "Instantánea"), ("pl", "Migawka")):
        with_file(
            factories.LanguageVersionFactory(publication=snapshot, language=language, title=title), f"{language}.pdf"
        )

    polish, english = (Page(client.get(f"{at}{snapshot.get_absolute_url()}").text) for at in ("/pl", ""))

    assert [row.split()[0] for row in listed(polish, "versions")] == ["pl", "en", "es"]
    assert polish.words("h1") == ["Migawka"]
    assert listed(english, "versions") == [
        "en Snapshot English PDF, 12\xa0bytes",
        "pl Migawka Polish PDF, 12\xa0bytes",
        "es Instantánea Spanish PDF, 12\xa0bytes",
    ]


def test_file_of_a_language_version_is_served_to_whoever_sees_the_publication(own, media, client):
    open_one, closed = (factories.LanguageVersionFactory(publication__audience=each) for each in ("public", "members"))
    for version in (open_one, closed):
        with_file(version, "snapshot.pdf")

    [address] = [link["href"] for link in page_of(open_one.publication.get_absolute_url()).named("a")
                 if link.get("hreflang") == "en" and "/files/" in link["href"]]  # fmt: skip

    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.7 ..."
    assert client.get(address.replace(str(open_one.pk), str(closed.pk))).status_code == 404


def test_papers_stand_on_the_page_with_language_type_size_and_date(own, media, client):
    position = factories.PositionFactory()
    late = factories.DocumentFactory(record=position, title="Annex", language="en", date="2024-10")
    with_file(late, "annex.docx", b"x" * 2048)
    factories.DocumentFactory(record=position, title="Elsewhere", address="https://example.org/a")
    factories.DocumentFactory(record=factories.PositionFactory(), title="Of another one")

    assert listed(page_of(position.get_absolute_url()), "papers") == [
        "en Annex Oct 2024 · DOCX, 2.0\xa0KB",
        "Elsewhere",
    ]


def test_papers_of_a_meeting_stand_on_its_page_under_whichever_kind_they_name_it(own, client):
    meeting = factories.MeetingFactory()
    for number, record in enumerate((meeting, meeting.event_ptr)):
        factories.DocumentFactory(record=record, title=f"Paper {number}")

    assert listed(page_of(meeting.get_absolute_url()), "papers") == ["Paper 0", "Paper 1"]


@pytest.mark.parametrize(
    ("seat", "titles"),
    [("nobody", []), ("reader", []), ("representative_a", ["Minutes"]), ("secretariat", ["Minutes"])],
)
def test_papers_for_members_are_named_to_members_only(own, client_of, seat, titles):
    event = factories.EventFactory(key="assembly")
    factories.DocumentFactory(record=event, title="Minutes", audience="members")
    factories.DocumentFactory(record=event, title="Draft", audience="administrator")
    client = client_of(seat)

    answer = client.get("/events/assembly/")

    assert listed(Page(answer.text), "papers") == titles
    assert ("There are papers for members." in answer.text) == (not titles)
    assert ('<a href="/account/login/?next=/events/assembly/">' in answer.text) == (seat == "nobody")
    assert "Draft" not in answer.text


@pytest.mark.parametrize("kind", ["PolicyFile", "Group", "Series", "Grant", "Body"])
def test_papers_of_what_lasts_stand_on_its_page(own, kind):
    row = made(kind)
    factories.DocumentFactory(record=row, title="Terms")

    assert listed(page_of(row.get_absolute_url()), "papers") == ["Terms"]


def test_page_of_a_document_leads_to_its_file_and_record(own, media):
    event = factories.EventFactory(title="A hearing")
    paper = with_file(factories.DocumentFactory(record=event, title="Slides", key="slides"), "slides.pdf")

    links = {link["href"] for link in page_of("/documents/slides/").named("a")}

    assert {f"/files/library.document/{paper.pk}/file/", event.get_absolute_url()} <= links


@pytest.mark.parametrize(
    ("kind", "label"), [("Video", "Watch it at"), ("PressItem", "Read it at"), ("JointLetter", "Read it at"),
                        ("Publication", "Read it at")]
)  # fmt: skip
def test_what_stands_elsewhere_is_linked_and_not_embedded(own, kind, label):
    row = made(kind, address="https://video.example.org/watch?v=1")

    page = page_of(row.get_absolute_url())

    assert [link for link in page.named("a") if link["href"] == row.address] == [
        {"href": row.address, "rel": "external"}
    ]
    assert label in page.words("dt")
    assert "video.example.org" in page.words("dd")
    assert page.named("iframe") == []


def test_publication_tells_its_licence(own):
    publication = factories.PublicationFactory(licence="CC BY 4.0")

    assert "CC BY 4.0" in page_of(publication.get_absolute_url()).words("dd")


def test_photograph_stands_for_a_story_instead_of_the_drawing(own, photo, client):
    story = factories.StoryFactory(key="mill")
    page, cards, home = (Page(client.get(path).text) for path in ("/stories/mill/", "/stories/", "/"))
    assert [len(each.named("img")) for each in (page, cards, home)] == [0, 0, 0]

    factories.PlacementFactory(record=story, photo=photo)
    page, cards, home = (Page(client.get(path).text) for path in ("/stories/mill/", "/stories/", "/"))

    for each in (page, cards, home):
        assert [image["alt"] for image in each.named("img")] == ["A table"]
        assert [text for text in each.words("small") if "©" in text] == ["© Somebody · CC BY 4.0"]
    [image] = [meta["content"] for meta in page.named("meta") if meta.get("property") == "og:image"]
    shown = client.get(image.removeprefix("http://localhost:8000"))
    assert (image[-10:], b"".join(shown.streaming_content)[8:12]) == ("-1600.webp", b"WEBP")


def test_photographs_stand_in_their_order(own, photo, media):
    event = factories.EventFactory()
    second = factories.PhotoFactory.build(key="hall", alternative="A hall")
    second.file.save("hall/hall.jpg", ContentFile(picture()))
    factories.PlacementFactory(record=event, photo=photo, order=2)
    factories.PlacementFactory(record=event, photo=second, order=1)

    assert [image["alt"] for image in page_of(event.get_absolute_url()).named("img")] == ["A hall", "A table"]


def test_photograph_for_members_is_not_shown_to_visitors(own, photo):
    story = factories.StoryFactory()
    factories.PlacementFactory(record=story, photo=photo)
    photo.audience = "members"
    photo.save()

    assert page_of(story.get_absolute_url()).named("img") == []
    assert page_of("/stories/").named("img") == []


def test_issue_in_the_archive_shows_its_text(own):
    issue = factories.IssueFactory(newsletter__name="Link", text="<h2>Care</h2><p>The strategy is out.</p>")

    assert "The strategy is out." in page_of(issue.get_absolute_url()).words("p")


def test_front_page_opens_with_the_introduction_of_the_latest_position(own):
    file = factories.PolicyFileFactory(standing="mixed")
    position = factories.PositionFactory(lead="It could be better.")
    position.topics.add(file)
    assert lede(page_of("/")) == ["It could be better."]

    position.lead = ""
    position.save()

    assert lede(page_of("/")) == ["Mixed."]


@pytest.mark.parametrize(("count", "papers"), [(1, 1), (3, 3)])
def test_page_costs_the_same_with_more_papers_and_photographs(own, photo, django_assert_num_queries, count, papers):
    story = factories.StoryFactory(lead="It grinds.", text="<p>Flour</p>")
    for number in range(count):
        factories.DocumentFactory(record=story, title=f"Paper {number}")
        shown = factories.PhotoFactory(key=f"photo-{number}", file=photo.file.name, alternative="A table")
        factories.PlacementFactory(record=story, photo=shown)
    page_of(story.get_absolute_url())
    factories.StoryFactory()

    with django_assert_num_queries(QUERIES):
        assert len(page_of(story.get_absolute_url()).named("img")) == papers


QUERIES = 11


def test_page_of_a_member_shows_its_logo_and_tells_it_to_machines(own, media, client):
    member = factories.OrganisationFactory(key="coceta", name="COCETA")
    member.logo.save("a1b2/mark.png", ContentFile(picture()))

    page = page_of("/organisations/coceta/")

    (image,) = page.named("img")
    assert image == {"src": f"/files/network.organisation/{member.pk}/logo/?file=mark.png", "alt": ""}
    assert page.words("h1") == ["COCETA"]
    assert f'"logo": "http://127.0.0.1:8000{image["src"]}"' in client.get("/organisations/coceta/").text
    assert b"".join(client.get(image["src"]).streaming_content) == picture()


def test_long_parts_of_a_member_open_on_demand(own):
    member = factories.OrganisationFactory(key="coceta")
    for number in range(14):
        child = factories.OrganisationFactory(name=f"Cooperative {number:02}")
        factories.OrganisationLinkFactory(child=child, parent=member)
        factories.PostFactory(organisation=member, person__name=f"Person {number:02}")
        factories.EventPartnerFactory(organisation=member, event__date="2024-05-02")

    short, whole = page_of("/organisations/coceta/?year=2024"), page_of("/organisations/coceta/?year=2024&all=1")

    def shown(page):
        text = " ".join(page.words("a"))
        return text.count("Cooperative "), text.count("Person "), page.words("a").count("Show all")

    assert (shown(short), shown(whole)) == ((12, 12, 3), (14, 14, 0))
