# METADATA
# title: "A search domain has no dedicated master"
# description: "Under load the nodes that hold the documents also lead the cluster, and drop it."
# custom:
#   id: AWS2-059
#   severity: low
#   checkov: CKV2_AWS_59
#   fix: "Write cluster_config { dedicated_master_enabled = true }."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_opensearch_dedicated_master

import data.custody.terraform as tf

findings contains tf.finding(domain, "cluster_config.dedicated_master_enabled", "it has no dedicated master") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.yes(tf.value(domain, "cluster_config.dedicated_master_enabled"))
}
