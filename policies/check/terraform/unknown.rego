# METADATA
# title: "What a configuration builds cannot be known from the repository"
# description: "A module from elsewhere is not checked here; only who asks for it is told (refuse_unknown)."
# custom:
#   id: TF-007
#   severity: medium
#   fix: "Check the plan (terraform show -json) as well, or keep the module in the repository."
#   references:
#     - CWE-1059
package custody.check.terraform.unknown

import data.custody.settings

findings contains {"file": unknown.file, "line": unknown.line, "message": unknown.what} if {
	settings.refuse_unknown == true
	some unknown in input.unknowns
	startswith(unknown.what, "module ")
}
