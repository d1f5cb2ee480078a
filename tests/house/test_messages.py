"""The catalogues: every text of the interface is there in every language, with what code puts into it."""

import re
from gettext import GNUTranslations

import pytest
from babel.messages.pofile import read_po

from tests.house.tree import SOURCE

LANGUAGES = ["es", "fr", "it", "pl"]
SLOT = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|%%|\{[a-z_0-9]*\}")
MARKUP = re.compile(r"</?[a-z]+[^>]*>")


def path_of(language):
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def messages(language):
    with path_of(language).open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def slots(text):
    return set(SLOT.findall(text))


def compiled(catalogue, message):
    """What the compiled catalogue says for a message: for one, where it has several forms."""
    if isinstance(message.id, tuple):
        return catalogue.ngettext(*message.id, 1)
    return catalogue.pgettext(message.context, message.id) if message.context else catalogue.gettext(message.id)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_languages_are_those_that_are_kept():
    assert sorted(path.name for path in (SOURCE / "locale").iterdir()) == LANGUAGES


def test_every_text_is_translated(language):
    assert [message.id for message in messages(language) if message.fuzzy or not all(texts(message))] == []


def test_all_languages_have_the_same_texts():
    known = {each: {(message.context, message.id) for message in messages(each)} for each in LANGUAGES}

    assert len(set(map(frozenset, known.values()))) == 1
    assert len(known["fr"]) > 2000


def test_a_translation_has_the_slots_of_its_original(language):
    broken = []
    for message in messages(language):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted, last = set().union(*map(slots, originals)), texts(message)[-1]
        # One of something may go without its number; the form for many may not.
        broken += [message.id for text in texts(message) if not slots(text) <= wanted]
        broken += [message.id] if slots(last) != slots(originals[-1]) else []

    assert broken == []


def test_a_translation_has_the_markup_of_its_original(language):
    plain = [message for message in messages(language) if isinstance(message.id, str)]

    assert [
        message.id for message in plain if sorted(MARKUP.findall(message.id)) != sorted(MARKUP.findall(message.string))
    ] == []


def test_what_is_compiled_is_what_is_written(language):
    with path_of(language).with_suffix(".mo").open("rb") as file:
        catalogue = GNUTranslations(file)

    differing = [message.id for message in messages(language) if compiled(catalogue, message) != texts(message)[0]]

    assert differing == []
