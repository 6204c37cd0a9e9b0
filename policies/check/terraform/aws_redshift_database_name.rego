# METADATA
# title: "A warehouse has the default database name"
# description: "Tools that try the defaults of Redshift find it at once."
# custom:
#   id: AWS-320
#   severity: low
#   checkov: CKV_AWS_320
#   fix: "Set database_name to a name of your own."
#   references:
#     - CWE-1188
#     - NIST SP 800-53 CM-6
package custody.check.terraform.aws_redshift_database_name

import data.custody.terraform as tf

findings contains tf.finding(cluster, "database_name", "its database has the default name") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.given(tf.value(cluster, "database_name"))
}
