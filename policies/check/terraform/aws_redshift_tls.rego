# METADATA
# title: "A warehouse accepts connections without TLS"
# description: "Results of queries cross the network readable by anybody on the way."
# custom:
#   id: AWS-105
#   severity: high
#   checkov: CKV_AWS_105
#   fix: "Add a parameter require_ssl with the value true."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_redshift_tls

import data.custody.terraform as tf

findings contains tf.finding(group, "parameter", "require_ssl is not true") if {
	some group in input.resources.aws_redshift_parameter_group
	not requires_tls(group)
}

requires_tls(group) if {
	some value in tf.parameters(group, "require_ssl")
	tf.yes(value)
}
