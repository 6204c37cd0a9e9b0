# METADATA
# title: "Nodes of a search domain talk in the clear"
# description: "Documents pass between them readable by whoever shares the network."
# custom:
#   id: AWS-006
#   severity: high
#   checkov: CKV_AWS_6
#   fix: "Write node_to_node_encryption { enabled = true }."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_opensearch_node_encryption

import data.custody.terraform as tf

findings contains tf.finding(domain, "node_to_node_encryption", "its nodes talk in the clear") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})

	# A single node has nobody to talk to.
	tf.number(tf.value(domain, "cluster_config.instance_count")) > 1
	not tf.yes(tf.value(domain, "node_to_node_encryption.enabled"))
}
