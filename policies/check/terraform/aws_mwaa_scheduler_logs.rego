# METADATA
# title: "The scheduler of an Airflow environment writes no log"
# description: "Afterwards nobody can tell what was scheduled, and why not."
# custom:
#   id: AWS-242
#   severity: low
#   checkov: CKV_AWS_242
#   fix: "Write scheduler_logs { enabled = true, log_level = \"INFO\" } in logging_configuration."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_mwaa_scheduler_logs

import data.custody.terraform as tf

findings contains tf.finding(environment, "logging_configuration.scheduler_logs.enabled", "its scheduler writes no log") if {
	some environment in input.resources.aws_mwaa_environment
	not tf.yes(tf.value(environment, "logging_configuration.scheduler_logs.enabled"))
}
