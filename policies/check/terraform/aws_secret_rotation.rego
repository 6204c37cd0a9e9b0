# METADATA
# title: "A secret is never rotated"
# description: "What leaked once opens the data for ever."
# custom:
#   id: AWS2-057
#   severity: medium
#   checkov: CKV2_AWS_57
#   fix: "Add an aws_secretsmanager_secret_rotation."
#   references:
#     - CWE-262
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_secret_rotation

import data.custody.terraform as tf

findings contains tf.finding(secret, "name", "it is never rotated") if {
	some secret in input.resources.aws_secretsmanager_secret
	tf.neighbours(secret, {"aws_secretsmanager_secret_rotation"}) == []
}
