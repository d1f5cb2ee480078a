"""Writes a report to a folder: web page with its assets, PDF, figures, listing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from umbel.core.models import Confederation
from umbel.core.palette import style_sheet
from umbel.reports import document, printing, tables
from umbel.reports.models import Report

ASSETS = ("ui",)


def write_report(report: Report, folder: Path, *, user: Any = None) -> Iterator[Path]:
    """Write a report and yield each file as it is done: report.html, assets, report.pdf, figures and listing.

    The folder is made when it is missing; files of the same name are replaced. Raises `DeclarationError` when a text
    cites a figure that no app declares and `printing.PrintError` when the PDF cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    yield _write(folder / "report.html", report_page(report, "assets/", user))
    yield from _copy_assets(folder / "assets")
    own = Confederation.current()
    yield _write(folder / "assets" / "ui" / "own.css", style_sheet(own.primary_colour, own.accent_colour))
    yield _write(folder / "report.pdf", printing.pdf(document.build(report, user, medium="print")))
    for name, content in data_files(report, user).items():
        yield _write(folder / name, content)


def report_page(report: Report, assets: str, user: Any = None) -> str:
    """Return the report as one page of HTML that finds its stylesheets under the prefix `assets`."""
    downloads = [{"label": label, "url": name} for name, label in DOWNLOADS.items()]
    context = {
        "doc": document.build(report, user),
        "assets": assets,
        "downloads": downloads,
        "exported": True,
    }
    return render_to_string("reports/report.html", context)


DOWNLOADS = {
    "report.pdf": "PDF",
    "figures.csv": "CSV",
    "figures.json": "JSON",
    "listing.csv": "CSV",
}


def data_files(report: Report, user: Any = None) -> dict[str, str]:
    """Return the figures and the listing of a report as files: name and content."""
    figures, title = tables.figures_json(report.period, user), str(report)
    return {
        "figures.json": json.dumps(figures, ensure_ascii=False, indent=1),
        "figures.csv": tables.figures_csv(figures),
        "figures.csv-metadata.json": tables.csvw("figures.csv", title, tables.FIGURE_COLUMNS, report.language),
        "listing.csv": tables.to_csv(tables.LISTING_COLUMNS, tables.listing_rows(report.period, user)),
        "listing.csv-metadata.json": tables.csvw("listing.csv", title, tables.LISTING_COLUMNS, report.language),
    }


def _write(path: Path, content: str | bytes) -> Path:
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    else:
        path.write_bytes(content)
    return path


def _copy_assets(folder: Path) -> Iterator[Path]:
    for name in ASSETS:
        source = finders.find(name)
        if not isinstance(source, str):
            raise FileNotFoundError(f"static files of {name} are not installed")
        shutil.copytree(source, folder / name, dirs_exist_ok=True)
        yield folder / name
