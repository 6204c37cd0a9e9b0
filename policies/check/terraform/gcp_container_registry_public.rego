# METADATA
# title: "A container registry is open to everybody"
# description: "Images show how data are handled, and sometimes the passwords that were left in them."
# custom:
#   id: GCP2-009
#   severity: critical
#   checkov: CKV2_GCP_9
#   fix: "Give its roles to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.gcp_container_registry_public

import data.custody.terraform as tf

findings contains tf.finding(registry, "", sprintf("%s opens it to everybody", [grant])) if {
	some registry in input.resources.google_container_registry
	some grant in opened[registry.address]
}

# Grants by the address of what they refer to.
opened[address] contains grant.address if {
	some grant in tf.resources({"google_storage_bucket_iam_binding", "google_storage_bucket_iam_member"})
	tf.opens_to_everybody(grant)
	some address in tf.referred(grant)
}
