# METADATA
# title: "Part of a SQL file was not understood"
# description: "What is not understood is not judged."
# custom:
#   id: SQL-008
#   severity: medium
#   fix: "Mend its syntax, or name the dialect in `settings.sql_dialect`."
#   references:
#     - NIST AI RMF MAP 2.3
package custody.check.sql.unknown

# Only where `data.custody.settings.refuse_unknown` is true.
findings contains {"line": unknown.line, "message": unknown.what} if {
	data.custody.settings.refuse_unknown == true
	some unknown in input.unknowns
}
