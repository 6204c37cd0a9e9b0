# METADATA
# title: "A Vertex AI endpoint is encrypted with a key of Google alone"
# description: "A model can give back what it was trained on, and no key of yours protects it where it is served."
# custom:
#   id: GCP2-024
#   severity: medium
#   checkov: CKV2_GCP_24
#   fix: "Add encryption_spec with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_vertex_endpoint_customer_key

import data.custody.terraform as tf

findings contains tf.finding(endpoint, "encryption_spec", "no key of yours encrypts it") if {
	some endpoint in input.resources.google_vertex_ai_endpoint
	not tf.given(tf.value(endpoint, "encryption_spec"))
}
