# METADATA
# title: "Replicated backups are not under a key of your own"
# description: "The copies lie in another region, where only a key of your own can still be withdrawn."
# custom:
#   id: AWS-245
#   severity: medium
#   checkov: CKV_AWS_245
#   fix: "Set kms_key_id to a KMS key of the target region."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_rds_backup_replication_key

import data.custody.terraform as tf

findings contains tf.finding(replication, "kms_key_id", "no key of yours encrypts the copies") if {
	some replication in input.resources.aws_db_instance_automated_backups_replication
	not tf.given(tf.value(replication, "kms_key_id"))
}
