"""With real pandas and pydantic, against a real server ($CUSTODY_URL) and the real command ($CUSTODY_COMMAND)."""

import asyncio
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ValidationError, field_validator

import custody

RULES = """version: 1
rules:
  - {name: no-ssn, types: US_SSN, action: fail}
  - {name: keys, family: secret, action: quarantine}
  - {name: rest, family: personal, action: mask, keep: type}
"""
KEY = "AKIAQ3EGRZ5MJ7TWXK4V"


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": np.array([10, 20, 30, 40], dtype="int32"),
            "score": [0.5, 1.25, np.nan, 2.0],
            "at": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]),
            "text": ["fine", "write to jane@example.org", f"key {KEY} leaked", 'said "no", twice\nand left'],
        },
        index=["a", "b", "c", "d"],
    )


class Doors:
    """The same behaviour through both doors."""

    rules: object

    def test_rows_that_pass_keep_their_types_and_their_index(self):
        before = frame()
        clean = custody.gate(before, rules=self.rules)
        self.assertEqual(list(clean.index), ["a", "b", "d"])
        self.assertEqual(clean["text"].tolist(), ["fine", "write to <EMAIL_ADDRESS>", 'said "no", twice\nand left'])
        for name in ("id", "score", "at"):
            self.assertEqual(clean[name].dtype, before[name].dtype)
            pd.testing.assert_series_equal(clean[name], before[name].drop("c"))
        pd.testing.assert_frame_equal(before, frame())

    def test_what_is_refused_raises_with_a_report_that_holds_no_value(self):
        bad = frame()
        bad.loc["a", "text"] = "my SSN is 536-90-4399"
        with self.assertRaises(custody.GateRefused) as raised:
            custody.gate(bad, rules=self.rules)
        self.assertEqual(raised.exception.report["verdict"], "rejected")
        self.assertEqual(raised.exception.report["firstFailures"][0]["type"], "US_SSN")
        self.assertNotIn("536-90", str(raised.exception.report))

    def test_a_guarded_function_sees_what_the_rules_leave(self):
        class Person(BaseModel):
            name: str
            age: int
            mails: list[str]

        @custody.guard(rules=self.rules)
        def told(text, person, *, extra):
            return text, person, extra

        text, person, extra = told(
            "ask jane@example.org", Person(name="x", age=3, mails=["bob@example.org"]), extra={"n": 1, "t": ("a", "eve@example.org")}
        )
        self.assertEqual(text, "ask <EMAIL_ADDRESS>")
        self.assertEqual(person, Person(name="x", age=3, mails=["<EMAIL_ADDRESS>"]))
        self.assertEqual(extra, {"n": 1, "t": ("a", "<EMAIL_ADDRESS>")})

    def test_a_guarded_function_does_not_run_on_what_is_refused(self):
        ran = []

        @custody.guard(rules=self.rules)
        def run(text):
            ran.append(text)

        for text in ("my SSN is 536-90-4399", f"key {KEY} leaked"):
            with self.assertRaises(custody.GateRefused):
                run(text)
        self.assertEqual(ran, [])


class OverHttp(Doors, unittest.TestCase):
    rules = "py"

    def test_a_result_is_looked_at_too_also_of_a_coroutine(self):
        @custody.guard(rules=self.rules, on="both")
        async def echo(text):
            return {"said": text + " and bob@example.org"}

        self.assertEqual(asyncio.run(echo("hello jane@example.org")), {"said": "hello <EMAIL_ADDRESS> and <EMAIL_ADDRESS>"})

    def test_a_masked_value_that_its_model_does_not_take_is_refused(self):
        class Strict(BaseModel):
            mail: str

            @field_validator("mail")
            @classmethod
            def has_at(cls, value):
                if "@" not in value:
                    raise ValueError("no @")
                return value

        @custody.guard(rules=self.rules)
        def run(model):
            return model

        with self.assertRaises(ValidationError):
            run(Strict(mail="jane@example.org"))

    def test_numbers_alone_do_not_go_anywhere(self):
        @custody.guard(rules="nowhere", url="http://127.0.0.1:9")
        def add(a, b):
            return a + b

        self.assertEqual(add(1, 2), 3)

    def test_a_server_that_does_not_answer_lets_nothing_in(self):
        with self.assertRaises(custody.GateUnavailable):
            custody.gate(frame(), rules="py", url="http://127.0.0.1:9")
        with self.assertRaises(custody.GateUnavailable):
            custody.gate(frame(), rules="unknown")


class ByCommand(Doors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.rules = Path(cls.folder.name, "rules.yaml")
        cls.rules.write_text(RULES)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_dropped_columns_are_gone(self):
        rules = Path(self.folder.name, "drop.yaml")
        rules.write_text("version: 1\nrules: [{columns: text, action: drop, of: column}]\n")
        self.assertEqual(list(custody.gate(frame(), rules=rules).columns), ["id", "score", "at"])


if __name__ == "__main__":
    assert os.environ["CUSTODY_URL"] and os.environ["CUSTODY_COMMAND"]
    unittest.main()
