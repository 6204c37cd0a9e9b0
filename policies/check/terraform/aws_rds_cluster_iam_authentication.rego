# METADATA
# title: "An RDS cluster knows passwords only"
# description: "Passwords are shared and kept in files; with IAM every connection is some identity of the account, for a quarter of an hour."
# custom:
#   id: AWS-162
#   severity: medium
#   checkov: CKV_AWS_162
#   fix: "Write iam_database_authentication_enabled = true and let jobs connect with a token."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
package custody.check.terraform.aws_rds_cluster_iam_authentication

import data.custody.terraform as tf

findings contains tf.finding(cluster, "iam_database_authentication_enabled", "it only knows passwords") if {
	some cluster in input.resources.aws_rds_cluster
	not tf.yes(tf.value(cluster, "iam_database_authentication_enabled"))
}
