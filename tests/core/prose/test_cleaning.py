"""What stands in a text: everything else is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.prose.cleaning import clean
from umbel.core.prose.reading import Cited, read, typed_numbers
from umbel.core.prose.written import as_html

CAPTION = "<figcaption>Care</figcaption>"
FIGURE = '<span data-figure="advocacy.positions" data-period="2024"></span>'


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>One<script>alert(1)</script></p>", "<p>One</p>"),
        ('<p onclick="x()">One</p>', "<p>One</p>"),
        ('<p style="color:red" class="big" id="main">One</p>', "<p>One</p>"),
        ('<p><a href="javascript:alert(1)">One</a></p>', "<p>One</p>"),
        ('<p><a href="data:text/html,x">One</a></p>', "<p>One</p>"),
        ('<p><a href="https://example.org" target="_blank">One</a></p>', '<p><a href="https://example.org">One</a></p>'),
        ('<p><a href="/members/">One</a></p>', '<p><a href="/members/">One</a></p>'),
        ('<p><img src="x" onerror="alert(1)">One</p>', "<p>One</p>"),
        ("<p>One<iframe src='https://example.org'></iframe></p>", "<p>One</p>"),
        ("<svg><script>alert(1)</script></svg><p>One</p>", "<p>One</p>"),
        ("<h1>One</h1>", "<h2>One</h2>"),
        ("<p><b>One</b> <i>two</i></p>", "<p><strong>One</strong> <em>two</em></p>"),
        ("<p>1 &lt; 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>One<br>two</p>", "<p>One<br>two</p>"),
        (f"<p>{FIGURE}</p>", f"<p>{FIGURE}</p>"),
        ('<p><span data-figure="a.b">8 <b>old</b></span></p>', '<p><span data-figure="a.b"></span></p>'),
        ("<p><span data-figure='\"><script>'>8</span></p>", "<p>8</p>"),
        ('<p><span class="x">One</span></p>', "<p>One</p>"),
        (f'<figure data-photo="care"><img src="x">{CAPTION}</figure>', f'<figure data-photo="care">{CAPTION}</figure>'),
        ("<figure><img src=x>One</figure>", "One"),
        ("<p></p>", ""),
        ("<p> </p><ul><li><p></p></li></ul>", ""),
        ("\0<p>One</p>", "<p>One</p>"),
    ],
)  # fmt: skip
def test_text_keeps_what_may_stand_in_it(given, kept):
    assert clean(given) == kept


@given(st.text(alphabet="<>/pabh2\"'= &;spanulitoe-dfgr.x\0", max_size=120))
def test_cleaning_a_clean_text_changes_nothing(text):
    once = clean(text)

    assert clean(once) == once


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One\ntwo\n\nThree", "<p>One two</p><p>Three</p>"),
        ("## Head\n\nText", "<h2>Head</h2><p>Text</p>"),
        ("### Head\nText", "<h3>Head</h3><p>Text</p>"),
        ("- one\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("1. one\n2. two", "<ol><li><p>one</p></li><li><p>two</p></li></ol>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("**strong** and *stressed*", "<p><strong>strong</strong> and <em>stressed</em></p>"),
        ("[words](/members/)", '<p><a href="/members/">words</a></p>'),
        ("[words](javascript:alert)", "<p>words</p>"),
        ("{a.b@2024|words} one", '<p><span data-figure="a.b" data-period="2024" data-form="words"></span> one</p>'),
        ("{not a figure}", "<p>{not a figure}</p>"),
        ("![Care](photo:care)", '<figure data-photo="care"><figcaption>Care</figcaption></figure>'),
        ("1 < 2 & <script>", "<p>1 &lt; 2 &amp; &lt;script&gt;</p>"),
        ("<p>In {advocacy.positions}</p>", '<p>In <span data-figure="advocacy.positions"></span></p>'),
    ],
)  # fmt: skip
def test_marks_that_are_typed_become_a_text(typed, html):
    assert as_html(typed) == html


def test_reading_tells_words_links_figures_and_photographs():
    text = f'<p>In {FIGURE} papers, <a href="/x/">see <em>all</em></a>.</p>'
    html = f'<h2>Head</h2>{text}<figure data-photo="care"></figure>'

    found = read(html)

    assert found.blocks == ["Head", "In {advocacy.positions@2024} papers, see all."]
    assert found.links == [("/x/", "see all")]
    assert found.figures == [Cited("advocacy.positions", "2024")]
    assert found.photos == ["care"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("8 papers and 27 members", [8, 27]),
        ("3,599 followers", [3599]),
        ("8, 8 and 8.", [8]),
        ("4.5 % of 2021–2024 and A4, 12/2024", []),
        (f"{FIGURE} of 9", [9]),
    ],
)
def test_typed_numbers_are_whole_ones_outside_figures(text, numbers):
    assert list(typed_numbers(f"<p>{text}</p>")) == numbers
