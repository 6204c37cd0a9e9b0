# METADATA
# title: "A workflow may write everything"
# description: "A step that is taken over can change code, releases and packages."
# custom:
#   id: WF-004
#   severity: medium
#   fix: "Name the permissions that each job needs."
#   references:
#     - CWE-250
#     - CIS Software Supply Chain 2.3
package custody.check.workflow.write_all

findings contains {"line": 1, "message": "permissions: write-all"} if input.permissions == "write-all"

findings contains {"line": job.line, "message": sprintf("job %s has write-all", [job.name])} if {
	some job in input.jobs
	job.permissions == "write-all"
}
