# METADATA
# title: "A Vertex AI dataset is encrypted with a key of Google alone"
# description: "Nobody can make what a model was trained on unreadable when somebody withdraws consent."
# custom:
#   id: GCP-092
#   severity: medium
#   checkov: CKV_GCP_92
#   fix: "Add encryption_spec with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_vertex_dataset_customer_key

import data.custody.terraform as tf

findings contains tf.finding(dataset, "encryption_spec.kms_key_name", "no key of yours encrypts it") if {
	some dataset in input.resources.google_vertex_ai_dataset
	not tf.given(tf.value(dataset, "encryption_spec.kms_key_name"))
}
