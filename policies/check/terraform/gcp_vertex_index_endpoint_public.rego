# METADATA
# title: "A Vertex AI index endpoint is public"
# description: "Vectors give back much of the texts they were made of."
# custom:
#   id: GCP2-034
#   severity: high
#   checkov: CKV2_GCP_34
#   fix: "Remove public_endpoint_enabled = true and set network."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_vertex_index_endpoint_public

import data.custody.terraform as tf

findings contains tf.finding(endpoint, "public_endpoint_enabled", "it answers on a public address") if {
	some endpoint in input.resources.google_vertex_ai_index_endpoint
	tf.value(endpoint, "public_endpoint_enabled") == true
}
