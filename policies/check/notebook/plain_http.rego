# METADATA
# title: "Data are read over plain HTTP"
# description: "Anybody on the way can read them, and change them without a trace."
# custom:
#   id: NB-007
#   severity: medium
#   fix: "Use HTTPS, and check a digest."
#   references:
#     - CWE-319
#     - MITRE ATLAS AML.T0020
package custody.check.notebook.plain_http

findings contains {"line": uri.line, "message": "reads over http://"} if {
	some cell in input.cells
	some uri in cell.uris
	startswith(uri.uri, "http://")
	not regex.match(`^http://(localhost|127\.0\.0\.1|\[::1\])([:/]|$)`, uri.uri)
}
