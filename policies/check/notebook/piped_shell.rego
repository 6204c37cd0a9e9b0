# METADATA
# title: "A notebook runs what it downloads"
# description: "What the server answers is run with the rights of the notebook, whatever it is that day."
# custom:
#   id: NB-005
#   severity: high
#   fix: "Download it, check its digest, then run it."
#   references:
#     - CWE-494
#     - MITRE ATT&CK T1059
package custody.check.notebook.piped_shell

findings contains {"line": command.line, "message": "pipes a download into a shell"} if {
	some cell in input.cells
	some command in cell.shell
	regex.match(`\b(curl|wget)\b[^|]*\|\s*(sudo\s+)?(ba|z|da)?sh\b|\b(curl|wget)\b[^|]*\|\s*(sudo\s+)?python`, command.text)
}
