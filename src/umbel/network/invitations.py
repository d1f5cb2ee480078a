"""Inviting people to make an account, and what follows when they do."""

from smtplib import SMTPException
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from umbel.accounts.adapters import house_name
from umbel.accounts.models import User
from umbel.core import changelog
from umbel.core.audience import Audience
from umbel.core.records import is_over
from umbel.network.models import Invitation, Organisation, Person, Post
from umbel.network.rules import organisations_of


def handled_by(user: Any) -> Any:
    """Return the invitations that a user may send again or withdraw: all, or those of the own organisation."""
    if user.has_perm("accounts.invite_user"):
        return Invitation.objects.all()
    return Invitation.objects.filter(organisation__in=organisations_of(user).values("pk"), role="")


def send(request: HttpRequest, invitation: Invitation) -> bool:
    """Send the mail of an invitation with a new link; the links before are worthless from now on.

    Returns whether the mail server took it. The invitation stays in either case and can be sent again.
    """
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return send_link(invitation, request.build_absolute_uri(path_of(invitation)))


def path_of(invitation: Invitation) -> str:
    """Return the path of the link under which an invitation is accepted."""
    return reverse("network.invitation.accept", args=[invitation.token])


def send_link(invitation: Invitation, link: str) -> bool:
    """Send a link of an invitation; return whether the mail server took it."""
    told = {"invitation": invitation, "link": link, "house": house_name()}
    mail = EmailMultiAlternatives(
        _("%(house)s: your account") % told,
        render_to_string("network/mail/invitation.txt", told),
        to=[invitation.email],
    )
    mail.attach_alternative(render_to_string("network/mail/invitation.html", told), "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        return False
    return True


def withdraw(invitation: Invitation) -> None:
    """Make the link of an invitation worthless."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


@transaction.atomic
def accept(invitation: Invitation, *, user: User | None = None, password: str = "") -> User:
    """Make the account that an invitation promises, or give its rights to one that is there; return the account.

    Ties the person of the directory to it; where none was named one is made, with a post in the organisation.
    Raises `ValidationError` where the password is too weak, the link was used meanwhile, or the person has another
    account by now.
    """
    taken = Invitation.objects.pending().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    if not taken:
        raise ValidationError(_("This invitation has been used already."))
    with changelog.by(invitation.email):
        user = user or _new_user(invitation, password)
        if invitation.role and user.role != invitation.role:
            user.role = invitation.role
            user.save(update_fields=["role"])
        _tie(invitation, user)
    return user


def _new_user(invitation: Invitation, password: str) -> User:
    user = User(email=invitation.email, name=invitation.name, role=invitation.role)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    user.vouch()
    return user


def _tie(invitation: Invitation, user: User) -> None:
    """Say who the user is in the directory, and give them their post; nothing where the invitation names neither."""
    person = Person.objects.filter(user=user).first() or invitation.person
    if person is None and invitation.organisation is not None:
        person = Person(key=_free_key(invitation.name), name=invitation.name, audience=Audience.MEMBERS)
    if person is None:
        return
    if person.user not in (None, user):
        raise ValidationError(_("%(person)s has another account.") % {"person": person})
    person.user = user
    person.save()
    if invitation.organisation is not None:
        _give_post(person, invitation.organisation, invitation)


def _give_post(person: Person, organisation: Organisation, invitation: Invitation) -> None:
    """Give somebody a post in the organisation of an invitation; one that goes on there is not made longer."""
    day = timezone.localdate()
    held = Post.objects.filter(person=person, organisation=organisation)
    if any(not is_over(post.end, day) for post in held):
        return
    usual = capfirst(invitation.get_role_display()) if invitation.is_for_the_house else _("Representative")
    Post.objects.create(
        person=person,
        organisation=organisation,
        kind=Post.Kind.STAFF if invitation.is_for_the_house else Post.Kind.REPRESENTATIVE,
        title=invitation.function or usual,
        start=day,
    )


def _free_key(name: str) -> str:
    """Return a key made of a name, numbered where it is taken."""
    stem = slugify(name)[:70] or "person"
    taken = set(Person.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in [stem, *(f"{stem}-{number}" for number in range(2, 10_000))] if key not in taken)
