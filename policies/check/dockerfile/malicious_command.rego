# METADATA
# title: "An image does what attacks do"
# description: "Whatever runs from the image has it in it."
# custom:
#   id: DF-008
#   severity: critical
#   fix: "Ask who wrote it and why; if nobody knows, take it out and withdraw every secret that it could reach."
#   references:
#     - MITRE ATT&CK T1059
#     - MITRE ATT&CK T1195.002
#     - CWE-506
package custody.check.dockerfile.malicious_command

import data.custody.commands

findings contains {"line": instruction.line, "message": what} if {
	some instruction in input.instructions
	instruction.name in {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"}
	some what in commands.suspicions(instruction.value)
}
