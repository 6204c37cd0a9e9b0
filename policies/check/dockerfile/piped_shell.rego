# METADATA
# title: "A build runs what it downloads"
# description: "What the server answers that day becomes a part of the image."
# custom:
#   id: DF-004
#   severity: high
#   fix: "Download it, check its digest, then run it."
#   references:
#     - CWE-494
package custody.check.dockerfile.piped_shell

findings contains {"line": instruction.line, "message": "pipes a download into a shell"} if {
	some instruction in input.instructions
	instruction.name == "RUN"
	regex.match(`\b(curl|wget)\b[^|\n]*\|\s*(sudo\s+)?((ba|z|da)?sh|python3?)\b`, instruction.value)
}
