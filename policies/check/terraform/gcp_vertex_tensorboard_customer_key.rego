# METADATA
# title: "A Vertex AI TensorBoard is encrypted with a key of Google alone"
# description: "Examples from training data stand in its pages, under no key of yours."
# custom:
#   id: GCP2-026
#   severity: medium
#   checkov: CKV2_GCP_26
#   fix: "Add encryption_spec with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_vertex_tensorboard_customer_key

import data.custody.terraform as tf

findings contains tf.finding(board, "encryption_spec", "no key of yours encrypts it") if {
	some board in input.resources.google_vertex_ai_tensorboard
	not tf.given(tf.value(board, "encryption_spec"))
}
