import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_name_role_preferences")]

    operations = [
        migrations.AlterModelManagers("user", []),
        migrations.AlterModelOptions("user", {"ordering": ["name", "email"], "verbose_name": "user", "verbose_name_plural": "users"}),
        migrations.RemoveField("user", "username"),
        migrations.RemoveField("user", "first_name"),
        migrations.RemoveField("user", "last_name"),
        migrations.AlterField("user", "email", models.EmailField(error_messages={"unique": "There is an account for this e-mail."}, max_length=150, unique=True, verbose_name="e-mail")),
        migrations.AlterField("user", "is_staff", models.BooleanField(default=False, verbose_name="may enter the engine room")),
        migrations.AlterField("user", "is_active", models.BooleanField(default=True, verbose_name="may sign in")),
        migrations.AlterField("user", "date_joined", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since")),
        migrations.AddConstraint("user", models.CheckConstraint(condition=models.Q(("email", django.db.models.functions.text.Lower("email"))), name="email_in_lower_case")),
    ]
