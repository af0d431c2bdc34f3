"""``assess_table``: typed columns in, conclusions out, and every row that is no case named with its reason."""

from __future__ import annotations

import duckdb
import pytest

import triage
from triage.errors import Problems, TriageError, UsageError
from triage.models import Assessment

COLUMNS = {
    "rider_age_years": "INTEGER",
    "frame_material": "VARCHAR",
    "noise_present": "VARCHAR",
    "noise_quality": "VARCHAR",
    "rim_cracked": "BOOLEAN",
    "battery_hot": "BOOLEAN",
    "motor_fitted": "BOOLEAN",
    "noise_sites": "VARCHAR[]",
}


def table(*rows, types=COLUMNS, names=("case_id",)):
    """A relation with these rows, each a mapping of columns."""
    connection = duckdb.connect()
    listed = dict.fromkeys(names, "VARCHAR") | dict(types)
    defined = ", ".join(f'"{name}" {type}' for name, type in listed.items())
    connection.execute(f"CREATE TABLE cases ({defined})")
    for number, row in enumerate(rows):
        filled = {"case_id": f"c{number}", **row}
        columns = ", ".join(f'"{name}"' for name in filled)
        marks = ", ".join("?" for _ in filled)
        connection.execute(f"INSERT INTO cases ({columns}) VALUES ({marks})", list(filled.values()))
    return connection.table("cases")


def dicts(relation):
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def test_a_relation_gives_a_row_per_case_in_its_order(toy):
    found = triage.assess_table(
        toy,
        table(
            {"noise_present": "present", "noise_sites": ["at_chain", "no_others"]}, {"rim_cracked": True}, {}
        ),
    )
    rows = dicts(found)
    assert [row["case_id"] for row in rows] == ["c0", "c1", "c2"]
    assert rows[0]["leading"] == ["chain_trouble"]
    assert rows[1]["urgency_because"] == ["rim_about_to_fail"]
    assert rows[2]["urgency"] == "routine"


def test_full_detail_holds_the_assessment_that_assess_gives(toy):
    facts = {"noise_present": "present", "noise_sites": ["at_chain"], "rider_age_years": 40}
    (row,) = dicts(triage.assess_table(toy, table(facts), detail="full"))
    assert Assessment.model_validate(row["assessment"]).model_copy(
        update={"case_id": "case"}
    ) == triage.assess(toy, facts)


def test_other_columns_are_kept(toy):
    (row,) = dicts(triage.assess_table(toy, table({"clinic": "north"}, names=("clinic", "case_id"))))
    assert row["clinic"] == "north"
    assert row["knowledge_hash"] == toy.content_hash


@pytest.mark.parametrize(
    "column, meant",
    [
        ("rim_craked", "rim_cracked"),
        ("Rim_Cracked_", "rim_cracked"),
        ("rider_age", "rider_age_years"),
        ("crashd", "crashed"),
    ],
)
def test_a_kept_column_that_may_be_meant_as_a_finding_is_warned_of(toy, column, meant):
    with pytest.warns(UserWarning, match=f"`{column}` is no finding .* did you mean `{meant}`?") as told:
        triage.assess_table(toy, table({column: "yes"}, names=("case_id", column)))
    assert [one.filename for one in told] == [__file__]


def test_a_kept_column_of_another_name_is_no_warning(toy, recwarn):
    triage.assess_table(toy, table({}, names=("case_id", "clinic", "date", "person", "note")))
    assert not recwarn.list


def test_a_number_given_as_text_is_told_of_the_columns_for_its_ends(toy):
    with pytest.raises(Problems) as caught:
        triage.assess_table(toy, table({"rider_age_years": "10 to 30"}, types={"rider_age_years": "VARCHAR"}))
    assert "the columns `rider_age_years.least` and `rider_age_years.most`" in caught.value.problems[0].hint


@pytest.mark.parametrize(
    "type, value", [("VARCHAR", "at_chain; no_others"), ("VARCHAR[]", ["at_chain", "no_others"])]
)
def test_choices_come_as_text_or_as_a_list(toy, type, value):
    relation = table(
        {"noise_sites": value, "noise_present": "present"}, types=COLUMNS | {"noise_sites": type}
    )
    (row,) = dicts(triage.assess_table(toy, relation, detail="full"))
    facts = {"noise_present": "present", "noise_sites": ["at_chain", "no_others"]}
    assert Assessment.model_validate(row["assessment"]).differential == triage.assess(toy, facts).differential


def test_choices_come_one_column_each(toy):
    types = {"noise_present": "VARCHAR", "noise_sites.at_chain": "BOOLEAN"}
    (row,) = dicts(
        triage.assess_table(
            toy, table({"noise_present": "present", "noise_sites.at_chain": True}, types=types)
        )
    )
    assert row["leading"] == ["chain_trouble"]


def test_the_ends_of_a_number_known_roughly_come_one_column_each(toy):
    types = {
        "fall_days.least": "DOUBLE",
        "fall_days.most": "DOUBLE",
        "fell_off": "BOOLEAN",
        "fall_days": "DOUBLE",
    }
    rows = (
        {"fell_off": True, "fall_days.least": 2.0, "fall_days.most": 3.0},
        {"fell_off": True, "fall_days.least": 400.0},
        {"fell_off": True, "fall_days": 2.5},
    )
    found = dicts(triage.assess_table(toy, table(*rows, types=types), detail="full"))
    for row, days in zip(found, ("2 to 3", "at least 400", "2.5"), strict=True):
        alone = triage.assess(toy, {"fell_off": "yes", "fall_days": days})
        assert Assessment.model_validate(row["assessment"]).urgency == alone.urgency


@pytest.mark.parametrize(
    "row, message",
    [
        ({"fall_days.least": 3.0, "fall_days.most": 2.0}, "does not go up"),
        ({"fall_days.most": -2.0}, "is outside 0 to"),
        ({"fall_days.most": 2.0, "fall_days": 1.0}, "is given as a number and as an interval"),
    ],
)
def test_ends_that_are_no_interval_are_named(toy, row, message):
    types = dict.fromkeys(("fall_days", "fall_days.least", "fall_days.most"), "DOUBLE") | {
        "fell_off": "BOOLEAN"
    }
    with pytest.raises(Problems) as caught:
        triage.assess_table(toy, table({"fell_off": True} | row, types=types))
    assert message in caught.value.problems[0].message


def test_a_former_name_of_a_finding_is_understood(toy):
    types = {"crashed": "BOOLEAN"}
    (row,) = dicts(triage.assess_table(toy, table({"crashed": True}, types=types), detail="full"))
    assert row["assessment"]["urgency"] == triage.assess(toy, {"fell_off": True}).urgency.model_dump(
        mode="json"
    ) | {
        name: [
            one.model_dump(mode="json")
            for one in getattr(triage.assess(toy, {"fell_off": True}).urgency, name)
        ]
        for name in ("because", "open")
    }


@pytest.mark.parametrize(
    "column, type, value, message",
    [
        ("rider_age_years", "DOUBLE", float("nan"), "is not a finite number"),
        ("rider_age_years", "DOUBLE", float("inf"), "is not a finite number"),
        ("rider_age_years", "INTEGER", 200, "is outside 0 to 120 years"),
        ("rider_age_years", "DECIMAL(5,1)", 40.5, "is not a whole number"),
        ("noise_present", "VARCHAR", "loud", "has no choice `loud`"),
        ("noise_sites", "VARCHAR[]", ["at_moon"], "has no choice `at_moon`"),
        ("noise_sites", "VARCHAR[]", [], "is empty"),
        ("noise_sites", "VARCHAR", "none; at_chain", "beside other choices"),
        ("case_id", "VARCHAR", "", "the case has no id"),
    ],
)
def test_a_value_that_is_no_answer_is_named(toy, column, type, value, message):
    names = () if column == "case_id" else ("case_id",)
    relation = table({column: value}, {"case_id": "fine"}, types={column: type}, names=names)
    with pytest.raises(Problems) as caught:
        triage.assess_table(toy, relation)
    assert [problem.place.line for problem in caught.value.problems] == [1]
    assert message in caught.value.problems[0].message


def test_answers_that_contradict_each_other_are_named(toy):
    types = {
        "motor_fitted": "BOOLEAN",
        "battery_hot": "BOOLEAN",
        "owned_years": "DOUBLE",
        "bicycle_age_years": "DOUBLE",
    }
    relation = table(
        {"motor_fitted": False, "battery_hot": True},
        {"owned_years": 9.0, "bicycle_age_years": 3.0},
        {"motor_fitted": False, "battery_hot": False},
        types=types,
    )
    with pytest.raises(Problems) as caught:
        triage.assess_table(toy, relation)
    assert [problem.place.line for problem in caught.value.problems] == [1, 2]
    assert "electric motor" in caught.value.problems[0].message


@pytest.mark.parametrize(
    "types, message",
    [
        ({"rim_cracked": "INTEGER"}, "cannot hold answers to `rim_cracked`"),
        ({"rider_age_years": "VARCHAR"}, "cannot hold answers to `rider_age_years`"),
        ({"frame_material": "DOUBLE"}, "cannot hold answers to `frame_material`"),
        ({"noise_sites.at_moon": "BOOLEAN"}, "`noise_sites` has no choice `at_moon`"),
        ({"rider_age_years.mean": "DOUBLE"}, "`rider_age_years` has no end `mean`"),
    ],
)
def test_a_column_of_a_wrong_type_or_choice_is_named(toy, types, message):
    with pytest.raises(Problems) as caught:
        triage.assess_table(toy, table({}, types=types))
    assert message in str(caught.value)


def test_a_table_needs_ids_of_its_own(toy):
    with pytest.raises(Problems, match="`case_id` is missing"):
        triage.assess_table(toy, table(types={"rim_cracked": "BOOLEAN"}, names=()))
    with pytest.raises(Problems, match="the id `a` is given to 2 rows"):
        triage.assess_table(toy, table({"case_id": "a"}, {"case_id": "a"}))


def test_a_kept_column_with_the_name_of_a_result_is_refused(toy):
    with pytest.raises(TriageError, match="the name of a column of the result"):
        triage.assess_table(toy, table({}, names=("case_id", "Urgency")))


def test_what_is_no_table_is_refused(toy):
    with pytest.raises(UsageError, match="a table cannot be read from `int`"):
        triage.assess_table(toy, 3)


def test_an_empty_table_gives_an_empty_table(toy):
    assert triage.assess_table(toy, table()).fetchall() == []


def test_columns_of_numpy_arrays_are_a_table(toy):
    numpy = pytest.importorskip("numpy")
    columns = {"case_id": numpy.array(["a", "b"]), "rim_cracked": numpy.array([True, False])}
    rows = dicts(triage.assess_table(toy, columns))
    assert [row["urgency_because"] for row in rows] == [["rim_about_to_fail"], []]


def test_a_data_frame_is_a_table(toy):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"case_id": ["a", "b"], "rider_age_years": [30.0, None], "rim_cracked": [True, None]}
    )
    assert [row["case_id"] for row in dicts(triage.assess_table(toy, frame))] == ["a", "b"]


def test_an_arrow_table_is_a_table(toy):
    pyarrow = pytest.importorskip("pyarrow")
    arrow = pyarrow.table({"case_id": ["a"], "rim_cracked": [True]})
    assert dicts(triage.assess_table(toy, arrow))[0]["urgency_because"] == ["rim_about_to_fail"]
