# METADATA
# title: "A package has no fixed version"
# description: "The next install may get other code, also that of an attacker who took over the name."
# custom:
#   id: REQ-001
#   severity: medium
#   fix: "Name one version with ==, better make a lock file with hashes (pip-compile --generate-hashes, uv lock)."
#   references:
#     - CWE-1357
#     - OWASP LLM03:2025
#     - MITRE ATLAS AML.T0010
package custody.check.requirements.unpinned

findings contains {"line": requirement.line, "message": sprintf("%s%s is not one version", [requirement.name, requirement.specifier])} if {
	input.format == "pip"
	some requirement in input.requirements
	not requirement.isPinned
	requirement.url == null
}

findings contains {"line": requirement.line, "message": "an address without a commit or a file"} if {
	some requirement in input.requirements
	requirement.url != null
	input.format == "pip"
	not requirement.isPinned
}
