# METADATA
# title: "Code of a stranger runs with secrets"
# description: "pull_request_target runs with the secrets of the repository, and this workflow checks out what the pull request holds."
# custom:
#   id: WF-003
#   severity: critical
#   fix: "Use pull_request, or do not check out the head of the pull request."
#   references:
#     - CWE-829
#     - OWASP CICD-SEC-4
package custody.check.workflow.target_checkout

findings contains {"line": run.line, "message": "checks out the head of a pull request under pull_request_target"} if {
	"pull_request_target" in input.events
	some run in input.runs
	regex.match(`(?s)git\s+(fetch|checkout).*pull`, run.script)
}

findings contains {"line": used.line, "message": "checks out under pull_request_target: make sure that it is not the head of the pull request"} if {
	"pull_request_target" in input.events
	some used in input.uses
	used.action == "actions/checkout"
}
