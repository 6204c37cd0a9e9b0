# METADATA
# title: "A workflow does not say what it may do"
# description: "It gets what the repository gives by default, which may be everything."
# custom:
#   id: WF-005
#   severity: low
#   fix: "Begin with permissions: contents: read."
#   references:
#     - CWE-250
#     - CIS Software Supply Chain 2.3
package custody.check.workflow.no_permissions

findings contains {"line": 1, "message": "no permissions are named"} if {
	input.form == "workflow"
	input.permissions == null
	some job in input.jobs
	job.permissions == null
}
