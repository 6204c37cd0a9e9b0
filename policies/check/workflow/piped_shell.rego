# METADATA
# title: "A step runs what it downloads"
# description: "What the server answers is run with the secrets of the workflow."
# custom:
#   id: WF-006
#   severity: high
#   fix: "Download it, check its digest, then run it."
#   references:
#     - CWE-494
#     - OWASP CICD-SEC-3
package custody.check.workflow.piped_shell

findings contains {"line": run.line, "message": "pipes a download into a shell"} if {
	some run in input.runs
	regex.match(`\b(curl|wget)\b[^|\n]*\|\s*(sudo\s+)?((ba|z|da)?sh|python3?)\b`, run.script)
}
