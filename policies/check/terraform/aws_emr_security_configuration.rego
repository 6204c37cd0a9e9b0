# METADATA
# title: "An EMR cluster has no security configuration"
# description: "Neither its disks nor the traffic between its nodes are encrypted, and nobody has to say who they are."
# custom:
#   id: AWS2-055
#   severity: high
#   checkov: CKV2_AWS_55
#   fix: "Set security_configuration to an aws_emr_security_configuration."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - NIST SP 800-53 SC-8
package custody.check.terraform.aws_emr_security_configuration

import data.custody.terraform as tf

findings contains tf.finding(cluster, "security_configuration", "it has no security configuration") if {
	some cluster in input.resources.aws_emr_cluster
	not tf.given(tf.value(cluster, "security_configuration"))
}
