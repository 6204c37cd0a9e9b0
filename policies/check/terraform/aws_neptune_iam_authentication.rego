# METADATA
# title: "A Neptune cluster asks nobody who they are"
# description: "Without IAM authentication every machine in the network may read the whole graph."
# custom:
#   id: AWS-359
#   severity: medium
#   checkov: CKV_AWS_359
#   fix: "Write iam_database_authentication_enabled = true."
#   references:
#     - CWE-306
#     - NIST SP 800-53 IA-2
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_neptune_iam_authentication

import data.custody.terraform as tf

findings contains tf.finding(cluster, "iam_database_authentication_enabled", "whoever reaches it may query it") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.yes(tf.value(cluster, "iam_database_authentication_enabled"))
}
