"""Several tables after one another, and one that is sent twice."""

import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import ConfederationFactory, MembershipCategoryFactory
from umbel.core.imports.models import ImportJob
from umbel.network.models import Organisation

TABLE = "Name;Kind;Country\nAlfa;federation;Belgium\n"


def test_members_come_in_two_steps_out_of_one_table(wizard):
    table = "Organisation;Kind;Category;Start\nAlfa;federation;Full;2019\n"
    MembershipCategoryFactory(name="Full")

    first = wizard.bring_in("network.organisation", table)
    page = wizard.page(first).content.decode()
    second = wizard.bring_in("network.membership", table)

    assert f"{reverse('desk.import.new')}?kind=network.membership" in page
    assert (first.counts, second.counts) == ({"new": 1}, {"new": 1})
    [membership] = Organisation.objects.get(name="Alfa").memberships.all()
    assert (membership.category.name, str(membership.start)) == ("Full", "2019")


def test_upload_that_is_sent_twice_is_taken_in_once(wizard):
    once = re.search(r'name="once" value="([^"]+)"', wizard.client.get(reverse("desk.import.new")).text)[1]
    sent = {"kind": "network.organisation", "once": once}

    answers = [
        wizard.client.post(reverse("desk.import.new"), {**sent, "file": SimpleUploadedFile("a.csv", TABLE.encode())})
        for _ in range(2)
    ]

    [job] = ImportJob.objects.all()
    assert [answer.url for answer in answers] == [wizard.address(job)] * 2
    assert len([path for path in Path(job.file.path).parent.iterdir() if path.is_file()]) == 1


def test_first_run_leads_to_both_tables_that_make_members(client_of):
    client = client_of("administrator")
    ConfederationFactory()

    page = client.get("/start/members/").text
    addresses = re.findall(r'href="(/desk/imports/new/[^"]*)"', page)

    chosen = [re.search(r'<option value="([^"]+)" selected', client.get(address).text)[1] for address in addresses]
    assert chosen == ["network.organisation", "network.membership"]
