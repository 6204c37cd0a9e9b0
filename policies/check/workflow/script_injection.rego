# METADATA
# title: "Text from outside is put into a script"
# description: "Whoever writes the title, branch or comment writes a part of the script, and it runs with its secrets."
# custom:
#   id: WF-002
#   severity: high
#   fix: "Put the expression into an environment variable and read that, in quotes."
#   references:
#     - CWE-94
#     - OWASP CICD-SEC-4
package custody.check.workflow.script_injection

untrusted := `github\.(event\.(issue|pull_request|comment|review|review_comment|discussion|head_commit|pages|commits)\b.*(title|body|message|ref|label|email|name|default_branch)|head_ref)`

findings contains {"line": run.line, "message": sprintf("${{ %s }} stands in a script", [expression])} if {
	some run in input.runs
	some expression in run.expressions
	regex.match(untrusted, expression)
}
