# METADATA
# title: "A trail is switched off"
# description: "Nothing is written down of who touched which data."
# custom:
#   id: AWS-251
#   severity: high
#   checkov: CKV_AWS_251
#   fix: "Write enable_logging = true, or leave it out."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_cloudtrail_logging

import data.custody.terraform as tf

findings contains tf.finding(trail, "enable_logging", "it is switched off") if {
	some trail in input.resources.aws_cloudtrail
	tf.off(tf.value(trail, "enable_logging"))
}
