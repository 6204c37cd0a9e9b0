# METADATA
# title: "Personal data flow to a forbidden place"
# description: "They would leave the places that may hold them, and no request to erase would find them there."
# custom:
#   id: NB-011
#   severity: critical
#   fix: "Write to an approved place, or take the personal columns out first."
#   references:
#     - CWE-359
#     - GDPR Art. 5(1)(f)
#     - MITRE ATLAS AML.T0057
package custody.check.notebook.personal_flow

# `data.custody.settings.personal_sources`, `forbidden_destinations` and `forbidden_sources`: beginnings of addresses and tables.
findings contains {"line": flow.line, "message": sprintf("data of %s flow to %s (cells %s)", [flow.from, flow.to, cells])} if {
	some flow in input.flows
	some personal in data.custody.settings.personal_sources
	startswith(flow.from, personal)
	some forbidden in array.concat(
		object.get(data.custody.settings, "forbidden_destinations", []),
		object.get(data.custody.settings, "forbidden_sources", []),
	)
	startswith(flow.to, forbidden)
	cells := concat(", ", [sprintf("%d", [cell]) | some cell in flow.cells])
}
