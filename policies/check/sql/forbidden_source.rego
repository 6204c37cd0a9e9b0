# METADATA
# title: "SQL reads or writes a place that is not approved"
# description: "Data of unknown origin or standing would reach what is made from it, or data would leave."
# custom:
#   id: SQL-004
#   severity: high
#   fix: "Ask for approval of the place, or use an approved one."
#   references:
#     - MITRE ATLAS AML.T0020
#     - MITRE ATT&CK T1567
#     - NIST AI RMF MAP 4.1
package custody.check.sql.forbidden_source

# `data.custody.settings.forbidden_sources`: beginnings of addresses, set in `custody.check.yaml`.
findings contains {"line": uri.line, "message": sprintf("%s %s, which is forbidden", [verb[uri.access], prefix])} if {
	some uri in input.uris
	some prefix in data.custody.settings.forbidden_sources
	startswith(uri.uri, prefix)
}

verb := {"read": "reads from", "write": "writes to"}
