# METADATA
# title: "A database keeps its data unencrypted"
# description: "A disk, snapshot or backup that leaves the account is readable by whoever holds it."
# custom:
#   id: AWS-016
#   severity: high
#   checkov: CKV_AWS_16
#   fix: "Write storage_encrypted = true. An instance that runs already is encrypted by restoring an encrypted copy of its snapshot."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.3.1
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_instance_encryption

import data.custody.terraform as tf

findings contains tf.finding(database, "storage_encrypted", "its storage is not encrypted") if {
	some database in input.resources.aws_db_instance
	not tf.yes(tf.value(database, "storage_encrypted"))
}
