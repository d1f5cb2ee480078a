from django.db import migrations, models

ROLES = [
    ("", "none"),
    ("secretary_general", "secretary general"),
    ("membership", "membership officer"),
    ("advocacy", "advocacy officer"),
    ("communication", "communication officer"),
    ("finance", "finance officer"),
    ("administrator", "administrator"),
]


def take_over(apps, _schema_editor):
    """The secretariat becomes the secretary general; a user name becomes an e-mail where there was none."""
    users = apps.get_model("accounts", "User").objects
    users.filter(role="secretariat").update(role="secretary_general")
    taken = set()
    for user in users.order_by("pk"):
        user.name = f"{user.first_name} {user.last_name}".strip()
        email = (user.email or user.username).strip().lower()
        email = email if "@" in email else f"{email}@account.invalid"
        user.email = email if email not in taken else f"{user.pk}.{email}"
        taken.add(user.email)
        user.save(update_fields=["name", "email"])


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "name", models.CharField(blank=True, default="", max_length=200, verbose_name="name"), preserve_default=False),
        migrations.AddField("user", "preferences", models.JSONField(blank=True, default=dict, verbose_name="preferences")),
        migrations.AlterField("user", "role", models.CharField(blank=True, choices=ROLES, default="", help_text="The work in the secretariat; people of member organisations have none.", max_length=24, verbose_name="role")),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
