# METADATA
# title: "A replication instance can be reached from the internet"
# description: "Whoever gets into it can read the source and write the target."
# custom:
#   id: AWS-089
#   severity: critical
#   checkov: CKV_AWS_89
#   fix: "Write publicly_accessible = false."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.aws_dms_public

import data.custody.terraform as tf

findings contains tf.finding(instance, "publicly_accessible", "it has a public address") if {
	some instance in input.resources.aws_dms_replication_instance
	tf.on(tf.value(instance, "publicly_accessible"))
}
