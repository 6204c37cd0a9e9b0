# METADATA
# title: "The root of a MySQL instance has no password"
# description: "Whoever reaches the instance owns every row of it."
# custom:
#   id: GCP2-007
#   severity: critical
#   checkov: CKV2_GCP_7
#   fix: "Set a password for the user root, from a secret, or remove the user."
#   references:
#     - CWE-521
#     - NIST SP 800-53 IA-5
#     - CIS GCP 2.0.0, 6.1.1
package custody.check.terraform.gcp_mysql_root_password

import data.custody.terraform as tf

findings contains tf.finding(instance, "", sprintf("%s has no password", [user])) if {
	some instance in input.resources.google_sql_database_instance
	startswith(tf.value(instance, "database_version"), "MYSQL")
	some user in roots[instance.address]
}

# Users by the address of what they refer to.
roots[address] contains user.address if {
	some user in input.resources.google_sql_user
	startswith(tf.value(user, "name"), "root")
	not tf.given(tf.value(user, "password"))
	some address in tf.referred(user)
}
