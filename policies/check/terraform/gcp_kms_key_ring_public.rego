# METADATA
# title: "A KMS key ring is open to everybody"
# description: "All keys of the ring, and so all data under them, are open to everybody."
# custom:
#   id: GCP2-008
#   severity: critical
#   checkov: CKV2_GCP_8
#   fix: "Give its roles to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 1.9
package custody.check.terraform.gcp_kms_key_ring_public

import data.custody.terraform as tf

findings contains tf.finding(ring, "", sprintf("%s opens it to everybody", [grant])) if {
	some ring in input.resources.google_kms_key_ring
	some grant in opened[ring.address]
}

# Grants by the address of what they refer to.
opened[address] contains grant.address if {
	some grant in tf.resources({"google_kms_key_ring_iam_binding", "google_kms_key_ring_iam_member"})
	tf.opens_to_everybody(grant)
	some address in tf.referred(grant)
}
