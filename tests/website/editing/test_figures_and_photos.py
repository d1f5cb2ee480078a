"""What the editor asks the server: figures to insert, figures that a typed number is, photographs."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests import factories
from tests.website.editing.conftest import picture
from umbel.library.models import Photo
from umbel.library.pictures import mark_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(own):
    """A year with eight positions and one reported number."""
    factories.PositionFactory.create_batch(8, date="2024-05-02")
    factories.SiteFigureFactory(measure="users", date="2024", value=7300, source="the tool of the site")


def rows(answer):
    return answer.json()["rows"]


def test_figures_are_found_by_words_of_their_names(year, as_officer):
    found = rows(as_officer.get("/desk/prose/figures/?q=position papers&year=2024"))

    told = next(row for row in found if row["key"] == "advocacy.positions")
    assert (told["value"], told["period"], told["kind"], told["unit"]) == ("8", "2024", "counted", "")
    assert told["label"]
    assert told["url"].endswith("/figures/2024/advocacy.positions/")


def test_figures_are_told_by_their_keys_and_unknown_ones_left_out(year, as_officer):
    found = rows(as_officer.get("/desk/prose/figures/?keys=advocacy.positions,advocacy.songs&year=2024"))

    assert [row["key"] for row in found] == ["advocacy.positions"]


def test_typed_number_that_is_a_figure_of_the_year_suggests_it(year, as_officer):
    found = rows(as_officer.get("/desk/prose/figures/?numbers=8,7300,999&year=2024"))

    suggested = {(row["number"], row["key"]) for row in found}
    assert {(8, "advocacy.positions"), (7300, "communication.website_users")} <= suggested
    assert {number for number, _key in suggested} == {8, 7300}


@pytest.mark.parametrize("numbers", ["0,1", "2024", "", "x", "9" * 200, "-8"])
def test_numbers_that_are_words_or_years_suggest_nothing(year, as_officer, numbers):
    assert rows(as_officer.get("/desk/prose/figures/", {"numbers": numbers, "year": "2024"})) == []


def test_photographs_that_can_be_placed_are_found(photo, own, as_officer):
    factories.PhotoFactory(key="bare")

    assert [row["key"] for row in rows(as_officer.get("/desk/prose/photos/?q=table"))] == ["care"]
    assert [row["key"] for row in rows(as_officer.get("/desk/prose/photos/"))] == ["care"]


def test_photograph_is_shown_in_several_widths_with_its_credit(photo, own, as_nobody):
    factories.PageFactory(path="care", body='<figure data-photo="care"><figcaption>At work</figcaption></figure>')

    shown = as_nobody.get("/care/").content.decode()

    mark = mark_of(photo)
    addresses = ", ".join(f"/photos/{photo.pk}-{mark}-{width}.webp {width}w" for width in (480, 960, 1600))
    assert f'srcset="{addresses}"' in shown
    assert 'width="1200" height="800" alt="A table"' in shown
    assert "At work <small>© Somebody · CC BY 4.0</small>" in shown


@pytest.mark.parametrize(("width", "drawn"), [(480, (480, 320)), (960, (960, 640)), (1600, (1200, 800))])
def test_photograph_is_made_smaller_and_never_larger(photo, as_nobody, width, drawn):
    answer = as_nobody.get(f"/photos/{photo.pk}-{mark_of(photo)}-{width}.webp")

    shown = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert (shown.format, shown.size, answer["Content-Type"]) == ("WEBP", drawn, "image/webp")
    assert "max-age=31536000" in answer["Cache-Control"]


def test_what_a_camera_wrote_is_not_served_and_the_picture_stands_upright(media, as_nobody):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of somebody"
    photo = factories.PhotoFactory.build(key="turned", alternative="A table")
    photo.file.save("turned/a.jpg", ContentFile(picture(exif=exif.tobytes())))

    answer = as_nobody.get(f"/photos/{photo.pk}-{mark_of(photo)}-480.webp")

    shown = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert shown.size == (480, 720)
    assert dict(shown.getexif()) == {}


def test_photograph_is_made_once(photo, as_nobody, media):
    address = f"/photos/{photo.pk}-{mark_of(photo)}-480.webp"
    b"".join(as_nobody.get(address).streaming_content)
    kept = next((media / "private" / "pictures").iterdir())
    kept.write_bytes(b"kept")

    assert b"".join(as_nobody.get(address).streaming_content) == b"kept"


def test_photograph_that_a_browser_has_is_not_sent_again(photo, as_nobody):
    address = f"/photos/{photo.pk}-{mark_of(photo)}-480.webp"
    first = as_nobody.get(address)
    etag = first["ETag"]
    b"".join(first.streaming_content)

    again = as_nobody.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag


@pytest.mark.parametrize("address", ["{pk}-{mark}-481", "{pk}-{mark}-99999", "{pk}-x-480", "0-{mark}-480"])
def test_other_widths_and_marks_are_not_there(own, media, photo, as_nobody, address):
    path = address.format(pk=photo.pk, mark=mark_of(photo))

    assert as_nobody.get(f"/photos/{path}.webp").status_code == 404
    assert not (media / "private").exists()


def test_photograph_for_members_is_not_there_for_visitors(own, photo, client_of):
    Photo.objects.filter(pk=photo.pk).update(audience="members")
    address = f"/photos/{photo.pk}-{mark_of(photo)}-480.webp"

    answers = {seat: client_of(seat).get(address) for seat in ("nobody", "representative_a")}
    b"".join(answers["representative_a"].streaming_content)

    assert {seat: answer.status_code for seat, answer in answers.items()} == {"nobody": 404, "representative_a": 200}
    assert "private" in answers["representative_a"]["Cache-Control"]


def test_file_that_is_gone_or_no_picture_leaves_a_page_without_it(photo, own, as_nobody, media):
    factories.PageFactory(path="care", body='<p>One</p><figure data-photo="care"></figure>')
    (media / photo.file.name).write_bytes(b"no picture")

    assert "<img" not in as_nobody.get("/care/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert as_nobody.get(f"/photos/{photo.pk}-{mark_of(photo)}-480.webp").status_code == 404


def test_photograph_is_not_kept_without_credit_and_alternative_text(own, as_officer, media):
    file = ContentFile(picture(), name="a.jpg")

    answer = as_officer.post("/desk/photographs/add/", {"file": file, "credit": "Somebody", "audience": "public"})

    words = "A photograph needs a credit and an alternative text before it is placed."
    assert answer.context["form"].errors["alternative"] == [words]
    assert not Photo.objects.exists()
