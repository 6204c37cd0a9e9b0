# METADATA
# title: "A notebook reads a source that is not approved"
# description: "Data of unknown origin or standing would reach what is made from it."
# custom:
#   id: NB-008
#   severity: high
#   fix: "Ask for approval of the source, or read an approved one."
#   references:
#     - MITRE ATLAS AML.T0020
#     - NIST AI RMF MAP 4.1
package custody.check.notebook.forbidden_source

# `data.custody.settings.forbidden_sources`: beginnings of addresses, set in `custody.check.yaml`.
findings contains {"line": uri.line, "message": sprintf("reads from %s, which is forbidden", [prefix])} if {
	some cell in input.cells
	some uri in cell.uris
	some prefix in data.custody.settings.forbidden_sources
	startswith(uri.uri, prefix)
}

# Addresses that are put together of constants, and tables.
findings contains {"line": read.line, "message": sprintf("reads from %s, which is forbidden", [prefix])} if {
	some read in input.reads
	some prefix in data.custody.settings.forbidden_sources
	startswith(read.place, prefix)
}
