# METADATA
# title: "A bucket takes access lists"
# description: "Whoever writes a file may open it to everybody, past the policy of the bucket."
# custom:
#   id: AWS2-065
#   severity: medium
#   checkov: CKV2_AWS_65
#   fix: "Write object_ownership = \"BucketOwnerEnforced\"."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_s3_ownership

import data.custody.terraform as tf

findings contains tf.finding(controls, "rule", "access lists are not disabled") if {
	some controls in input.resources.aws_s3_bucket_ownership_controls
	not tf.among(tf.value(controls, "rule.object_ownership"), {"BucketOwnerEnforced"})
}
