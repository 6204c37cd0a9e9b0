"""Writes a suite as Great Expectations itself does: python make_suite.py > great_expectations.json"""
import json

import great_expectations as gx
import great_expectations.expectations as gxe

gx.get_context(mode="ephemeral")
suite = gx.ExpectationSuite(name="reviews")
for expectation in [
    gxe.ExpectColumnToExist(column="review_id"),
    gxe.ExpectColumnValuesToNotBeNull(column="review_id"),
    gxe.ExpectColumnValuesToBeUnique(column="review_id"),
    gxe.ExpectColumnValuesToMatchRegex(column="review_id", regex=r"^R\d{9}$"),
    gxe.ExpectColumnValuesToBeBetween(column="rating", min_value=1, max_value=5, mostly=0.99),
    gxe.ExpectColumnValuesToBeInSet(column="rating", value_set=[1, 2, 3, 4, 5], mostly=0.99),
    gxe.ExpectColumnValuesToBeOfType(column="user_id", type_="int64"),
    gxe.ExpectColumnValuesToBeBetween(column="user_id", min_value=0, strict_min=True),
    gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1, max_value=200),
    gxe.ExpectColumnValueLengthsToEqual(column="product_id", value=8),
    gxe.ExpectColumnMeanToBeBetween(column="rating", min_value=2, max_value=4.5),
    gxe.ExpectColumnSumToBeBetween(column="rating", min_value=1),
    gxe.ExpectColumnUniqueValueCountToBeBetween(column="product_id", min_value=10),
    gxe.ExpectColumnValuesToNotBeInSet(column="title", value_set=["test"]),
    gxe.ExpectColumnValuesToNotBeNull(column="text", mostly=0.95),
    gxe.ExpectColumnMedianToBeBetween(column="rating", min_value=2, max_value=4),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="rating", column_B="user_id"),
    gxe.ExpectCompoundColumnsToBeUnique(column_list=["user_id", "product_id"]),
    gxe.ExpectTableRowCountToBeBetween(min_value=10, max_value=1000000),
    gxe.ExpectTableColumnsToMatchOrderedList(
        column_list=["review_id", "user_id", "product_id", "rating", "created_at", "title", "text"]
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(column="text", regex="lorem"),
]:
    suite.add_expectation(expectation)
print(json.dumps(suite.to_json_dict(), indent=2, sort_keys=True))
