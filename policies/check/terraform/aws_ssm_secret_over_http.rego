# METADATA
# title: "A secret is put into a request"
# description: "It stands in the address of the request, in the logs of whoever answers and of everybody between."
# custom:
#   id: AWS2-036
#   severity: high
#   checkov: CKV2_AWS_36
#   fix: "Leave secure parameters out of data \"http\"; let the service that needs the value fetch it itself."
#   references:
#     - CWE-201
#     - CWE-598
#     - NIST SP 800-53 SC-8
package custody.check.terraform.aws_ssm_secret_over_http

import data.custody.terraform as tf

findings contains object.union(finding, {"resource": request_name}) if {
	some request in input.data.http
	some parameter in tf.neighbours(request, {"aws_ssm_parameter"})
	tf.value(parameter, "type") == "SecureString"
	finding := tf.finding(request, "url", "a secure parameter is put into its request")

	# As Checkov names data sources.
	request_name := trim_prefix(finding.resource, "data.")
}
