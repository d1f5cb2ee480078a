import csv
import io

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, PersonFactory
from umbel.core.changelog import Change, verify
from umbel.core.imports.models import ImportJob
from umbel.network.models import Organisation

TABLE = "Name;Kind;Country;Founded\nAlfa;federation;Belgium;1999\nBeta;Enterprise;IT;11 December 2004\n"


def problems(job):
    return [
        (row.number, column, value) for row in job.rows.filter(state="error") for column, value, _text in row.problems
    ]


def test_table_becomes_records_with_lines_of_the_log(wizard):
    job = wizard.bring_in("network.organisation", TABLE)

    found = Organisation.objects.filter(name__in=["Alfa", "Beta"])
    assert [(one.key, one.kind, one.country, str(one.founded), one.folded) for one in found] == [
        ("alfa", "federation", "BE", "1999", "alfa"),
        ("beta", "enterprise", "IT", "2004-12-11", "beta"),
    ]
    assert (job.state, job.counts) == ("done", {"new": 2})
    lines = Change.objects.filter(type="network.organisation", record__in=["alfa", "beta"])
    assert [(line.act, line.record, line.who) for line in lines] == [
        ("add", "alfa", job.who),
        ("add", "beta", job.who),
    ]
    assert verify().broken is None


def test_same_table_again_changes_nothing(wizard):
    wizard.bring_in("network.organisation", TABLE)
    lines = Change.objects.count()

    again = wizard.bring_in("network.organisation", TABLE)

    assert again.counts == {"unchanged": 2}
    assert Change.objects.count() == lines
    assert "There is nothing to write" in wizard.page(again).content.decode()


def test_check_writes_nothing(wizard):
    before = (Organisation.objects.count(), Change.objects.count())

    job = wizard.check(wizard.upload("network.organisation", TABLE))

    assert job.state == "examined"
    assert (Organisation.objects.count(), Change.objects.count()) == before


def test_errors_are_told_by_row_column_and_what_is_allowed(wizard):
    job = wizard.check(
        wizard.upload(
            "network.organisation", "Key;Name;Kind;Country\na;A;fedration;BE\nb;;federation;XX\nc;C;union;FR\n"
        )
    )

    assert problems(job) == [(2, "kind", "fedration"), (3, "country", "XX"), (3, "name", "")]
    page = wizard.page(job).content.decode()
    assert "allowed: self, federation, enterprise" in page
    assert "nearest:" in page
    assert job.counts == {"error": 2, "new": 1}


def test_rows_with_errors_hold_the_whole_import_unless_they_are_left_out(wizard):
    job = wizard.check(wizard.upload("network.organisation", "Name;Kind\nAlfa;federation\nBeta;nonsense\n"))

    refused = wizard.act(job, "write").state
    written = wizard.act(job, "write", leaves_errors="on").state

    assert (refused, written) == ("examined", "done")
    assert [one.name for one in Organisation.objects.filter(name__in=["Alfa", "Beta"])] == ["Alfa"]


def test_rows_with_errors_come_back_as_a_table_that_is_no_formula(wizard):
    job = wizard.check(wizard.upload("network.organisation", "Name;Kind\n=cmd|' /C calc'!A0;nonsense\n"))

    content = b"".join(wizard.client.get(reverse("desk.import.errors", args=[job.pk])).streaming_content)

    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header == ["Row", "Problem", "Name", "Kind"]
    assert row[0] == "2"
    assert row[1].startswith("kind: “nonsense” is not allowed")
    assert row[2:] == ["'=cmd|' /C calc'!A0", "nonsense"]


def test_existing_records_are_changed_in_mapped_columns_only(wizard):
    OrganisationFactory(key="alfa", name="Alfa", kind="federation", city="Brussels", country="BE")

    job = wizard.bring_in("network.organisation", "Key;Country;City\nalfa;FR;\n")

    alfa = Organisation.objects.get(key="alfa")
    assert (alfa.country, alfa.city, alfa.name) == ("FR", "Brussels", "Alfa")
    line = Change.objects.filter(record="alfa").last()
    assert (line.act, line.before, line.after) == ("change", {"country": "BE"}, {"country": "FR"})
    assert job.counts == {"changed": 1}


def test_empty_cells_empty_the_field_where_that_is_asked(wizard):
    OrganisationFactory(key="alfa", name="Alfa", kind="federation", city="Brussels")

    job = wizard.check(wizard.upload("network.organisation", "Key;City\nalfa;\n"), empties="on")
    wizard.act(job, "write")

    assert Organisation.objects.get(key="alfa").city == ""


def test_row_that_looks_like_a_record_is_held_back_until_somebody_decides(wizard):
    OrganisationFactory(key="leg", name="Légacoop", kind="federation", country="IT")
    job = wizard.check(
        wizard.upload("network.organisation", "Name;Kind;Country;City\nLEGACOOP;federation;IT;Bologna\n")
    )

    held = wizard.page(job).content.decode()
    assert job.counts == {"held": 1}
    assert "Légacoop" in held

    wizard.act(job, "decide", **{"row-2": "update"})
    wizard.act(job, "write")

    found = Organisation.objects.get(key="leg")
    assert (found.name, found.city) == ("LEGACOOP", "Bologna")


@pytest.mark.parametrize(("choice", "counts"), [("create", {"new": 1}), ("leave", {"left": 1}), ("ask", {"held": 1})])
def test_what_looks_like_a_record_becomes_what_is_decided(wizard, choice, counts):
    PersonFactory(key="hh", name="Hanna Hänninen")
    job = wizard.check(wizard.upload("network.person", "Name\nHanna Hanninen\n"))

    wizard.act(job, "decide", alike=choice)

    assert job.counts == counts


def test_same_name_in_another_country_is_another_organisation(wizard):
    OrganisationFactory(key="federation", name="Federation", kind="federation", country="FR")

    wizard.bring_in("network.organisation", "Name;Kind;Country\nFederation;federation;IT\n")

    assert list(Organisation.objects.filter(name="Federation").order_by("key").values_list("key", "country")) == [
        ("federation", "FR"),
        ("federation-it", "IT"),
    ]


def test_undo_takes_back_what_was_made_and_what_was_changed(wizard):
    OrganisationFactory(key="beta", name="Beta", kind="enterprise", country="FR")
    before = list(Organisation.objects.order_by("pk").values())
    job = wizard.bring_in(
        "network.organisation",
        TABLE.replace("Name;", "Other spellings;Name;")
        .replace("\nA", "\nA1;A")
        .replace("\nB", "\n;B")
        .replace(";IT;", ";FR;"),
    )
    assert job.counts == {"new": 1, "changed": 1}

    wizard.act(job, "undo")

    assert job.state == "undone"
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert [line.act for line in Change.objects.order_by("-pk")[:3]] == ["change", "delete", "delete"]
    assert verify().broken is None


def test_undo_is_refused_where_a_record_was_changed_since(wizard):
    job = wizard.bring_in("network.organisation", TABLE)
    alfa = Organisation.objects.get(key="alfa")
    alfa.city = "Liège"
    alfa.save()

    wizard.act(job, "undo")

    assert job.state == "done"
    assert job.problem.endswith("Alfa")
    assert Organisation.objects.filter(key__in=["alfa", "beta"]).count() == 2


def test_undo_is_refused_where_a_record_is_used_since(wizard):
    from tests.factories import MembershipFactory

    job = wizard.bring_in("network.organisation", TABLE)
    MembershipFactory(organisation=Organisation.objects.get(key="alfa"))

    wizard.act(job, "undo")

    assert (job.state, "membership: Alfa" in job.problem) == ("done", True)


def test_writing_is_refused_where_a_record_changed_since_the_check(wizard):
    row = OrganisationFactory(key="alfa", name="Alfa", kind="federation", country="FR")
    job = wizard.check(wizard.upload("network.organisation", "Key;Country\nalfa;BE\n"))
    row.country = "DE"
    row.save()

    wizard.act(job, "write")

    assert (job.state, Organisation.objects.get(key="alfa").country) == ("examined", "DE")
    assert job.problem.startswith("Nothing was written")


def test_mapping_is_remembered_for_the_next_table_with_these_columns(wizard):
    job = wizard.upload("network.organisation", "Denominazione;Sorte\nAlfa;federation\n")
    assert job.mapping == ["", ""]
    wizard.act(job, "match", **{"column-0": "name", "column-1": "kind"})

    again = wizard.upload("network.organisation", "Sorte;Denominazione\nunion;Gamma\n")

    assert again.mapping == ["kind", "name"]


def test_headers_are_understood_by_label_field_and_other_words(wizard):
    job = wizard.upload("network.organisation", "Organisation;long_name;PAYS;Homepage;Whatever\na;b;c;d;e\n")

    assert job.mapping == ["name", "long_name", "country", "website", ""]


def test_columns_that_tell_rows_apart_have_to_be_matched(wizard):
    job = wizard.upload("communication.channelcount", "Followers\n12\n")

    page = wizard.client.post(wizard.address(job), {"act": "match", "column-0": "value"}, follow=True)

    assert "Rows are recognised by: Channel, Date." in page.content.decode()
    job.refresh_from_db()
    assert job.state == "mapping"


def test_import_needs_the_right_to_add_and_is_not_there_for_others(client_of, wizard):
    job = wizard.upload("network.organisation", TABLE)
    addresses = [reverse("desk.import.list"), reverse("desk.import.new"), wizard.address(job)]

    answers = {
        seat: [client_of(seat).get(address).status_code for address in addresses]
        for seat in ("nobody", "reader", "representative_a", "board", "secretary_general", "finance")
    }

    assert answers == {
        "nobody": [302, 302, 302],
        "reader": [404, 404, 404],
        "representative_a": [404, 404, 404],
        "board": [404, 404, 404],
        "secretary_general": [200, 200, 200],
        # Finance keeps no organisations: the import of them is not there.
        "finance": [200, 200, 404],
    }


def test_nobody_matches_records_that_they_do_not_see(client_of, wizard):
    from tests.core.imports.conftest import Wizard

    OrganisationFactory(key="secret", name="Secret", kind="federation", audience="administrator", city="Hidden")
    officer = Wizard(client_of("membership"))

    job = officer.check(officer.upload("network.organisation", "Key;Name;Kind;City\nsecret;Secret;federation;X\n"))

    assert job.counts == {"error": 1}
    assert "Hidden" not in officer.page(job).content.decode()
    assert [text for row in job.rows.all() for _c, _v, text in row.problems] == ["another record has this already"]


def test_file_can_be_erased_and_the_import_stays_told(wizard):
    job = wizard.bring_in("network.organisation", TABLE)
    path = job.file.path

    wizard.act(job, "erase")
    wizard.act(job, "undo")

    assert (bool(job.file), job.rows.count(), job.state, job.counts) == (False, 0, "done", {"new": 2})
    with pytest.raises(FileNotFoundError):
        open(path)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_empty_table_names_columns_that_the_wizard_understands(wizard, format):
    content = wizard.client.get(reverse("desk.import.blank", args=["network.organisation", format])).content

    refused = wizard.upload("network.organisation", content, name=f"empty.{format}")

    assert "no row below it" in refused.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_imports_takes_as_many_queries_however_long_it_is(wizard, count, django_assert_num_queries):
    for _ in range(count):
        wizard.upload("network.organisation", TABLE)
    wizard.client.get(reverse("desk.import.list"))

    with django_assert_num_queries(5):
        page = wizard.client.get(reverse("desk.import.list"))

    assert page.content.decode().count("<tr data-record>") == count


def test_long_table_is_left_to_a_worker(wizard, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    table = "Name\n" + "".join(f"Person {number}\n" for number in range(5_001))

    job = wizard.check(wizard.upload("network.person", table))

    assert job.state == "examining"
    assert "0 of 5001 rows" in wizard.page(job).content.decode()
    assert ImportJob.objects.get().is_running


def test_import_shows_steps_without_script(wizard):
    job = wizard.upload("network.organisation", TABLE)

    page = wizard.page(job).content.decode()

    assert 'aria-current="step">Columns' in page
    assert 'value="founded" selected' in page


class Unread:
    """The body of a request that nobody may read."""

    def read(self, *_size):
        raise AssertionError("the body was read")

    readline = read

    def close(self):
        pass


def test_upload_of_a_gigabyte_is_refused_before_it_is_read(client_of):
    client = client_of("membership")
    client.handler.enforce_csrf_checks = True
    body = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(1 << 30)}

    answer = client.generic("POST", reverse("desk.import.new"), content_type="multipart/form-data; boundary=x", **body)

    assert answer.status_code == 413
    assert "at most 50.0\xa0MB are taken" in answer.content.decode()


def test_upload_needs_the_token_of_its_form(client_of):
    client = client_of("membership")
    client.handler.enforce_csrf_checks = True

    assert client.post(reverse("desk.import.new"), {"kind": "network.person"}).status_code == 403
    assert ImportJob.objects.count() == 0


def test_markup_in_cells_is_shown_as_text(wizard):
    job = wizard.check(wizard.upload("network.organisation", "Name;Kind\n<script>alert(1)</script>;union\n"))

    page = wizard.page(job).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
