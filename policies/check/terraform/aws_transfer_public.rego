# METADATA
# title: "A file transfer server stands on the internet"
# description: "Anybody may try passwords at the door where partners deliver files."
# custom:
#   id: AWS-164
#   severity: high
#   checkov: CKV_AWS_164
#   fix: "Write endpoint_type = \"VPC\" with endpoint_details."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_transfer_public

import data.custody.terraform as tf

findings contains tf.finding(server, "endpoint_type", "its endpoint is public") if {
	some server in input.resources.aws_transfer_server
	not tf.among(tf.value(server, "endpoint_type"), {"VPC", "VPC_ENDPOINT"})
}
