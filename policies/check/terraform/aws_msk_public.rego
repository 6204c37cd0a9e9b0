# METADATA
# title: "Brokers of a Kafka cluster have public addresses"
# description: "Whoever gets past their login reads every event as it happens."
# custom:
#   id: AWS-291
#   severity: critical
#   checkov: CKV_AWS_291
#   fix: "Write public_access { type = \"DISABLED\" } in broker_node_group_info.connectivity_info."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - GDPR Art. 32
package custody.check.terraform.aws_msk_public

import data.custody.terraform as tf

findings contains tf.finding(cluster, "broker_node_group_info", "its brokers have public addresses") if {
	some cluster in input.resources.aws_msk_cluster
	tf.value(cluster, "broker_node_group_info.connectivity_info.public_access.type") == "SERVICE_PROVIDED_EIPS"
}
