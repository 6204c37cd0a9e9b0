# METADATA
# title: "A DynamoDB cache is not encrypted"
# description: "The default is none, whatever the table behind it does."
# custom:
#   id: AWS-047
#   severity: high
#   checkov: CKV_AWS_47
#   fix: "Write server_side_encryption { enabled = true }."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_dax_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "server_side_encryption.enabled", "it is not encrypted") if {
	some cluster in input.resources.aws_dax_cluster
	not tf.yes(tf.value(cluster, "server_side_encryption.enabled"))
}
