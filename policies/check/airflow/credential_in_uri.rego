# METADATA
# title: "A DAG holds a password in an address"
# description: "Whoever reads the repository or the task's log can use it, and it cannot be changed without a release."
# custom:
#   id: AF-001
#   severity: critical
#   fix: "Put the address into an Airflow connection of a secrets backend, withdraw the password, and name the connection here."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - MITRE ATLAS AML.T0012
package custody.check.airflow.credential_in_uri

findings contains {"line": uri.line, "message": sprintf("the address %s is written with its password", [uri.uri])} if {
	some uri in input.uris
	uri.has_password
}
