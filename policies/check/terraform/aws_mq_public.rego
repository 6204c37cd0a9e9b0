# METADATA
# title: "A message broker can be reached from the internet"
# description: "Every queue, with orders, claims and letters of people, is one password away."
# custom:
#   id: AWS-069
#   severity: critical
#   checkov: CKV_AWS_69
#   fix: "Write publicly_accessible = false."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.aws_mq_public

import data.custody.terraform as tf

findings contains tf.finding(broker, "publicly_accessible", "it has a public address") if {
	some broker in input.resources.aws_mq_broker
	tf.on(tf.value(broker, "publicly_accessible"))
}
