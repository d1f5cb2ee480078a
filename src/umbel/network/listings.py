"""Members and staff as pages and print lay them out."""

from typing import Any

from umbel.core.models import EnterpriseType, MembershipCategory
from umbel.core.periods import Period
from umbel.network.models import Membership, Organisation, Post


def members(period: Period) -> dict[str, Any]:
    """Return members by country and by category on the day of the period's as-of instant.

    `{"countries": [{"country": "IT", "names": [...]}], "categories": [{"key", "name", "names"}], "uncategorised": n,
    "types": [names]}`; an organisation without a country stands under "".
    """
    terms = Membership.objects.in_force(period)
    countries: dict[str, list[str]] = {}
    categories: dict[int | None, list[str]] = {}
    for country, name, category in terms.values_list("organisation__country", "organisation__name", "category"):
        countries.setdefault(country, []).append(name)
        categories.setdefault(category, []).append(name)
    return {
        "countries": [{"country": code, "names": names} for code, names in sorted(countries.items())],
        "categories": [
            {"key": category.key, "name": category.name, "names": categories.get(category.pk, [])}
            for category in MembershipCategory.objects.all()
        ],
        "uncategorised": categories.get(None, []),
        "types": [kind.name for kind in EnterpriseType.objects.all()],
    }


def changes(period: Period) -> dict[str, list[str]]:
    """Return the names that explain the difference to the period before: `{"came": [...], "left": [...]}`."""
    now, before = (
        set(Organisation.objects.members(each).values_list("name", flat=True)) for each in (period, period.previous())
    )
    return {"came": sorted(now - before), "left": sorted(before - now)}


def staff(period: Period) -> dict[str, Any]:
    """Return `{"posts": [{"name", "title", "note", "end"}], "interns": [names]}` of a period."""
    posts = Post.objects.staff().overlapping(period).select_related("person")
    interns = Post.objects.interns().overlapping(period).select_related("person")
    return {
        "posts": [
            {"name": post.person.name, "title": post.title, "note": post.note, "end": post.end} for post in posts
        ],
        "interns": [post.person.name for post in interns],
    }
