# METADATA
# title: "A backup vault is not under a key of your own"
# description: "Backups keep what was erased elsewhere; destroying their key is how they forget."
# custom:
#   id: AWS-166
#   severity: medium
#   checkov: CKV_AWS_166
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_backup_vault_key

import data.custody.terraform as tf

findings contains tf.finding(vault, "kms_key_arn", "no key of yours encrypts it") if {
	some vault in input.resources.aws_backup_vault
	not tf.given(tf.value(vault, "kms_key_arn"))
}
