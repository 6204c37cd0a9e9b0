# METADATA
# title: "EMR clusters may be opened to the internet"
# description: "One security group of a trial then exposes a cluster that reads the lake."
# custom:
#   id: AWS-390
#   severity: high
#   checkov: CKV_AWS_390
#   fix: "Write block_public_security_group_rules = true."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_emr_public_block

import data.custody.terraform as tf

findings contains tf.finding(setting, "block_public_security_group_rules", "clusters may be opened to the internet") if {
	some setting in input.resources.aws_emr_block_public_access_configuration
	not tf.yes(tf.value(setting, "block_public_security_group_rules"))
}
