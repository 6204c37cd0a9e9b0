# METADATA
# title: "SQL is put together from values and run"
# description: "Whoever writes such a value writes the query."
# custom:
#   id: SQL-005
#   severity: high
#   fix: "Pass values as parameters (USING), and names through QUOTE_IDENT, QUOTENAME or `%I`."
#   references:
#     - CWE-89
#     - OWASP A03:2021
package custody.check.sql.dynamic

findings contains {"line": one.line, "message": one.what} if {
	some one in input.dynamic
}
