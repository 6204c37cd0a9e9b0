# METADATA
# title: "A model has no test on its key"
# description: "Rows that come twice or have no key go unseen into everything that is made of them."
# custom:
#   id: DBT-003
#   severity: medium
#   fix: "Add `unique` and `not_null` to the column that is its key, or `dbt_utils.unique_combination_of_columns`."
#   references:
#     - NIST AI RMF MEASURE 2.6
#     - ISO/IEC 25012 uniqueness
package custody.check.dbt.unique_key

findings contains {"file": place.path, "line": place.line, "resource": model.name, "message": sprintf("%s has no test that its key is unique", [model.name])} if {
	some model in input.models
	model.kind == "model"
	model.materialized != "ephemeral"
	not is_unique(model)
	place := place_of(model)
}

findings contains {"file": model.properties.path, "line": column.line, "resource": sprintf("%s.%s", [model.name, column.name]), "message": sprintf("%s.%s is a key and may be null", [model.name, column.name])} if {
	some model in input.models
	model.kind == "model"
	some column in model.columns
	"unique" in column.tests
	not "not_null" in column.tests
	not "primary_key" in model.constraints
	not "not_null" in model.constraints
	model.properties != null
}

is_unique(model) if {
	some column in model.columns
	some test in column.tests
	regex.match(`(^|[._])(unique|primary_key|unique_key)`, test)
}

is_unique(model) if {
	some test in model.tests
	regex.match(`(^|[._])(unique|primary_key|expect_compound_columns_to_be_unique)`, test.name)
}

# A database that enforces it is as good as a test, and dbt hands it on only with an enforced contract.
is_unique(model) if {
	model.contract
	some constraint in model.constraints
	constraint in {"primary_key", "unique"}
}

place_of(model) := model.properties if model.properties != null

place_of(model) := {"path": model.path, "line": model.line} if model.properties == null
