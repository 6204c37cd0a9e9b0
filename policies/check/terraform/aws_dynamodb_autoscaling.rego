# METADATA
# title: "A DynamoDB table does not scale"
# description: "When it throttles, writes are dropped, and records about people become incomplete."
# custom:
#   id: AWS2-016
#   severity: low
#   checkov: CKV2_AWS_16
#   fix: "Write billing_mode = \"PAY_PER_REQUEST\", or add an aws_appautoscaling_target with a policy."
#   references:
#     - NIST SP 800-53 CP-2
#     - NIST SP 800-53 SC-5
package custody.check.terraform.aws_dynamodb_autoscaling

import data.custody.terraform as tf

findings contains tf.finding(table, "billing_mode", "its capacity is fixed") if {
	some table in input.resources.aws_dynamodb_table
	not tf.among(tf.value(table, "billing_mode"), {"PAY_PER_REQUEST"})
	not scales(table)
}

scales(table) if {
	some target in tf.neighbours(table, {"aws_appautoscaling_target"})
	tf.among(tf.value(target, "service_namespace"), {"dynamodb"})
	tf.neighbours(target, {"aws_appautoscaling_policy"}) != []
}
