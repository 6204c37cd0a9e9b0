# METADATA
# title: "Kerberos of an EMR cluster has no realm"
# description: "Users are then not told apart by where they come from."
# custom:
#   id: AWS-114
#   severity: low
#   checkov: CKV_AWS_114
#   fix: "Set realm in kerberos_attributes."
#   references:
#     - CWE-287
#     - NIST SP 800-53 IA-2
package custody.check.terraform.aws_emr_kerberos_realm

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kerberos_attributes", "its Kerberos has no realm") if {
	some cluster in input.resources.aws_emr_cluster
	some attributes in tf.blocks(cluster, "kerberos_attributes")
	tf.of(attributes, "realm") == null
}
