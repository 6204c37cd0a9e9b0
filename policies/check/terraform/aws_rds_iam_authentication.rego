# METADATA
# title: "A database knows passwords only"
# description: "A password that leaks is good until somebody changes it; a token of IAM is good for a quarter of an hour."
# custom:
#   id: AWS-161
#   severity: medium
#   checkov: CKV_AWS_161
#   fix: "Write iam_database_authentication_enabled = true and let jobs connect with a token."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
package custody.check.terraform.aws_rds_iam_authentication

import data.custody.terraform as tf

findings contains tf.finding(database, "iam_database_authentication_enabled", "it only knows passwords") if {
	some database in input.resources.aws_db_instance

	# Other engines do not have it.
	tf.value(database, "engine") in {"mysql", "postgres"}
	not tf.yes(tf.value(database, "iam_database_authentication_enabled"))
}
