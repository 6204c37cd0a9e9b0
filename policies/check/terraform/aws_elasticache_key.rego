# METADATA
# title: "A cache is not under a key of your own"
# description: "Sessions in it are as good as being logged in as the person."
# custom:
#   id: AWS-191
#   severity: medium
#   checkov: CKV_AWS_191
#   fix: "Write at_rest_encryption_enabled = true and set kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_elasticache_key

import data.custody.terraform as tf

findings contains tf.finding(group, "kms_key_id", "no key of yours encrypts it") if {
	some group in input.resources.aws_elasticache_replication_group
	not tf.given(tf.value(group, "kms_key_id"))
}
