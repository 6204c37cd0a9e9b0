# METADATA
# title: "Packages come over plain HTTP, or from a host that is trusted blindly"
# description: "Anybody on the way can answer with other code."
# custom:
#   id: REQ-003
#   severity: high
#   fix: "Use HTTPS and drop --trusted-host."
#   references:
#     - CWE-319
package custody.check.requirements.plain_index

findings contains {"line": index.line, "message": sprintf("%s over plain HTTP", [index.option])} if {
	some index in input.indexes
	startswith(index.url, "http://")
}

findings contains {"line": index.line, "message": "--trusted-host turns certificate checks off"} if {
	some index in input.indexes
	index.option == "--trusted-host"
}

findings contains {"line": requirement.line, "message": sprintf("%s comes over plain HTTP", [requirement.name])} if {
	some requirement in input.requirements
	startswith(requirement.url, "http://")
}
