"""The directory of the network: who works where, and how they can be reached by whoever they agreed to."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.governance.models import Mandate
from umbel.network.models import Contact, Membership, Organisation, Person, Post
from umbel.network.rules import today
from umbel.website.filters import Filter
from umbel.website.shelves.network import People
from umbel.website.telling import Line

Kind = Contact.Kind
SIGNS = {
    Kind.EMAIL: ("mail", "mailto:{}"),
    Kind.PHONE: ("phone", "tel:{}"),
    Kind.SITE: ("globe", "{}"),
    Kind.ADDRESS: ("map-pin", ""),
}
"""The icon of each kind of contact, and where it leads."""


def network_today(user: Any) -> QuerySet[Organisation]:
    """Return the members of today and the confederation itself, as far as a user may see them."""
    members = Membership.objects.in_force(today()).values("organisation")
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    return rows.filter(Q(pk__in=members) | Q(kind=Organisation.Kind.SELF))


def people_today(user: Any) -> QuerySet[Person]:
    """Return who has a function today in a member, in the secretariat or in a body of the confederation."""
    posts = Post.objects.in_force(today()).filter(organisation__in=network_today(user).values("pk"))
    mandates = Mandate.objects.visible_to(user).in_force(today())
    rows: QuerySet[Person] = Person.objects.visible_to(user)
    return rows.filter(Q(pk__in=posts.values("person")) | Q(pk__in=mandates.values("person")))


class Workplace(Filter):
    """The organisation in which somebody works, of those of the network."""

    def options(self, user: Any) -> Sequence[tuple[str, str]]:
        return list(network_today(user).values_list("key", "name"))

    def narrow(self, rows: Any, value: str, user: Any) -> Any:
        chosen = network_today(user).filter(key=value)
        return rows.filter(pk__in=Post.objects.in_force(today()).filter(organisation__in=chosen).values("person"))


class Directory(People):
    """People of the network as the member area lists them."""

    slug = "my/directory"
    label = _("Directory")
    about = _("Who works in the network, and how to reach them. Everybody decides who sees their contact data.")
    finder = _("Name or function")
    filters: ClassVar[Sequence[str | Filter]] = (Workplace("organisation", _("Organisation")),)
    rows_template = "member/_directory.html"

    @property
    def url(self) -> str:
        return reverse("member.directory")

    def rows(self, user: Any) -> QuerySet[Any]:
        return people_today(user)

    def tell(self, rows: Sequence[Any], user: Any) -> list[Line]:
        contacts = contacts_of([row.pk for row in rows], user)
        lines = super().tell(rows, user)
        return [{**told, "contacts": contacts.get(row.pk, [])} for row, told in zip(rows, lines, strict=True)]


def contacts_of(people: Sequence[int], user: Any) -> dict[int, list[dict[str, str]]]:
    """Return how people can be reached, as far as they agreed that a user sees it: one query for all."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in Contact.objects.visible_to(user).filter(person__in=people).order_by("kind", "pk"):
        icon, address = SIGNS[Kind(row.kind)]
        url = address.format(row.value.replace(" ", "") if row.kind == Kind.PHONE else row.value)
        found.setdefault(row.person_id, []).append({"text": row.value, "url": url, "icon": icon})
    return found


DIRECTORY = Directory()
