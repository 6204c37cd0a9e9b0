# METADATA
# title: "A Vertex AI endpoint is not in a network of yours"
# description: "Inputs of a model, with the people they are about, travel over public addresses."
# custom:
#   id: GCP2-033
#   severity: medium
#   checkov: CKV2_GCP_33
#   fix: "Set network to a VPC that is peered."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.gcp_vertex_endpoint_private

import data.custody.terraform as tf

findings contains tf.finding(endpoint, "network", "no network is named") if {
	some endpoint in input.resources.google_vertex_ai_endpoint
	not tf.given(tf.value(endpoint, "network"))
}
