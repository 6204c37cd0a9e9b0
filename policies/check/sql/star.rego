# METADATA
# title: "SQL takes every column of a table with labels"
# description: "A column that is added to the table tomorrow goes through without anybody having decided so."
# custom:
#   id: SQL-006
#   severity: medium
#   fix: "Name the columns that are needed."
#   references:
#     - GDPR Article 5(1)(c)
#     - CWE-359
package custody.check.sql.star

findings contains {"line": star.line, "resource": star.of, "message": sprintf("`select *` of %s, which holds %s", [star.of, concat(", ", star.labels)])} if {
	some star in input.stars
}
