# METADATA
# title: "A DynamoDB cache talks in the clear"
# description: "Items pass between cache and application readable by whoever shares the network."
# custom:
#   id: AWS-239
#   severity: high
#   checkov: CKV_AWS_239
#   fix: "Write cluster_endpoint_encryption_type = \"TLS\"."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_dax_tls

import data.custody.terraform as tf

findings contains tf.finding(cluster, "cluster_endpoint_encryption_type", "clients talk to it in the clear") if {
	some cluster in input.resources.aws_dax_cluster
	not tf.among(tf.value(cluster, "cluster_endpoint_encryption_type"), {"TLS"})
}
