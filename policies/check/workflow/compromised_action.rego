# METADATA
# title: "An action that was taken over"
# description: "It read the memory of the runner and wrote the secrets of whoever used it into public logs."
# custom:
#   id: WF-010
#   severity: critical
#   fix: "Name the commit of a version that was released after it was mended, and withdraw the secrets of runs in between."
#   references:
#     - CVE-2025-30066
#     - CVE-2025-30154
#     - MITRE ATT&CK T1195.002
package custody.check.workflow.compromised_action

# Tags of these were moved to the attacker's commit; a commit of one's own choice is not.
moved := {"tj-actions/changed-files", "reviewdog/action-setup", "tj-actions/eslint-changed-files", "reviewdog/action-shellcheck", "reviewdog/action-composite-template", "reviewdog/action-staticcheck", "reviewdog/action-ast-grep", "reviewdog/action-typos"}

commits := {"0e58ed8671d6b60d0890c21b07f8835ace038e67", "f0d342d24037bb11d26b9bd8496e0808ba32e9ec"}

findings contains {"line": use.line, "message": sprintf("%s by a tag that was moved to an attacker's commit before", [use.action])} if {
	some use in input.uses
	use.action in moved
	not use.isPinned
}

findings contains {"line": use.line, "message": sprintf("%s at the attacker's commit", [use.action])} if {
	some use in input.uses
	use.ref in commits
}
