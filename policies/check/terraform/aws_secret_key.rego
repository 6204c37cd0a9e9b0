# METADATA
# title: "A secret is not under a key of your own"
# description: "Credentials that open the data can be read by every role with access to the default key."
# custom:
#   id: AWS-149
#   severity: medium
#   checkov: CKV_AWS_149
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-522
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_secret_key

import data.custody.terraform as tf

findings contains tf.finding(secret, "kms_key_id", "no key of yours encrypts it") if {
	some secret in input.resources.aws_secretsmanager_secret
	not has_key(secret)
}

has_key(secret) if {
	key := tf.value(secret, "kms_key_id")
	tf.given(key)

	# The alias of the key that AWS keeps.
	not contains(key, "aws/")
}
