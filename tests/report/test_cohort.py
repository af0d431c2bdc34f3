"""The picture of many cases: counts add up however they are fed, and the page shows them."""

from tests.report.conftest import CASES
from triage.assessment import assemble, decide
from triage.cli.rows import case_row
from triage.report import Cohort, cohort_document, to_html, to_text


def rows(toy):
    for name, case in CASES.items():
        assessment = assemble(toy, name, case.facts, decide(toy, case.facts))
        yield case, case_row(toy, case, assessment, full=False)


def counted(toy, names=tuple(CASES)):
    cohort = Cohort()
    for case, row in rows(toy):
        if case.id in names:
            cohort.add(row)
            cohort.add_answers(case.facts, case.not_known)
    return cohort


def test_every_case_counts_once_in_every_distribution(toy):
    cohort = counted(toy)
    assert cohort.assessed == len(CASES)
    for counts in (cohort.urgency, cohort.could_become, cohort.modality, cohort.leading, cohort.by_leading):
        assert sum(counts.values()) == len(CASES)
    assert cohort.urgency == {"routine": 5, "emergency": 1}
    assert cohort.leading == {"": 3, "chain_trouble": 2, "crash_damage": 1}
    assert cohort.grades == {"established": 1, "probable": 1, "possible": 1}
    assert cohort.rules == {"rim_about_to_fail": 1}


def test_parts_of_a_run_add_up(toy):
    whole, first, rest = (
        counted(toy),
        counted(toy, ("chain", "fall")),
        counted(toy, tuple(CASES)[1:2] + tuple(CASES)[3:]),
    )
    first.merge(rest)
    assert first == whole


def test_equal_rows_count_as_often_as_they_are_told(toy):
    one, many = Cohort(), Cohort()
    case, row = next(rows(toy))
    one.add(row, times=3)
    one.add_answers(case.facts, times=3)
    for _ in range(3):
        many.add(row)
        many.add_answers(case.facts)
    assert one == many


def test_a_row_read_back_from_a_table_counts_the_same(toy):
    lists, joined = Cohort(), Cohort()
    for _, row in rows(toy):
        lists.add(row)
        joined.add(
            {
                name: "; ".join(map(str, value)) if isinstance(value, list) else value
                for name, value in row.items()
            }
        )
    assert lists == joined


def test_the_page_shows_each_distribution_with_counts_and_shares(toy):
    cohort = counted(toy)
    cohort.add_reject(
        "b7", [("wobble_days", "`wobble_days`: 99999 is outside 0 to 10000 days"), ("", "no facts")]
    )
    text = to_text(cohort_document(toy, cohort))
    for line in (
        "6 cases assessed, 1 rejected.",
        "  Routine           5      83.3 %",
        "  No disorder fits  3      50.0 %",
        "A rim that may break  1",
        "days of wobble       1",
        "the case as a whole  1",
        "- b7: `wobble_days`: 99999 is outside 0 to 10000 days",
        "Not a medical device",
    ):
        assert line in text, line
    assert max(map(len, text.splitlines())) <= 80


def test_missing_answers_tell_what_was_asked_from_what_was_not(toy):
    cohort = Cohort()
    for case, row in rows(toy):
        if case.id == "fall":
            cohort.add(row)
            cohort.add_answers(case.facts, case.not_known)
    text = to_text(cohort_document(toy, cohort))
    lines = {line.split("  ")[1]: line.split()[-4:] for line in text.splitlines() if line.startswith("  ")}
    assert lines["cracked rim"] == ["1", "0", "1", "0"]
    assert lines["hot battery"] == ["1", "0", "0", "1"]


def test_modalities_that_the_first_disorder_told_are_counted_apart(toy):
    cohort = counted(toy)
    assert not cohort.borrowed
    assert "How nerves are involved\n" in to_text(cohort_document(toy, cohort))
    answered = cohort.modality["motor"]
    row = next(row for _, row in rows(toy))
    cohort.add(row | {"nerve_modality": "motor", "nerve_modality_of": "chain_trouble"}, times=2)
    assert (cohort.modality["motor"], cohort.borrowed) == (answered + 2, {"motor": 2})
    text = to_text(cohort_document(toy, cohort))
    told, borrowed = text.split("where the answers tell")[1].split("Taken from the disorder that comes first")
    assert [line.split()[1] for line in told.splitlines() if "Motor " in line] == [str(answered)]
    assert [line.split()[1] for line in borrowed.splitlines() if "Motor " in line] == ["2"]


def test_a_file_left_out_whole_is_no_rejected_case(toy):
    cohort, other = Cohort(), Cohort()
    cohort.add_reject("x.csv:1", [("", "no such column")], whole=True, rows=270)
    other.add_reject("y.csv", [("", "no such file")], whole=True)
    other.add_reject("a", [("", "no facts")])
    assert cohort.rejects == "0 rejected, 1 file left out whole (270 rows)"
    assert other.rejects == "1 rejected, 1 file left out whole"
    cohort.merge(other)
    assert cohort.rejects == "1 rejected, 2 files left out whole (270 rows or more)"
    assert "no such column" in to_text(cohort_document(toy, cohort))


def test_more_findings_than_a_list_shows_that_tie_are_told_in_one_line(toy, monkeypatch):
    monkeypatch.setattr("triage.report.cohort.MISSING_SHOWN", 2)
    cohort = Cohort(assessed=9)
    cohort.pending.update({"rim_cracked": 9, "battery_hot": 9, "fell_off": 8})
    assert "ranks the others" not in to_text(cohort_document(toy, cohort))
    cohort.pending.update({"wobble_present": 9})
    text = to_text(cohort_document(toy, cohort))
    assert "3 answers still matter in 9 cases each." in text
    assert "cracked rim" not in text
    assert [line.split()[-4:] for line in text.splitlines() if line.startswith("  ")][-1] == list("8009")


def test_the_order_of_cases_changes_nothing(toy):
    forward, backward = Cohort(), Cohort()
    found = [row for _, row in rows(toy)]
    for row, other in zip(found, reversed(found), strict=True):
        forward.add(row)
        backward.add(other)
    assert to_html(cohort_document(toy, forward)) == to_html(cohort_document(toy, backward))


def test_bars_are_as_long_as_the_share(toy):
    html = to_html(cohort_document(toy, counted(toy)))
    assert '<rect class="fill" width="83.33" height="10"/>' in html
    assert '<rect class="fill" width="0.00" height="10"/>' in html
    assert "<script" not in html


def test_an_empty_run_has_a_page_too(toy):
    text = to_text(cohort_document(toy, Cohort()))
    assert "0 cases assessed, 0 rejected." in text
    assert "No missing answer could change anything." in text


def test_a_hostile_reason_is_shown_as_text(toy):
    cohort = Cohort()
    cohort.add_reject("<b>", [("", "<script>alert(1)</script>")])
    assert "<script" not in to_html(cohort_document(toy, cohort))


def test_batch_writes_the_page(triage_run, tmp_path):
    cases, out, page = tmp_path / "c.csv", tmp_path / "o.csv", tmp_path / "page.html"
    cases.write_text("case_id,rim_cracked,wobble_days\na,yes,3\nb,no,99999\nc,unknown,4\n")
    code = triage_run("batch", cases, "-o", out, "--report", page)
    assert code == 1
    html = page.read_text("utf-8")
    assert "2 cases assessed, 1 rejected." in html
    assert "days of wobble" in html and "outside 0 to 10000 days" in html
