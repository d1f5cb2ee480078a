"""What an organisation changes of its own page: at once, or once the secretariat has looked at it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Textarea
from django.forms.models import modelform_factory
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.audience import Audience
from umbel.core.crud.editing import told
from umbel.core.crud.forms import RecordForm, formfield, free_key
from umbel.core.crud.sections import section_of
from umbel.network.models import Contact, EditRule, Organisation, Person, Post, Proposal
from umbel.network.rules import organisations_of

Rule = EditRule.Rule


class OwnPageForm(RecordForm):
    """The fields of its page that an organisation may change, each with the rule by which a change takes effect."""

    def __init__(self, *args: Any, rules: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        del self.fields["spellings"]

    @property
    def reviewed(self) -> list[str]:
        """The fields that were changed and that the secretariat looks at first."""
        return [name for name in self.changed_data if self.rules[name] == Rule.REVIEWED]


def own_form(
    organisation: Organisation, data: Any = None, files: Any = None, *, only: str = "", user: Any
) -> OwnPageForm:
    """Return the form of an organisation's own page; `only` leaves one field, as a proposal has it."""
    rules = EditRule.rules()
    names = [only] if only else [name for name, rule in rules.items() if rule != Rule.CLOSED]
    section = section_of(Organisation)
    made: Any = modelform_factory(
        Organisation,
        OwnPageForm,
        fields=names,
        widgets={"description": Textarea(attrs={"rows": 4})},
        formfield_callback=lambda field, **kwargs: formfield(field, section, **kwargs),
    )
    form: OwnPageForm = made(data, files, instance=organisation, user=user, rules=rules)
    return form


@transaction.atomic
def submit(form: OwnPageForm, by: Any) -> tuple[list[str], list[Proposal]]:
    """Carry out a valid form: change what may be changed at once, keep the rest as proposals.

    Returns the names of the fields changed and the proposals made. A proposal that waited for the same field is
    withdrawn: the newer one stands for it.
    """
    stored = Organisation.objects.get(pk=form.instance.pk)
    at_once = [name for name in form.changed_data if form.rules[name] == Rule.AT_ONCE]
    for name in at_once:
        setattr(stored, name, getattr(form.instance, name))
    if at_once:
        stored.save()
    return at_once, [_propose(form, stored, name, by) for name in form.reviewed]


def _propose(form: OwnPageForm, stored: Organisation, name: str, by: Any) -> Proposal:
    field = form.fields[name]
    waiting = Proposal.objects.waiting().filter(organisation=stored, field=name)
    waiting.update(state=Proposal.State.WITHDRAWN, decided_at=timezone.now())
    return Proposal.objects.create(
        organisation=stored,
        field=name,
        value=form.data.get(form.add_prefix(name), ""),
        before=told(form.get_initial_for_field(field, name), field),
        after=told(form.cleaned_data[name], field),
        made_by=by,
    )


@transaction.atomic
def accept(proposal: Proposal, by: Any) -> None:
    """Take a proposed change over into the record. Raises `ValidationError` where it is no longer possible."""
    organisation = proposal.organisation
    form = own_form(organisation, {proposal.field: proposal.value}, only=proposal.field, user=by)
    _decide(proposal, Proposal.State.ACCEPTED, by)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    form.save()


def decline(proposal: Proposal, by: Any, reason: str) -> None:
    """Leave the record as it is, and say why. Raises `ValidationError` without a reason."""
    if not reason.strip():
        raise ValidationError(_("Say why, in a few words: whoever proposed it reads that."))
    _decide(proposal, Proposal.State.DECLINED, by, reason.strip()[:300])


def withdraw(proposal: Proposal, by: Any) -> None:
    _decide(proposal, Proposal.State.WITHDRAWN, by)


def _decide(proposal: Proposal, state: str, by: Any, reason: str = "") -> None:
    """Close a proposal that waits. Raises `ValidationError` where somebody was faster."""
    closed = {"state": state, "decided_by": by, "decided_at": timezone.now(), "reason": reason}
    if not Proposal.objects.waiting().filter(pk=proposal.pk).update(**closed):
        raise ValidationError(_("Somebody has decided on this already."))
    for name, value in closed.items():
        setattr(proposal, name, value)


@transaction.atomic
def add_colleague(organisation: Organisation, *, name: str, title: str, email: str = "") -> Person:
    """Record somebody who works in an organisation from today on, without an account; return the person.

    The e-mail is for the secretariat: its owner has agreed to nothing yet.
    """
    person: Person = Person.objects.create(key=free_key(Person, name), name=name, audience=Audience.MEMBERS)
    Post.objects.create(
        person=person,
        organisation=organisation,
        kind=Post.Kind.REPRESENTATIVE,
        title=title,
        start=timezone.localdate().isoformat(),
    )
    if email:
        Contact.objects.create(person=person, kind=Contact.Kind.EMAIL, value=email)
    return person


def proposals_of(user: Any) -> Any:
    """Return the proposals of the organisations for which a user speaks."""
    return Proposal.objects.filter(organisation__in=organisations_of(user).values("pk"))
