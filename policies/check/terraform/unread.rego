# METADATA
# title: "A part of a configuration could not be read"
# description: "What is not read is not checked."
# custom:
#   id: TF-006
#   severity: medium
#   fix: "Mend the file (terraform validate names the place)."
#   references:
#     - CWE-1059
package custody.check.terraform.unread

findings contains {"file": unknown.file, "line": unknown.line, "message": unknown.what} if {
	some unknown in input.unknowns
	not startswith(unknown.what, "module ")
}
