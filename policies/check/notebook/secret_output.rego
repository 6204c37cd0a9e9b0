# METADATA
# title: "An output of a notebook holds a secret"
# description: "The secret is saved with the notebook and in its history."
# custom:
#   id: NB-002
#   severity: critical
#   fix: "Withdraw the secret, clear the outputs, and do not print credentials."
#   references:
#     - CWE-532
#     - CWE-798
package custody.check.notebook.secret_output

findings contains {"line": output.line, "message": sprintf("cell %d shows a %s", [output.cell, lower(replace(output.type, "_", " "))])} if {
	some output in input.outputs
	output.family == "secret"
}
