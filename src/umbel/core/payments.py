"""A payment that somebody is to make, as the app of a bank reads it: the QR code of the European Payments Council."""

import base64
from decimal import Decimal

LONGEST_NAME = 70


def credit_transfer(*, holder: str, iban: str, amount: Decimal, reference: str) -> str:
    """Return a credit transfer in euro as the text of a QR code (EPC069-12, version 002, UTF-8).

    The holder is cut at 70 signs, as the standard asks; the reference is one of ISO 11649.
    """
    lines = ["BCD", "002", "1", "SCT", "", holder[:LONGEST_NAME], iban, f"EUR{amount:.2f}", "", reference]
    return "\n".join(lines)


def picture(text: str) -> str:
    """Return a text as a QR code, with the error correction (M) that banks ask for: the address of an SVG drawing."""
    import qrcode.image.svg  # noqa: PLC0415 -- slow import

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    drawn = code.make_image(image_factory=qrcode.image.svg.SvgPathImage).to_string(encoding="unicode")
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
