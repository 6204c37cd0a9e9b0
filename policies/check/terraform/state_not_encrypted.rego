# METADATA
# title: "The state is kept where it is not encrypted"
# description: "The state holds every password and key that the configuration makes, in plain text."
# custom:
#   id: TF-005
#   severity: high
#   fix: "Set encrypt = true and kms_key_id in the backend."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
package custody.check.terraform.state_not_encrypted

findings contains {"file": backend.file, "line": backend.line, "resource": "backend.s3", "message": "the backend does not encrypt the state"} if {
	some backend in input.backends
	backend.name == "s3"
	not backend.values.encrypt == true
}

findings contains {"file": backend.file, "line": backend.line, "resource": "backend.http", "message": "the state goes over plain HTTP"} if {
	some backend in input.backends
	backend.name == "http"
	startswith(backend.values.address, "http://")
}
