import ast

from tests.house.tree import ROOT, SOURCE, TESTS, name, parsed, python_files, templates

FILE_LIMIT = 400
FUNCTION_LIMIT = 50
TEMPLATE_LIMIT = 100
TEMPLATE_AIM = 60
CODE = [*python_files(SOURCE, TESTS, ROOT / "tools")]


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_no_python_file_is_longer_than_the_limit():
    assert {name(path): lines(path) for path in CODE if lines(path) > FILE_LIMIT} == {}


def test_no_function_is_longer_than_the_limit():
    found = {where: length for path in CODE for where, length in functions(path) if length > FUNCTION_LIMIT}

    assert found == {}


def test_no_template_is_longer_than_the_limit():
    assert {name(path): lines(path) for path in templates() if lines(path) > TEMPLATE_LIMIT} == {}


def test_nine_templates_of_ten_stay_within_the_aim():
    long = {name(path): lines(path) for path in templates() if lines(path) > TEMPLATE_AIM}

    assert len(long) <= len(templates()) / 10, long
