# METADATA
# title: "A Vertex AI metadata store is encrypted with a key of Google alone"
# description: "It says which data made which model, and no key of yours protects that."
# custom:
#   id: GCP-096
#   severity: medium
#   checkov: CKV_GCP_96
#   fix: "Add encryption_spec with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_vertex_metadata_customer_key

import data.custody.terraform as tf

findings contains tf.finding(store, "encryption_spec.kms_key_name", "no key of yours encrypts it") if {
	some store in input.resources.google_vertex_ai_metadata_store
	not tf.given(tf.value(store, "encryption_spec.kms_key_name"))
}
