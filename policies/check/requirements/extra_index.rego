# METADATA
# title: "A second index can take over names"
# description: "pip takes the newest version of a name from any index: whoever registers it on the public one wins."
# custom:
#   id: REQ-004
#   severity: medium
#   fix: "Use one index that mirrors what is allowed (--index-url)."
#   references:
#     - CWE-427
#     - MITRE ATT&CK T1195.001
package custody.check.requirements.extra_index

findings contains {"line": index.line, "message": "--extra-index-url"} if {
	some index in input.indexes
	index.option == "--extra-index-url"
}
