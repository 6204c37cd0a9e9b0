# METADATA
# title: "A script from the network is run without being looked at"
# description: "Whoever controls the address, or the way to it, runs code in the worker."
# custom:
#   id: AF-016
#   severity: high
#   fix: "Download the script, compare its digest, then run it; or put it into the image."
#   references:
#     - CWE-494
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0010
package custody.check.airflow.piped_shell

findings contains {"line": call.line, "message": "pipes what it downloads into an interpreter"} if {
	some call in input.calls
	some text in call.texts
	regex.match(`curl|wget|fetch`, text)
	is_piped(text)
}

is_piped(text) if regex.match(`(curl|wget|fetch)\b[^\n|;]*\|\s*(sudo\s+(-\S+\s+)*)?(/\S*/)?(ba|z|da|k)?sh\b`, text)

is_piped(text) if regex.match(`(curl|wget)\b[^\n|;]*\|\s*(sudo\s+)?(/\S*/)?(python|perl|ruby|node)[\d.]*\b`, text)

is_piped(text) if regex.match(`\b(ba|z)?sh\s+(-c\s+)?["']?(<\(|\$\(|\x60)\s*(curl|wget)\b`, text)
