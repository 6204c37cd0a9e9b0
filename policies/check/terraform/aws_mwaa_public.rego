# METADATA
# title: "The pages of an Airflow environment are on the internet"
# description: "Whoever signs in there can run code with the rights to all the data."
# custom:
#   id: AWS2-066
#   severity: high
#   checkov: CKV2_AWS_66
#   fix: "Write webserver_access_mode = \"PRIVATE_ONLY\"."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_mwaa_public

import data.custody.terraform as tf

findings contains tf.finding(environment, "webserver_access_mode", "its pages are on the internet") if {
	some environment in input.resources.aws_mwaa_environment
	mode := tf.value(environment, "webserver_access_mode")
	mode != null
	not tf.among(mode, {"PRIVATE_ONLY"})
}
