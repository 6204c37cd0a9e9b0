# METADATA
# title: "A message broker writes no audit log"
# description: "Nobody can tell who changed its users and queues."
# custom:
#   id: AWS-197
#   severity: medium
#   checkov: CKV_AWS_197
#   fix: "Write logs { audit = true }."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_mq_audit_log

import data.custody.terraform as tf

findings contains tf.finding(broker, "logs", "its audit log is off") if {
	some broker in input.resources.aws_mq_broker

	# RabbitMQ has none.
	tf.value(broker, "engine_type") != "RabbitMQ"
	not tf.yes(tf.value(broker, "logs.audit"))
}
