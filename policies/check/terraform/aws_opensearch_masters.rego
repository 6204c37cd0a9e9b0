# METADATA
# title: "A search domain has fewer than three dedicated masters"
# description: "When two halves of the cluster disagree, documents are lost, and nobody notices which."
# custom:
#   id: AWS-318
#   severity: low
#   checkov: CKV_AWS_318
#   fix: "Write dedicated_master_count = 3 and zone_awareness_enabled = true in cluster_config."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.aws_opensearch_masters

import data.custody.terraform as tf

findings contains tf.finding(domain, "cluster_config", "it has fewer than three dedicated masters in several zones") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not is_available(domain)
}

is_available(domain) if {
	tf.at_least(tf.value(domain, "cluster_config.dedicated_master_count"), 3)
	tf.yes(tf.value(domain, "cluster_config.zone_awareness_enabled"))
}
