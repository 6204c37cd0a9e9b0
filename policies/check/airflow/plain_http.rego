# METADATA
# title: "A DAG uses an address without encryption"
# description: "What is read can be changed on its way, and what is sent can be read."
# custom:
#   id: AF-004
#   severity: medium
#   fix: "Use https."
#   references:
#     - CWE-319
#     - OWASP A02:2021
#     - MITRE ATLAS AML.T0020
package custody.check.airflow.plain_http

findings contains {"line": uri.line, "message": sprintf("%s is not encrypted", [uri.uri])} if {
	some uri in input.uris
	regex.match(`^(http|ftp)://`, uri.uri)
	not regex.match(`^\w+://([^/@]*@)?(localhost|127\.|0\.0\.0\.0|\[::1\]|169\.254\.169\.254|metadata\.google\.internal|host\.docker\.internal|[\w-]+(:\d+)?(/|$))`, uri.uri)
	not regex.match(`^http://(www\.w3\.org|schemas?\.|xmlns\.)`, uri.uri)
}
