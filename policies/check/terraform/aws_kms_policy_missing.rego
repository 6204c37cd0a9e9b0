# METADATA
# title: "A key has no policy of its own"
# description: "By the default policy every administrator of the account may let anybody use it."
# custom:
#   id: AWS2-064
#   severity: low
#   checkov: CKV2_AWS_64
#   fix: "Write a policy that names who administers and who uses the key, or add an aws_kms_key_policy."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-6
#     - NIST SP 800-53 SC-12
package custody.check.terraform.aws_kms_policy_missing

import data.custody.terraform as tf

findings contains tf.finding(key, "policy", "it has no policy of its own") if {
	some key in input.resources.aws_kms_key
	tf.value(key, "policy") == null
	tf.neighbours(key, {"aws_kms_key_policy"}) == []
}
