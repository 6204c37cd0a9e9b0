# METADATA
# title: "An EMR cluster is open to the internet"
# description: "Its pages and job servers ask for no password, and its role reads the lake."
# custom:
#   id: AWS2-007
#   severity: critical
#   checkov: CKV2_AWS_7
#   fix: "Leave 0.0.0.0/0 out of the ingress of its security groups, and name them in ec2_attributes."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_emr_open

import data.custody.terraform as tf

findings contains tf.finding(cluster, "ec2_attributes", "its security group lets the whole internet in, or is none of this configuration") if {
	some cluster in input.resources.aws_emr_cluster
	not is_closed(cluster)
}

is_closed(cluster) if {
	groups := tf.neighbours(cluster, {"aws_security_group"})
	groups != []
	every group in groups { not is_open(group) }
}

is_open(group) if {
	some rule in tf.blocks(group, "ingress")
	"0.0.0.0/0" in tf.list(tf.of(rule, "cidr_blocks"))
}
