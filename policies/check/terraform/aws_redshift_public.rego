# METADATA
# title: "A warehouse can be reached from the internet"
# description: "All joined data of the company are then one password away from anybody; the default of old provider versions is public."
# custom:
#   id: AWS-087
#   severity: critical
#   checkov: CKV_AWS_87
#   fix: "Write publicly_accessible = false."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.aws_redshift_public

import data.custody.terraform as tf

findings contains tf.finding(cluster, "publicly_accessible", "it has a public address") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.no(tf.value(cluster, "publicly_accessible"))
}
