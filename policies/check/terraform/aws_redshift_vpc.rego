# METADATA
# title: "A warehouse stands outside a VPC"
# description: "No network of yours decides who may knock at it."
# custom:
#   id: AWS-154
#   severity: high
#   checkov: CKV_AWS_154
#   fix: "Set cluster_subnet_group_name to a group of private subnets."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_redshift_vpc

import data.custody.terraform as tf

findings contains tf.finding(cluster, "cluster_subnet_group_name", "it is not in a VPC") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.given(tf.value(cluster, "cluster_subnet_group_name"))
}
