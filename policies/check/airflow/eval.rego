# METADATA
# title: "A DAG runs text as code"
# description: "Whoever can write the text runs code in the scheduler or the worker."
# custom:
#   id: AF-014
#   severity: high
#   fix: "Call a function that is chosen from a fixed list."
#   references:
#     - CWE-95
#     - OWASP A03:2021
package custody.check.airflow.eval

findings contains {"line": call.line, "message": sprintf("calls %s", [call.name])} if {
	some call in input.calls
	call.name in {"eval", "exec", "compile", "builtins.eval", "builtins.exec", "__import__", "os.execv"}
	not call.args["0"] == ""
}
