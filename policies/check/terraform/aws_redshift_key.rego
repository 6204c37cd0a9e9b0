# METADATA
# title: "A warehouse is not under a key of your own"
# description: "It joins what the sources keep apart, so who may decrypt it should be your decision."
# custom:
#   id: AWS-142
#   severity: medium
#   checkov: CKV_AWS_142
#   fix: "Set kms_key_id to a KMS key of your own, with encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_redshift_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kms_key_id", "no key of yours encrypts it") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.given(tf.value(cluster, "kms_key_id"))
}
