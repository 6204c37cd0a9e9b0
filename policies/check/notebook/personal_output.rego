# METADATA
# title: "An output of a notebook holds personal data"
# description: "Outputs are saved with the notebook, so the data of people lie in the repository and in every copy of it."
# custom:
#   id: NB-001
#   severity: high
#   fix: "Clear the outputs (jupyter nbconvert --clear-output --inplace), and look at counts instead of rows."
#   references:
#     - CWE-359
#     - GDPR Art. 5(1)(c)
#     - MITRE ATLAS AML.T0057
package custody.check.notebook.personal_output

findings contains {"line": output.line, "message": sprintf("cell %d shows %d × %s", [output.cell, output.count, output.type])} if {
	some output in input.outputs
	output.family == "personal"
}
