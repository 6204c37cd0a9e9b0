# METADATA
# title: "A trail tells nobody of new log files"
# description: "What watches the trail learns late, or not at all, that data were read."
# custom:
#   id: AWS-252
#   severity: low
#   checkov: CKV_AWS_252
#   fix: "Set sns_topic_name to a topic."
#   references:
#     - NIST SP 800-53 AU-6
#     - NIST SP 800-53 SI-4
package custody.check.terraform.aws_cloudtrail_topic

import data.custody.terraform as tf

findings contains tf.finding(trail, "sns_topic_name", "nobody is told of new log files") if {
	some trail in input.resources.aws_cloudtrail
	not tf.given(tf.value(trail, "sns_topic_name"))
}
