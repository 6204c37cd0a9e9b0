# METADATA
# title: "A cache asks for no password, or is asked in the clear"
# description: "Whoever shares the network reads sessions out of it."
# custom:
#   id: AWS-031
#   severity: high
#   checkov: CKV_AWS_31
#   fix: "Write transit_encryption_enabled = true, and set auth_token or user_group_ids."
#   references:
#     - CWE-319
#     - CWE-306
#     - NIST SP 800-53 SC-8
#     - NIST SP 800-53 IA-2
#     - GDPR Art. 32
package custody.check.terraform.aws_elasticache_transit

import data.custody.terraform as tf

findings contains tf.finding(group, "transit_encryption_enabled", "clients talk to it without TLS or without a password") if {
	some group in input.resources.aws_elasticache_replication_group
	not is_guarded(group)
}

is_guarded(group) if {
	tf.yes(tf.value(group, "transit_encryption_enabled"))
	some credential in {"auth_token", "user_group_ids"}
	tf.value(group, credential) != null
}
