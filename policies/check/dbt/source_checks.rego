# METADATA
# title: "A source is not looked at before it is used"
# description: "Data that are late, doubled or missing go unseen into every model."
# custom:
#   id: DBT-007
#   severity: low
#   fix: "Set `freshness` with `loaded_at_field`, and test the key of the table."
#   references:
#     - NIST AI RMF MEASURE 2.6
#     - MITRE ATLAS AML.T0020
package custody.check.dbt.source_checks

findings contains {"file": source.path, "line": source.line, "resource": source.name, "message": sprintf("%s has %s", [source.name, concat(" and ", missing)])} if {
	some source in input.sources
	missing := [what | some what, is_missing in {"no freshness": has_no_freshness(source), "no tests": has_no_tests(source)}; is_missing]
	count(missing) > 0
}

has_no_freshness(source) := source.freshness == false

has_no_tests(source) := (count(source.tests) + count([test | some column in source.columns; some test in column.tests])) == 0
