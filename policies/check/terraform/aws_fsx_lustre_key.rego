# METADATA
# title: "A Lustre file system is not under a key of your own"
# description: "It holds whole training sets while models are fitted."
# custom:
#   id: AWS-190
#   severity: medium
#   checkov: CKV_AWS_190
#   fix: "Set kms_key_id to a KMS key of your own (deployment_type PERSISTENT_1 or PERSISTENT_2)."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_fsx_lustre_key

import data.custody.terraform as tf

findings contains tf.finding(filesystem, "kms_key_id", "no key of yours encrypts it") if {
	some filesystem in input.resources.aws_fsx_lustre_file_system
	not tf.given(tf.value(filesystem, "kms_key_id"))
}
