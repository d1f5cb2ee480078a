"""Who may open which address: one table for the whole site. Each URL name stands in `ACCESS` once."""

from typing import NamedTuple

from django.urls import reverse

from tests.cast import SEATS, SECRETARIAT
from umbel.accounts.models import User
from umbel.advocacy.models import Position
from umbel.collection.models import Round
from umbel.communication.models import Issue
from umbel.events.models import Event
from umbel.network.models import Organisation, Post

ALL = set(SEATS)
NONE = set()
SIGNED_IN = ALL - {"nobody"}
STAFF = {*SECRETARIAT, "superuser"}
MEMBERS = {"board", "representative_a", "representative_b", *STAFF}
PEOPLE_KEEPERS = {"secretary_general", "membership", "administrator", "superuser"}
SITE_KEEPERS = {"secretary_general", "communication", "administrator", "superuser"}
SPEAKERS = {"representative_a", "representative_b", "affiliate"}
ON_RECORD = {*SPEAKERS, "board", "participant", "funder"}
INSIDERS = {*ON_RECORD, *STAFF}
OF_THE_NETWORK = INSIDERS - {"funder"}
ADMINISTRATORS = {"administrator", "superuser"}
KEEPERS = {"secretary_general", *ADMINISTRATORS}
FEE_KEEPERS = {"finance", *KEEPERS}
NETWORK_KEEPERS = {"membership", "advocacy", *KEEPERS}


def reader():
    """The number of the reader's account."""
    return User.objects.get(email="reader@example.org").pk


def post_at_member_a():
    return Post.objects.get(person__key="representative-a").pk


def snapshot():
    return Round.objects.get(key="snapshot-2022-2023").pk


def open_event():
    """The key of an event for which members register; the example year is over and has none."""
    told = {"title": "Visit", "kind": "orientation", "part": "organiser", "date": "2999-12", "registration_to": "2999"}
    return Event.objects.get_or_create(key="open-event", defaults=told)[0].key


def internal_issue():
    return Issue.objects.get(key="o03a").pk


class Address(NamedTuple):
    """An address of the example year, who may open it, and what happens then and to others.

    `answer` is what its audience gets: 200, or 302 and 405 where it only leads on or takes no reading. Others get 404,
    as if there were nothing, unless `others` says otherwise. Of a door everybody knows that it is there: a visitor is
    led to the sign-in page, and only who has signed in without the right gets 404. An argument that only the records
    of the test know is a function.
    """

    name: str
    arguments: list
    audience: set
    answer: int = 200
    others: int = 404
    is_door: bool = False

    @property
    def path(self):
        return reverse(self.name, args=[argument() if callable(argument) else argument for argument in self.arguments])

    def expected(self, seat):
        if seat in self.audience:
            return self.answer
        return 302 if self.is_door and seat == "nobody" else self.others

    def __str__(self):
        return " ".join([self.name, *(getattr(argument, "__name__", str(argument)) for argument in self.arguments)])


def door(name, audience, *arguments, answer=200, others=404):
    return Address(name, list(arguments), audience, answer, others, is_door=True)


# Each URL name once.
ACCESS = [
    Address("website.home", [], ALL),
    Address("website.colours", [], ALL),
    Address("website.search", [], ALL),
    Address("website.search.listing", [], ALL),
    Address("website.search.table", [], ALL),
    Address("website.search.suggest", [], ALL),
    Address("website.year.show", [2024], ALL),
    Address("website.year.file", [2024, "csv"], ALL),
    Address("website.record.show", ["core.membershipcategory", "full-members"], ALL),
    Address("website.shelf.list", ["positions"], ALL),
    Address("website.shelf.file", ["positions", "csv"], ALL),
    Address("website.shelf.show", ["events", "t50"], ALL),
    Address("website.about", [], ALL),
    Address("website.board", [], ALL),
    Address("website.staff", [], ALL),
    Address("website.office.file", ["board", "csv"], ALL),
    Address("website.members.map", [], ALL),
    Address("website.topic.file", ["policy-files", "platform-work", "ics"], ALL),
    Address("website.umbrellas", [], ALL),
    Address("website.logo", ["no-such-mark", "bar"], NONE),
    Address("website.umbrellas.file", ["csv"], ALL),
    Address("website.figures.feed", [2024], ALL),
    Address("website.robots", [], ALL),
    Address("website.sitemap.index", [], ALL),
    Address("website.sitemap.part", ["positions", 1], ALL),
    Address("reports.figure.years", [], ALL),
    Address("reports.figure.list", [2024], ALL),
    Address("reports.figure.table", [2024, "csv"], ALL),
    Address("reports.figure.show", [2024, "advocacy.positions"], ALL),
    Address("reports.figure.rows", [2024, "advocacy.positions", "json"], ALL),
    Address("reports.figure.trend", [2024, "communication.followers.linkedin"], ALL),
    Address("reports.audit.show", [2024], ALL),
    Address("reports.audit.json", [2024], ALL),
    Address("reports.audit.table", [2024], ALL),
    Address("reports.report.list", [], ALL),
    Address("reports.report.show", [2024], ALL),
    Address("reports.report.file", [2024, "report.pdf"], ALL),
    Address("reports.edition.show", [2024, 1], NONE),
    Address("reports.edition.file", [2024, 1, "report.pdf"], NONE),
    Address("reports.grant.show", ["esf-plus-2022-2025", 2024], STAFF),
    Address("reports.grant.annex", ["esf-plus-2022-2025", 2024], NONE),
    door("reports.freeze", SITE_KEEPERS, 2024),
    door("reports.freeze.progress", NONE, 2024, "00000000-0000-0000-0000-000000000000"),
    door("reports.grant.freeze", SITE_KEEPERS, "esf-plus-2022-2025", 2024),
    Address("reports.drawing.table", [2024, "map"], ALL),
    # The entrance; whoever has signed in is led on.
    Address("account_login", [], {"nobody"}, others=302),
    Address("account_signup", [], {"nobody"}, others=302),
    Address("account_confirm_login_code", [], NONE, others=302),
    Address("mfa_login_webauthn", [], NONE, others=302),
    Address("mfa_authenticate", [], NONE, others=302),
    Address("socialaccount_signup", [], NONE, others=302),
    Address("socialaccount_login_cancelled", [], ALL),
    Address("socialaccount_login_error", [], ALL, answer=401),
    Address("account_inactive", [], ALL),
    Address("account_email_verification_sent", [], ALL),
    Address("account_confirm_email", ["no-such-key"], ALL),
    Address("account_reset_password", [], ALL),
    Address("account_reset_password_done", [], ALL),
    Address("account_reset_password_from_key", ["1", "no-such-key"], ALL),
    Address("account_reset_password_from_key_done", [], ALL),
    Address("network.invitation.accept", ["no-such-token"], ALL, answer=410),
    Address("accounts.demo.sign_in_as", [], NONE),
    # One's own account.
    door("account_logout", SIGNED_IN),
    door("accounts.home", SIGNED_IN, answer=302),
    door("account_email", SIGNED_IN),
    door("account_change_password", SIGNED_IN),
    door("account_set_password", SIGNED_IN, answer=302),
    door("account_reauthenticate", SIGNED_IN),
    door("usersessions_list", SIGNED_IN),
    door("accounts.session.end", SIGNED_IN, 1, answer=405),
    door("accounts.language", SIGNED_IN, answer=405),
    door("socialaccount_connections", SIGNED_IN),
    door("mfa_index", SIGNED_IN),
    door("mfa_activate_totp", SIGNED_IN),
    door("mfa_deactivate_totp", NONE),
    door("mfa_reauthenticate", SIGNED_IN, answer=302),
    door("mfa_view_recovery_codes", NONE),
    door("mfa_generate_recovery_codes", SIGNED_IN),
    door("mfa_download_recovery_codes", NONE),
    door("mfa_list_webauthn", SIGNED_IN),
    door("mfa_add_webauthn", SIGNED_IN),
    door("mfa_edit_webauthn", NONE, 1),
    door("mfa_remove_webauthn", NONE, 1),
    door("mfa_reauthenticate_webauthn", SIGNED_IN, answer=302),
    # Who looks after people.
    door("network.user.list", PEOPLE_KEEPERS),
    door("network.user.invite", PEOPLE_KEEPERS),
    door("network.user.edit", ADMINISTRATORS, reader),
    door("network.erasure.list", PEOPLE_KEEPERS),
    door("network.invitation.own", SPEAKERS),
    door("network.invitation.act", SIGNED_IN, 1, "resend", answer=405),
    # The desk.
    door("desk.home", STAFF),
    door("desk.due", STAFF),
    door("desk.changes", STAFF),
    door("advocacy.file.hand_over", STAFF, answer=405),
    door("advocacy.draft.answers", NONE, 0),
    door("desk.bin", STAFF),
    door("desk.bin.restore", STAFF, answer=405),
    door("desk.import.list", STAFF),
    door("desk.import.new", STAFF),
    door("desk.import.blank", STAFF - {"communication", "finance"}, "network.organisation", "xlsx"),
    door("desk.import.show", NONE, 1),
    door("desk.import.progress", NONE, 1),
    door("desk.import.errors", NONE, 1),
    door("desk.capture", STAFF),
    door("desk.capture.file", STAFF, answer=405),
    door("desk.merges", STAFF),
    door("desk.merges.undo", STAFF, answer=405),
    door("desk.outbox", KEEPERS),
    door("desk.outbox.show", NONE, 1),
    door("desk.outbox.html", NONE, 1),
    door("desk.outbox.resend", KEEPERS, 1, answer=405),
    door("desk.lookup", STAFF, "network.organisation"),
    door("desk.lookup.any", STAFF),
    door("desk.record.list", STAFF, "organisations"),
    door("desk.record.download", STAFF, "organisations", "csv"),
    door("desk.record.bulk", STAFF, "organisations", answer=405),
    door("desk.record.views", STAFF, "organisations", answer=405),
    door("desk.record.columns", STAFF, "organisations", answer=405),
    door("desk.record.add", NETWORK_KEEPERS, "organisations"),
    door("desk.record.alike", NETWORK_KEEPERS, "organisations"),
    door("desk.record.merge", NONE, "organisations", 0),
    door("desk.record.edit", NONE, "organisations", 0),
    door("desk.record.delete", NONE, "organisations", 0),
    door("desk.record.history", NONE, "organisations", 0),
    door("desk.record.preview", NONE, "organisations", 0),
    # Files of records, the first day, the components.
    Address("desk.file.show", ["library.document", 0, "file"], NONE),
    door("starting.start", KEEPERS, answer=302),
    door("starting.step", KEEPERS, "name"),
    door("starting.aside", SIGNED_IN, answer=405),
    Address("starting.colours", [], NONE),
    Address("styleguide", [], ALL),
    # What the communications officer edits.
    Address("website.page.show", ["no-such-page"], NONE),
    Address("website.photo.show", [1, "no-such-mark", 480], NONE),
    door("desk.prose.figures", STAFF),
    door("desk.prose.photos", STAFF),
    door("desk.page.preview", NONE, 1),
    door("desk.page.revisions", NONE, 1),
    door("desk.page.restore", STAFF, 1, answer=405),
    door("desk.site", SITE_KEEPERS),
    door("desk.site.begin", STAFF, answer=405),
    door("desk.languages", STAFF),
    door("desk.languages.edit", NONE, "website.page", 1, "fr"),
    door("desk.links", SITE_KEEPERS),
    # The member area.
    door("member.home", INSIDERS),
    door("member.documents", INSIDERS),
    door("member.directory", OF_THE_NETWORK),
    door("member.groups", OF_THE_NETWORK),
    door("member.calendar", OF_THE_NETWORK),
    door("member.calendar.renew", OF_THE_NETWORK, answer=405),
    Address("member.calendar.file", ["no-such-token"], NONE),
    door("member.organisation", SPEAKERS, answer=302),
    door("member.organisation.show", {"representative_a"}, "member-a"),
    door("network.own.edit", {"representative_a"}, "member-a"),
    door("network.own.colleague", {"representative_a"}, "member-a"),
    door("network.own.withdraw", SIGNED_IN, 1, answer=405),
    door("network.own.post", {"representative_a"}, post_at_member_a),
    door("network.own.contacts", ON_RECORD),
    door("advocacy.draft.list", OF_THE_NETWORK),
    door("advocacy.draft.show", NONE, "no-such-draft"),
    door("advocacy.draft.no_remark", SIGNED_IN, "no-such-draft", answer=405),
    door("advocacy.comment.edit", NONE, 0),
    door("advocacy.comment.withdraw", SIGNED_IN, 0, answer=405),
    door("events.registration", NONE, "t50"),
    door("events.registration.withdraw", SIGNED_IN, 1, answer=405),
    door("member.preferences", SIGNED_IN),
    door("collection.own.list", {"representative_a", "representative_b"}),
    door("collection.own.answer", {"representative_a"}, "snapshot-2022-2023", "member-a"),
    door("collection.own.take_back", SIGNED_IN, "snapshot-2022-2023", "member-a", answer=405),
    door("collection.round.answers", STAFF, snapshot),
    door("collection.return.show", NONE, 1),
    door("collection.return.decide", STAFF, 1, answer=405),
    # Votes by name.
    door("governance.vote.list", OF_THE_NETWORK),
    door("governance.vote.show", NONE, "no-such-vote"),
    door("governance.poll.result", NONE, 0),
    door("governance.poll.table", NONE, 0),
    door("governance.poll.end", NONE, 0, "close"),
    door("network.own.fees", SPEAKERS),
    door("network.own.statement", SPEAKERS),
    door("network.fee.call", FEE_KEEPERS),
    door("network.fee.paid", STAFF, answer=405),
    door("network.fee.unpaid", STAFF, answer=405),
    door("network.proposal.list", NETWORK_KEEPERS),
    door("network.proposal.decide", STAFF, 1, answer=405),
    door("network.rules", NETWORK_KEEPERS),
    # Newsletters.
    Address("communication.subscribe", [], ALL),
    Address("communication.subscribe.sent", [], ALL),
    Address("communication.confirm", ["no-such-token"], ALL, answer=410),
    Address("communication.leave", ["no-such-token"], NONE),
    door("communication.readers", SITE_KEEPERS),
    door("communication.recipients", SITE_KEEPERS, internal_issue),
    door("communication.recipients.file", SITE_KEEPERS, internal_issue),
]

# Addresses under the same names that not everybody, or nobody, may open.
GUARDED = [
    Address("website.shelf.show", ["newsletters", "o03a"], MEMBERS),
    Address("website.shelf.show", ["documents", "general-assembly-2024-papers"], MEMBERS),
    Address("website.shelf.show", ["documents", "mutual-learning-sessions-2024-papers"], MEMBERS),
    Address("website.record.show", ["events.event", "t99"], NONE),
    Address("website.record.show", ["accounts.user", "1"], NONE),
    Address("website.record.show", ["core.change", "1"], NONE),
    Address("website.record.show", ["auth.permission", "1"], NONE),
    Address("website.record.show", ["sessions.session", "1"], NONE),
    Address("website.record.show", ["network.invitation", "1"], NONE),
    Address("website.record.show", ["mfa.authenticator", "1"], NONE),
    Address("website.record.show", ["no.such", "1"], NONE),
    door("desk.lookup", NONE, "no-such-kind"),
    door("desk.record.list", NONE, "no-such-section"),
    door("desk.record.download", NONE, "no-such-section", "csv"),
    door("desk.record.download", NONE, "organisations", "exe"),
    Address("reports.report.show", [1999], NONE),
    Address("reports.figure.show", [2024, "advocacy.songs"], NONE),
]


def first(model, **known):
    """A function that finds the number of a record of the example year."""

    def number():
        return model.objects.filter(**known).order_by("pk")[0].pk

    number.__name__ = f"{model._meta.model_name} {' '.join(known.values())}"
    return number


# Records of the example year, as those who may see them on the desk meet them; more of them than the table has names.
MORE = [
    door("desk.record.edit", STAFF, "organisations", first(Organisation, key="coceta")),
    door("desk.record.edit", STAFF, "events", first(Event, key="t50")),
    door("desk.record.edit", STAFF, "positions", first(Position, key="t45")),
    door("desk.record.history", STAFF, "organisations", first(Organisation, key="coceta")),
    door("desk.record.preview", STAFF, "organisations", first(Organisation, key="coceta"), answer=302),
    door("desk.record.delete", NETWORK_KEEPERS, "organisations", first(Organisation, key="coceta")),
    door("desk.record.merge", NETWORK_KEEPERS, "organisations", first(Organisation, key="coceta")),
    door("desk.record.add", STAFF - {"membership", "communication", "finance"}, "positions"),
    door("events.registration", SPEAKERS, open_event),
    door("desk.record.list", STAFF, "registrations"),
    door("desk.record.list", STAFF, "positions"),
    door("desk.record.list", STAFF, "people"),
    door("desk.record.list", STAFF, "policy-files"),
    door("desk.record.list", STAFF, "fees"),
    door("desk.record.add", FEE_KEEPERS, "fees"),
]
