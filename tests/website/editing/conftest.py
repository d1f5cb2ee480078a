"""Who edits the site, and a photograph that can be placed."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests import factories
from umbel.core import languages


@pytest.fixture
def as_officer(client_of):
    return client_of("communication")


@pytest.fixture
def own(db):
    """A confederation that writes first in English."""
    yield factories.ConfederationFactory(languages="en fr pl")
    languages._offered.clear()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(width=1200, height=800, form="JPEG", **more):
    written = BytesIO()
    Image.new("RGB", (width, height), "#14495c").save(written, form, **more)
    return written.getvalue()


@pytest.fixture
def photo(media):
    """A photograph with a file, a credit and an alternative text."""
    made = factories.PhotoFactory.build(key="care", alternative="A table", title="Care", licence="CC BY 4.0")
    made.file.save("care/care.jpg", ContentFile(picture()))
    return made


def wanted(form, **values):
    """What a browser sends for a form as it stands, with some values typed over."""
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if value not in (None, False, "") and type(field).__name__ not in {"FileField", "UploadField"}:
            data[name] = value
    return {**data, **values}
