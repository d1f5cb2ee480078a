"""Django-allauth's forms in the words of the house."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password, once more")}


class Worded(forms.Form):
    """A form whose fields are labelled by `labels`, without texts inside the boxes."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Worded, account.LoginForm):
    labels: ClassVar[dict[str, Any]] = {
        "login": _("E-mail"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    labels: ClassVar[dict[str, Any]] = {"oldpassword": _("Present password"), **NEW_PASSWORD}


class SetPasswordForm(Worded, account.SetPasswordForm):
    labels = NEW_PASSWORD


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    labels: ClassVar[dict[str, Any]] = {"email": _("E-mail")}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    labels = NEW_PASSWORD


class AddEmailForm(Worded, account.AddEmailForm):
    labels: ClassVar[dict[str, Any]] = {"email": _("New e-mail")}


class CodeForm(Worded, mfa.AuthenticateForm):
    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}


class CodeAgainForm(Worded, mfa.ReauthenticateForm):
    labels: ClassVar[dict[str, Any]] = {"code": _("Code")}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    labels: ClassVar[dict[str, Any]] = {"code": _("Code that the app shows")}
