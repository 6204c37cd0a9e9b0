# METADATA
# title: "A notebook holds a password, token or key"
# description: "Whoever can read the notebook can use it, and it stays in the history."
# custom:
#   id: NB-013
#   severity: critical
#   fix: "Withdraw it, and read it from the environment or a secret store."
#   references:
#     - CWE-798
#     - OWASP A07:2021
package custody.check.notebook.credential_argument

findings contains {"line": call.line, "message": sprintf("passes a literal as %s to %s", [name, call.name])} if {
	some call in input.calls
	walk(call.args, [path, value])
	is_object(value)
	value.secret == "***"
	names := [one | some one in path; is_string(one)]
	name := names[count(names) - 1]
}

findings contains {"line": call.line, "message": sprintf("passes an address with its password to %s", [call.name])} if {
	some call in input.calls
	walk(call.args, [_, value])
	is_string(value)
	contains(value, ":***@")
}
