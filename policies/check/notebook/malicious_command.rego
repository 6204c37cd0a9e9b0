# METADATA
# title: "A notebook does what attacks do"
# description: "It runs with the rights and the credentials of whoever opens it."
# custom:
#   id: NB-016
#   severity: critical
#   fix: "Ask who wrote it and why; if nobody knows, take it out and withdraw every secret that it could reach."
#   references:
#     - MITRE ATT&CK T1059
#     - MITRE ATT&CK T1195.002
#     - CWE-506
package custody.check.notebook.malicious_command

import data.custody.commands

findings contains {"line": command.line, "message": what} if {
	some cell in input.cells
	some command in cell.shell
	some what in commands.suspicions(command.text)
}
