# METADATA
# title: "A trail is not watched in CloudWatch"
# description: "Nothing raises an alarm while data are being read."
# custom:
#   id: AWS2-010
#   severity: medium
#   checkov: CKV2_AWS_10
#   fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-6
#     - NIST SP 800-53 SI-4
package custody.check.terraform.aws_cloudtrail_log_group

import data.custody.terraform as tf

findings contains tf.finding(trail, "name", "it is not sent to CloudWatch") if {
	some trail in input.resources.aws_cloudtrail
	not tf.given(tf.value(trail, "cloud_watch_logs_group_arn"))
}
