"""The network: organisations, their memberships, fees and links, people and the posts they hold."""

from umbel.network.models.fees import Fee, FeeQuerySet, is_past, number_of, reference_of
from umbel.network.models.invitations import Invitation, InvitationQuerySet
from umbel.network.models.organisations import (
    Membership,
    MembershipChange,
    Organisation,
    OrganisationLink,
    OrganisationQuerySet,
    UmbrellaMembership,
    label_of,
)
from umbel.network.models.people import Contact, ContactQuerySet, Person, Post, PostQuerySet
from umbel.network.models.proposals import EditRule, Proposal, ProposalQuerySet

__all__ = [
    "Contact",
    "ContactQuerySet",
    "EditRule",
    "Fee",
    "FeeQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipChange",
    "Organisation",
    "OrganisationLink",
    "OrganisationQuerySet",
    "Person",
    "Post",
    "PostQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "UmbrellaMembership",
    "is_past",
    "label_of",
    "number_of",
    "reference_of",
]
