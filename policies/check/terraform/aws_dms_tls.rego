# METADATA
# title: "A migration endpoint connects without TLS"
# description: "Whole tables cross the network readable by anybody on the way."
# custom:
#   id: AWS2-049
#   severity: high
#   checkov: CKV2_AWS_49
#   fix: "Write ssl_mode = \"require\", or better \"verify-full\" with a certificate_arn."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_dms_tls

import data.custody.terraform as tf

# Engines that have no such setting: they are reached over HTTPS, or have settings of their own.
without_mode := {
	"source": {"s3", "azuredb"},
	"target": {"dynamodb", "kinesis", "neptune", "redshift", "s3", "elasticsearch", "kafka"},
}

findings contains tf.finding(endpoint, "ssl_mode", "it connects without TLS") if {
	some endpoint in input.resources.aws_dms_endpoint
	tf.value(endpoint, "ssl_mode") == "none"
	engines := without_mode[tf.value(endpoint, "endpoint_type")]
	not tf.value(endpoint, "engine_name") in engines
}
