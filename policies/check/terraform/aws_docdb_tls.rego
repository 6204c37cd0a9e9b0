# METADATA
# title: "A DocumentDB cluster accepts connections without TLS"
# description: "Documents and passwords cross the network readable by anybody on the way."
# custom:
#   id: AWS-090
#   severity: high
#   checkov: CKV_AWS_90
#   fix: "Set the parameter tls to enabled, or leave it out."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_docdb_tls

import data.custody.terraform as tf

findings contains tf.finding(group, "parameter", "tls is disabled") if {
	some group in input.resources.aws_docdb_cluster_parameter_group
	"disabled" in tf.parameters(group, "tls")
}
