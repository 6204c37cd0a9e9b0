# METADATA
# title: "A KMS key is open to everybody"
# description: "Whatever was encrypted with the key can be read by everybody."
# custom:
#   id: GCP2-006
#   severity: critical
#   checkov: CKV2_GCP_6
#   fix: "Give its roles to named groups or service accounts, never to allUsers or allAuthenticatedUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 1.9
package custody.check.terraform.gcp_kms_key_public

import data.custody.terraform as tf

findings contains tf.finding(key, "", sprintf("%s opens it to everybody", [grant])) if {
	some key in input.resources.google_kms_crypto_key
	some grant in opened[key.address]
}

# Grants by the address of what they refer to.
opened[address] contains grant.address if {
	some grant in tf.resources({"google_kms_crypto_key_iam_binding", "google_kms_crypto_key_iam_member"})
	tf.opens_to_everybody(grant)
	some address in tf.referred(grant)
}
