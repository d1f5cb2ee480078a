"""The confederation's own logo wherever it shows itself, and Umbel's mark where it has none."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from tests import factories
from tests.website.editing.conftest import media, own, picture
from tests.website.page import page_of
from umbel.reports.actions import report_page

__all__ = ["media", "own"]

pytestmark = pytest.mark.django_db

FOR_ALL = ["/", "/positions/", "/figures/2024/", "/account/login/"]


@pytest.fixture
def logo(own, media):
    """The confederation with a logo that is wider than it is high."""
    own.logo.save("a1b2/logo.png", ContentFile(picture(800, 400, "PNG")))
    return own


def shown(page):
    return [(image["alt"], image["src"].rpartition("/")[2]) for image in page.named("img")]


def icons(page):
    return [(link["rel"], link["href"].rpartition("/")[2]) for link in page.named("link") if "icon" in link["rel"]]


@pytest.mark.parametrize("address", FOR_ALL)
def test_logo_stands_in_the_bar_and_is_the_icon_of_every_page(logo, address):
    page = page_of(address)

    assert shown(page) == [("Logo", "bar.png")]
    assert icons(page) == [("icon", "icon.png"), ("apple-touch-icon", "icon.png")]


@pytest.mark.parametrize("address", FOR_ALL)
def test_without_a_logo_the_mark_of_the_product_stands_there(own, address):
    page = page_of(address)

    assert shown(page) == []
    assert icons(page) == [("icon", "mark.svg")]
    assert ("svg", {"class": "mark", "viewbox": "0 0 32 32", "aria-hidden": "true"}) in page.elements


@pytest.mark.parametrize(("seat", "address"), [("communication", "/desk/"), ("representative_a", "/my/")])
def test_logo_stands_on_the_desk_and_in_the_member_area(logo, client_of, seat, address):
    page = page_of(address, client_of(seat))

    assert shown(page)[:1] == [("Logo", "bar.png")]
    assert icons(page) == [("icon", "icon.png"), ("apple-touch-icon", "icon.png")]


@pytest.mark.parametrize(("form", "size"), [("bar", (240, 120)), ("icon", (180, 180)), ("whole", (800, 400))])
def test_logo_is_given_out_in_the_size_that_a_page_needs(logo, form, size):
    (image,) = page_of("/").named("img")

    answer = Client().get(image["src"].replace("bar.png", f"{form}.png"))

    assert Image.open(BytesIO(answer.content)).size == size
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=31536000")


def test_other_file_has_another_address(logo):
    (before,) = page_of("/").named("img")

    logo.logo.save("c3d4/logo.png", ContentFile(picture(400, 400, "PNG")))

    (after,) = page_of("/").named("img")
    assert after["src"] != before["src"]
    assert [Client().get(image["src"]).status_code for image in (before, after)] == [404, 200]


@pytest.mark.parametrize("name", ["confederation/gone.png", "confederation/text.png", "../outside.png"])
def test_logo_that_cannot_be_drawn_is_none(own, media, name):
    (media / "confederation").mkdir()
    (media / "confederation" / "text.png").write_text("no picture")
    own.logo = name
    own.save()

    assert shown(page_of("/")) == []


def test_no_other_form_is_there(logo):
    (image,) = page_of("/").named("img")

    assert Client().get(image["src"].replace("bar.png", "huge.png")).status_code == 404


def test_page_without_a_picture_is_passed_on_with_the_logo(logo):
    page = page_of("/positions/")

    told = {each["property"]: each["content"] for each in page.named("meta") if "property" in each}
    assert told["og:image"].startswith("http://127.0.0.1:8000/logo/")
    assert told["og:image:alt"] == f"Logo of {logo.name}"


def test_home_tells_machines_the_logo(logo):
    page = page_of("/")

    image = next(each["content"] for each in page.named("meta") if each.get("property") == "og:image")
    [data] = page.words("script")
    assert f'"logo": "{image}"' in data


@pytest.mark.parametrize("has_logo", [False, True])
def test_logo_costs_no_query(own, media, has_logo, django_assert_num_queries):
    factories.PositionFactory()
    if has_logo:
        own.logo.save("a1b2/logo.png", ContentFile(picture(40, 20, "PNG")))

    with django_assert_num_queries(8):
        page_of("/positions/")


def test_logo_stands_on_a_report_that_is_written_to_files_and_on_no_other(logo):
    report = factories.ReportFactory(year=2024)

    written = report_page(report, "assets/")
    logo.logo.delete()

    assert 'class="cover-logo" src="data:image/png;base64,' in written
    assert "cover-logo" not in report_page(report, "assets/")


def test_report_does_without_a_logo_that_breaks_off(own, media):
    own.logo.save("a1b2/logo.png", ContentFile(picture(800, 400, "PNG")[:900]))

    assert "cover-logo" not in report_page(factories.ReportFactory(year=2024), "assets/")
