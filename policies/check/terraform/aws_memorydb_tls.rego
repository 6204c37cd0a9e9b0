# METADATA
# title: "An in-memory database talks in the clear"
# description: "Sessions and profiles can be read on their way by whoever shares the network."
# custom:
#   id: AWS-202
#   severity: high
#   checkov: CKV_AWS_202
#   fix: "Write tls_enabled = true, or leave it out."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_memorydb_tls

import data.custody.terraform as tf

findings contains tf.finding(cluster, "tls_enabled", "clients talk to it in the clear") if {
	some cluster in input.resources.aws_memorydb_cluster
	tf.off(tf.value(cluster, "tls_enabled"))
}
