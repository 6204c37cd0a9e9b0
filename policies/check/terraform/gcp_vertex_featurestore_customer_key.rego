# METADATA
# title: "A Vertex AI feature store is encrypted with a key of Google alone"
# description: "Features are facts about people, and no key of yours can make them unreadable."
# custom:
#   id: GCP2-025
#   severity: medium
#   checkov: CKV2_GCP_25
#   fix: "Add encryption_spec with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_vertex_featurestore_customer_key

import data.custody.terraform as tf

findings contains tf.finding(store, "encryption_spec", "no key of yours encrypts it") if {
	some store in input.resources.google_vertex_ai_featurestore
	not tf.given(tf.value(store, "encryption_spec"))
}
