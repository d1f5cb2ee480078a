"""Forms that are sent a second time, by a second press or from an old page: nothing happens twice, and that is told."""

import re
from html import unescape

import pytest
from django.core import mail

from tests import factories
from tests.core.crud.reading import toasts
from tests.core.imports.conftest import Wizard
from umbel.core import merging, wastebasket
from umbel.core.changelog import Change
from umbel.core.imports.models import ImportJob
from umbel.core.models import Deletion, Merge
from umbel.network.models import Invitation, Organisation, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def proposal(cast):
    return Proposal.objects.create(
        organisation=cast.member_a, field="name", value="Renamed", after="Renamed", made_by=cast.representative_a
    )


def changes():
    return Change.objects.count()


def said(page):
    return unescape(re.sub(r"<[^>]*>", "", toasts(page)[-1])).strip()


def test_merge_is_made_once(as_secretariat):
    kept, gone = factories.OrganisationFactory(name="Kept"), factories.OrganisationFactory(name="Gone")
    url, sent = f"/desk/organisations/{kept.pk}/merge/", {"with": "Gone", "with-number": gone.pk}
    as_secretariat.post(url, sent)
    before = changes()

    again = as_secretariat.post(url, sent)

    assert (again.status_code, Merge.objects.count(), changes()) == (200, 1, before)
    assert "This is the record itself" in again.text


def test_merge_is_taken_back_once(as_secretariat):
    act = merging.merge(factories.OrganisationFactory(name="Kept"), factories.OrganisationFactory(name="Gone"))
    as_secretariat.post("/desk/merges/undo/", {"merge": act.pk})
    before = changes()

    again = as_secretariat.post("/desk/merges/undo/", {"merge": act.pk}, follow=True)

    assert (Organisation.objects.filter(name="Gone").count(), changes()) == (1, before)
    assert said(again) == "This can no longer be undone."


def test_record_is_brought_back_once(as_secretariat):
    deletion = wastebasket.discard(factories.OrganisationFactory(name="Gone"))
    as_secretariat.post("/desk/bin/restore/", {"deletions": deletion.pk})
    before = changes()

    again = as_secretariat.post("/desk/bin/restore/", {"deletions": deletion.pk}, follow=True)

    assert (Organisation.objects.filter(name="Gone").count(), changes()) == (1, before)
    assert said(again) == "This can no longer be undone."


def test_record_is_deleted_once(as_secretariat):
    row = factories.OrganisationFactory()
    url = f"/desk/organisations/{row.pk}/delete/"

    answers = [as_secretariat.post(url).status_code for _time in range(2)]

    assert (answers, Deletion.objects.count()) == ([302, 404], 1)


def test_import_is_undone_once_and_by_whom_it_was(client_of):
    first = Wizard(client_of("secretary_general"))
    job = first.bring_in("network.organisation", "Name;Kind\nAlpha;federation\n")
    first.act(job, "undo")
    before = changes()

    again = client_of("administrator").post(first.address(job), {"act": "undo"}, follow=True)

    job = ImportJob.objects.get()
    assert (job.state, job.undone_by, changes()) == ("undone", "secretary_general@example.org", before)
    assert "This import is no longer where it was; look at it again." in again.text


@pytest.mark.parametrize(
    ("sent", "state", "name"),
    [({"accept": "1"}, "accepted", "Renamed"), ({"reason": "No."}, "declined", "Member A")],
)
@pytest.mark.parametrize("then", [{"accept": "1"}, {"reason": "Another reason."}])
def test_proposal_is_decided_once(client_of, cast, proposal, sent, state, name, then):
    desk, url = client_of("membership"), f"/desk/proposals/{proposal.pk}/"
    desk.post(url, sent)
    before = changes()

    again = desk.post(url, then, follow=True)

    proposal.refresh_from_db()
    cast.member_a.refresh_from_db()
    assert (proposal.state, proposal.reason, cast.member_a.name) == (state, sent.get("reason", ""), name)
    assert (len(mail.outbox), changes()) == (1, before)
    assert said(again).endswith("Somebody has decided on this already.")


def test_proposal_is_withdrawn_once_and_not_after_a_decision(client_of, proposal):
    member, url = client_of("representative_a"), f"/my/proposals/{proposal.pk}/withdraw/"
    client_of("membership").post(f"/desk/proposals/{proposal.pk}/", {"accept": "1"})

    answer = member.post(url, follow=True)

    assert Proposal.objects.get().state == "accepted"
    assert "Somebody has decided on this already." in answer.text


@pytest.fixture
def invitation(cast, client_of):
    client_of("representative_a").post(
        "/my/invitations/", {"organisation": cast.member_a.pk, "name": "Ada", "email": "ada@example.org"}
    )
    return Invitation.objects.get()


def test_invitation_is_sent_again_once(client_of, invitation):
    browser = client_of("representative_a")
    form = browser.get("/my/invitations/").text.partition(f"/invitations/{invitation.pk}/resend/")[2]
    sent = {"sent": unescape(re.search(r'name="sent" value="([^"]+)"', form)[1])}

    first, again = (browser.post(f"/invitations/{invitation.pk}/resend/", sent, follow=True) for _time in range(2))

    assert len(mail.outbox) == 2
    assert "The invitation to ada@example.org is on its way." in first.text
    assert "The invitation to ada@example.org has been sent again already." in again.text


@pytest.mark.parametrize("verb", ["withdraw", "resend"])
def test_invitation_that_is_withdrawn_is_neither_sent_nor_withdrawn_again(client_of, invitation, verb):
    browser = client_of("representative_a")
    browser.post(f"/invitations/{invitation.pk}/withdraw/")
    withdrawn_at = Invitation.objects.get().withdrawn_at

    again = browser.post(f"/invitations/{invitation.pk}/{verb}/", follow=True)

    assert (len(mail.outbox), Invitation.objects.get().withdrawn_at) == (1, withdrawn_at)
    assert "The invitation to ada@example.org is no longer open." in again.text


@pytest.mark.parametrize("seat", ["representative_b", "reader"])
def test_forged_number_of_an_invitation_or_a_proposal_is_not_there(client_of, invitation, proposal, seat):
    browser = client_of(seat)

    answers = [
        browser.post(url).status_code
        for url in (
            f"/invitations/{invitation.pk}/resend/",
            f"/invitations/{invitation.pk}/withdraw/",
            f"/my/proposals/{proposal.pk}/withdraw/",
            f"/desk/proposals/{proposal.pk}/",
        )
    ]

    assert answers == [404, 404, 404, 404]
    assert (len(mail.outbox), Proposal.objects.get().state) == (1, "waiting")
