# METADATA
# title: "Snapshots of a warehouse are copied without a key of your own"
# description: "In the other region, the copy of everything is only as safe as the default key."
# custom:
#   id: AWS-281
#   severity: medium
#   checkov: CKV_AWS_281
#   fix: "Set kms_key_id to a KMS key of the target region."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_redshift_snapshot_copy_key

import data.custody.terraform as tf

findings contains tf.finding(grant, "kms_key_id", "no key of yours encrypts the copies") if {
	some grant in input.resources.aws_redshift_snapshot_copy_grant
	not tf.given(tf.value(grant, "kms_key_id"))
}
