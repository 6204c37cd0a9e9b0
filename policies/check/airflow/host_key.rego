# METADATA
# title: "A server is trusted without its key"
# description: "Whoever answers in its place gets the files and the login."
# custom:
#   id: AF-024
#   severity: medium
#   fix: "Give the host's key in the connection's extra (`host_key`)."
#   references:
#     - CWE-322
#     - OWASP A07:2021
package custody.check.airflow.host_key

findings contains {"line": call.line, "message": "accepts any host key"} if {
	some call in input.calls
	regex.match(`(^|\.)(AutoAddPolicy|WarningPolicy)$`, call.name)
}

findings contains {"line": call.line, "message": sprintf("%s does not look at the host key", [call.name])} if {
	some call in input.calls
	some name in ["no_host_key_check", "ignore_hostkey_verification"]
	some place in [call.args, object.get(call.args, "extra", {}), object.get(call.args, "0", {})]
	place[name] in {true, "true"}
}
