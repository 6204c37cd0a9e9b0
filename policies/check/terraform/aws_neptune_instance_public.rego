# METADATA
# title: "A Neptune instance can be reached from the internet"
# description: "A graph of who knows whom and who owns what must not be one guessed password away."
# custom:
#   id: AWS-102
#   severity: critical
#   checkov: CKV_AWS_102
#   fix: "Write publicly_accessible = false."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.aws_neptune_instance_public

import data.custody.terraform as tf

findings contains tf.finding(instance, "publicly_accessible", "it has a public address") if {
	some instance in input.resources.aws_neptune_cluster_instance
	tf.on(tf.value(instance, "publicly_accessible"))
}
