# METADATA
# title: "A secret is rotated less often than every 90 days"
# description: "What leaked last year still opens the data."
# custom:
#   id: AWS-304
#   severity: medium
#   checkov: CKV_AWS_304
#   fix: "Write automatically_after_days = 90 or less in rotation_rules, or a schedule_expression."
#   references:
#     - CWE-262
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_secret_rotation_period

import data.custody.terraform as tf

findings contains tf.finding(rotation, "rotation_rules", "it is older than 90 days before it changes") if {
	some rotation in input.resources.aws_secretsmanager_secret_rotation
	not is_frequent(rotation)
}

is_frequent(rotation) if {
	tf.number(tf.value(rotation, "rotation_rules.automatically_after_days")) <= 90
}

is_frequent(rotation) if {
	schedule := tf.value(rotation, "rotation_rules.schedule_expression")
	[_, amount, unit] := regex.find_all_string_submatch_n(`^rate\((\d{1,9})\s+(day|hour|minute)s?\)`, schedule, 1)[0]
	to_number(amount) <= 90 * {"day": 1, "hour": 24, "minute": 1440}[unit]
}

is_frequent(rotation) if startswith(tf.value(rotation, "rotation_rules.schedule_expression"), "cron(")

is_frequent(rotation) if tf.unknown(tf.value(rotation, "rotation_rules.schedule_expression"))
