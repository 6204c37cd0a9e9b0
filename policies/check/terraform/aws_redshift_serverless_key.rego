# METADATA
# title: "A serverless warehouse is not under a key of your own"
# description: "A namespace has no disk to take away; its key is all that you can withdraw."
# custom:
#   id: AWS-282
#   severity: medium
#   checkov: CKV_AWS_282
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_redshift_serverless_key

import data.custody.terraform as tf

findings contains tf.finding(namespace, "kms_key_id", "no key of yours encrypts it") if {
	some namespace in input.resources.aws_redshiftserverless_namespace
	not tf.given(tf.value(namespace, "kms_key_id"))
}
