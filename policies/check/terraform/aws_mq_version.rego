# METADATA
# title: "A message broker runs an old version"
# description: "Old brokers run code that strangers send them (CVE-2023-46604)."
# custom:
#   id: AWS-208
#   severity: medium
#   checkov: CKV_AWS_208
#   fix: "Raise engine_version to ActiveMQ 5.17 or RabbitMQ 3.11 at least."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_mq_version

import data.custody.terraform as tf

least := {"activemq": [5, 17], "rabbitmq": [3, 11]}

findings contains tf.finding(broker, "engine_version", "its version is no longer maintained") if {
	some broker in tf.resources({"aws_mq_broker", "aws_mq_configuration"})
	version := regex.find_n(`\d{1,4}\.\d{1,4}`, sprintf("%v", [tf.value(broker, "engine_version")]), 1)[0]
	[to_number(part) | some part in split(version, ".")] < least[lower(tf.value(broker, "engine_type"))]
}

findings contains tf.finding(broker, "engine_type", "it does not say what it runs") if {
	some broker in tf.resources({"aws_mq_broker", "aws_mq_configuration"})
	tf.value(broker, "engine_type") == null
}
