# METADATA
# title: "Part of a DAG cannot be known from its file"
# description: "What cannot be read before it runs cannot be judged before it runs."
# custom:
#   id: AF-020
#   severity: medium
#   fix: "Write names, addresses and loops over constants; keep what differs between places in connections and variables."
#   references:
#     - NIST AI RMF MAP 2.3
package custody.check.airflow.unknown

# Only where `data.custody.settings.refuse_unknown` is true.
findings contains {"line": unknown.line, "message": unknown.what} if {
	data.custody.settings.refuse_unknown == true
	some unknown in input.unknowns
}

findings contains {"line": uri.line, "message": sprintf("reads or writes %s, of which the file does not say the place", [uri.uri])} if {
	data.custody.settings.refuse_unknown == true
	some uri in input.uris
	regex.match(`^[\w+.-]+://(\{[^{}]|\{\{)`, uri.uri)
}
