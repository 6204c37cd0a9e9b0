# METADATA
# title: "The webserver of an Airflow environment writes no log"
# description: "Afterwards nobody can tell who signed in and started a run by hand."
# custom:
#   id: AWS-244
#   severity: medium
#   checkov: CKV_AWS_244
#   fix: "Write webserver_logs { enabled = true, log_level = \"INFO\" } in logging_configuration."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_mwaa_webserver_logs

import data.custody.terraform as tf

findings contains tf.finding(environment, "logging_configuration.webserver_logs.enabled", "its webserver writes no log") if {
	some environment in input.resources.aws_mwaa_environment
	not tf.yes(tf.value(environment, "logging_configuration.webserver_logs.enabled"))
}
