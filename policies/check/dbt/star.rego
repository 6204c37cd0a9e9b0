# METADATA
# title: "A model takes every column of a table with labels"
# description: "A column that is added to the table tomorrow goes through without anybody having decided so."
# custom:
#   id: DBT-008
#   severity: medium
#   fix: "Name the columns that are needed."
#   references:
#     - GDPR Article 5(1)(c)
#     - CWE-359
package custody.check.dbt.star

# A CTE that takes all, of which what follows names the columns, is none of them.
findings contains {"file": model.path, "line": star.line, "resource": model.name, "message": sprintf("`select *` of %s, which holds %s", [star.of, concat(", ", star.labels)])} if {
	some model in input.models
	some star in model.stars
}
