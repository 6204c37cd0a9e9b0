# METADATA
# title: "A message broker writes no log"
# description: "Nobody can tell which client took the messages."
# custom:
#   id: AWS-048
#   severity: medium
#   checkov: CKV_AWS_48
#   fix: "Write logs { general = true }."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_mq_logging

import data.custody.terraform as tf

findings contains tf.finding(broker, "logs.general", "its general log is off") if {
	some broker in input.resources.aws_mq_broker
	not tf.yes(tf.value(broker, "logs.general"))
}
