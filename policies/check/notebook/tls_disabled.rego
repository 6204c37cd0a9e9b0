# METADATA
# title: "A notebook does not look at a certificate"
# description: "Whoever stands in between can read and change what is read and written."
# custom:
#   id: NB-015
#   severity: high
#   fix: "Leave verification on; give the authority's certificate where it is one of your own."
#   references:
#     - CWE-295
#     - OWASP A02:2021
package custody.check.notebook.tls_disabled

findings contains {"line": call.line, "message": sprintf("%s sets %s to false", [call.name, name])} if {
	some call in input.calls
	walk(call.args, [path, value])
	value == false
	name := path[count(path) - 1]
	name in {"verify", "verify_ssl", "ssl_verify", "verify_certs", "check_hostname", "use_ssl", "validate_certs", "ssl_certificate_verify", "tls_verify"}
}

findings contains {"line": call.line, "message": sprintf("calls %s", [call.name])} if {
	some call in input.calls
	regex.match(`(^|\.)(_create_unverified_context|_create_stdlib_context)$`, call.name)
}

findings contains {"line": command.line, "message": "tells the client not to verify"} if {
	some cell in input.cells
	some command in cell.shell
	regex.match(`\bcurl\b[^\n|;]*\s(-[a-zA-Z]*k\b|--insecure\b)|\bwget\b[^\n|;]*--no-check-certificate|--trusted-host\b|StrictHostKeyChecking[= ]no`, command.text)
}
