# METADATA
# title: "A step does what attacks do"
# description: "Steps run with the secrets of the workflow: this is how they have been stolen before."
# custom:
#   id: WF-009
#   severity: critical
#   fix: "Ask who wrote it and why; if nobody knows, take it out and withdraw every secret that it could reach."
#   references:
#     - MITRE ATT&CK T1059
#     - MITRE ATT&CK T1195.002
#     - CWE-506
package custody.check.workflow.malicious_command

import data.custody.commands

findings contains {"line": run.line, "message": what} if {
	some run in input.runs
	some what in commands.suspicions(run.script)
}
