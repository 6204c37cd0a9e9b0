# METADATA
# title: "A package's name is nearly that of another"
# description: "Attackers publish under names that a slip of the finger, or a model that writes code, makes of a known one."
# custom:
#   id: REQ-006
#   severity: high
#   fix: "Write the name that was meant; if this one was, waive the finding with a reason."
#   references:
#     - CWE-1357
#     - MITRE ATT&CK T1195.001
package custody.check.requirements.lookalike

findings contains {"line": requirement.line, "resource": requirement.name, "message": sprintf("%s looks like %s", [requirement.name, requirement.resembles])} if {
	some requirement in input.requirements
	requirement.resembles != null
}
