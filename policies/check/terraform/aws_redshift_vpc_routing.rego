# METADATA
# title: "Loads and unloads of a warehouse go past the VPC"
# description: "An UNLOAD to a foreign bucket then passes no endpoint policy and no flow log."
# custom:
#   id: AWS-321
#   severity: medium
#   checkov: CKV_AWS_321
#   fix: "Write enhanced_vpc_routing = true."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-4
package custody.check.terraform.aws_redshift_vpc_routing

import data.custody.terraform as tf

findings contains tf.finding(cluster, "enhanced_vpc_routing", "COPY and UNLOAD go past the VPC") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.yes(tf.value(cluster, "enhanced_vpc_routing"))
}
