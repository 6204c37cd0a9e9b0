# METADATA
# title: "An address is attached to nothing"
# description: "It will be given to whatever needs one in a hurry, past every review."
# custom:
#   id: AWS2-019
#   severity: low
#   checkov: CKV2_AWS_19
#   fix: "Attach it to an instance, a NAT gateway or a transfer server, or release it; write domain = \"vpc\"."
#   references:
#     - NIST SP 800-53 CM-8
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_eip_unattached

import data.custody.terraform as tf

findings contains tf.finding(address, "domain", "it is attached to nothing") if {
	some address in input.resources.aws_eip
	not is_attached(address)
}

is_attached(address) if {
	is_in_vpc(address)
	some _ in tf.neighbours(address, {"aws_instance", "aws_nat_gateway", "aws_transfer_server"})
}

is_attached(address) if {
	is_in_vpc(address)
	some association in tf.neighbours(address, {"aws_eip_association"})
	tf.value(association, "instance_id") != null
}

# Of another configuration.
is_attached(address) if {
	is_in_vpc(address)
	regex.match(`module\.|data\.`, tf.value(address, "instance"))
}

is_in_vpc(address) if tf.yes(tf.value(address, "vpc"))

is_in_vpc(address) if tf.among(tf.value(address, "domain"), {"vpc"})
