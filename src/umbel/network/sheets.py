"""The files of the network; a person's account is not among them."""

from umbel.core.exchange.sheets import sheet
from umbel.network.models import (
    Contact,
    EditRule,
    Fee,
    Membership,
    MembershipChange,
    Organisation,
    OrganisationLink,
    Person,
    Post,
    UmbrellaMembership,
)

sheet("organisations", Organisation)
sheet("organisation_links", OrganisationLink, key=["child", "parent", "kind", "start"], format="csv")
sheet("memberships", Membership, key=["organisation", "start"], format="csv")
sheet("membership_changes", MembershipChange, key=["organisation", "kind", "date"], format="csv")
sheet("fees", Fee, key=["organisation", "year"], format="csv")
sheet("umbrella_memberships", UmbrellaMembership, key=["body", "start"], format="csv")
sheet("people", Person, exclude=["user"], format="csv")
sheet("posts", Post, key=["person", "organisation", "title", "start"], format="csv")
sheet("contacts", Contact, key=["person", "kind", "value"], format="csv")
sheet("edit_rules", EditRule, key=["field"], format="csv")
