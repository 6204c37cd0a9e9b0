# METADATA
# title: "A message broker does not take minor upgrades by itself"
# description: "Brokers have had holes that run code sent by strangers; those stay open until somebody remembers."
# custom:
#   id: AWS-207
#   severity: low
#   checkov: CKV_AWS_207
#   fix: "Write auto_minor_version_upgrade = true."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_mq_minor_upgrade

import data.custody.terraform as tf

findings contains tf.finding(broker, "auto_minor_version_upgrade", "minor versions are not installed by themselves") if {
	some broker in input.resources.aws_mq_broker
	not tf.yes(tf.value(broker, "auto_minor_version_upgrade"))
}
