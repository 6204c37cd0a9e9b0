# METADATA
# title: "A DAG holds a password, token or key"
# description: "Whoever reads the repository can use it, and Airflow shows arguments in its page and logs."
# custom:
#   id: AF-002
#   severity: critical
#   fix: "Read it from an Airflow connection or a secrets backend when the task runs, and withdraw the one that stands here."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - MITRE ATLAS AML.T0012
package custody.check.airflow.credential_argument

findings contains {"line": call.line, "message": sprintf("%s is given a literal for %s", [call.name, concat(".", [sprintf("%v", [step]) | some step in path])])} if {
	some call in input.calls
	some name, argument in call.args
	walk(argument, [below, value])
	value.secret == "***"
	path := array.concat([name], below)
}
