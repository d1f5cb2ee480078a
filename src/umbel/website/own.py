"""The confederation and its channels, as every page shows them: asked for once for each state of the records."""

from django.db.models import Exists

from umbel.communication.models import Channel
from umbel.core.logo import mark_of
from umbel.core.models import Confederation
from umbel.core.translations.saying import localise
from umbel.network.rules import today
from umbel.website.editing.system import foot_conditions
from umbel.website.freshness import kept
from umbel.website.models import FrontBlock, MenuItem


def confederation() -> Confederation | None:
    """Return the confederation, nothing before one is on record.

    It knows whether somebody arranged a menu (`with_menu`) or the front page (`with_blocks`), and which of the pages
    of the foot are out (`with_privacy` …). `logo_mark` stands for its logo, "" without one.
    """
    return kept("confederation", _confederation, of_all=True)


def _confederation() -> Confederation | None:
    arranged = {"with_menu": Exists(MenuItem.objects.all()), "with_blocks": Exists(FrontBlock.objects.all())}
    found: Confederation | None = Confederation.objects.annotate(**arranged, **foot_conditions()).first()
    localise([found])
    if found is not None:
        found.logo_mark = mark_of(found)
    return found


def channels() -> list[Channel]:
    """Return the channels that are open today and stand in the foot of the site."""
    return kept("channels", _channels, of_all=True)


def _channels() -> list[Channel]:
    return list(Channel.objects.visible_to(None).in_force(today()).filter(in_footer=True))
