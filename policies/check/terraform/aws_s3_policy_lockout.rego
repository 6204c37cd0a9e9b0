# METADATA
# title: "A bucket policy locks everybody out but root"
# description: "Nobody can correct the policy, or delete what a person asks to be deleted, without the root user."
# custom:
#   id: AWS-093
#   severity: medium
#   checkov: CKV_AWS_93
#   fix: "Exclude an administrator by a Condition, or deny single actions only."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-6
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_s3_policy_lockout

import data.custody.terraform as tf

# Denying these, a statement denies its own repair.
repairs := {"s3:PutBucketPolicy", "s3:*BucketPolicy", "s3:Put*", "s3:*", "*"}

findings contains tf.finding(bucket, "policy", "its policy denies everybody to change it") if {
	some bucket in tf.resources({"aws_s3_bucket", "aws_s3_bucket_policy"})
	some statement in tf.statements(tf.value(bucket, "policy"))
	statement.effect == "Deny"
	statement.conditions == {}
	statement.not_actions == []
	"*" in statement.principals
	some action in statement.actions
	action in repairs
}
