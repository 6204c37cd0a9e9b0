# METADATA
# title: "The container runs as root"
# description: "Whoever breaks out of the program is root in the container."
# custom:
#   id: DF-003
#   severity: medium
#   fix: "End with USER and a name or number that is not root."
#   references:
#     - CWE-250
#     - CIS Docker 4.1
package custody.check.dockerfile.root

findings contains {"line": 1, "message": "no USER is set in the last stage"} if {
	count(input.images) > 0
	input.user == null
}

findings contains {"line": 1, "message": "USER is root"} if regex.match(`^(root|0)(:|$)`, input.user)
