# METADATA
# title: "The worker of an Airflow environment writes no log"
# description: "Afterwards nobody can tell what a task did with the data that it touched."
# custom:
#   id: AWS-243
#   severity: medium
#   checkov: CKV_AWS_243
#   fix: "Write worker_logs { enabled = true, log_level = \"INFO\" } in logging_configuration."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_mwaa_worker_logs

import data.custody.terraform as tf

findings contains tf.finding(environment, "logging_configuration.worker_logs.enabled", "its worker writes no log") if {
	some environment in input.resources.aws_mwaa_environment
	not tf.yes(tf.value(environment, "logging_configuration.worker_logs.enabled"))
}
