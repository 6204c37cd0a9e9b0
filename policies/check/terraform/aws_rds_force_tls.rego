# METADATA
# title: "A database accepts connections without TLS"
# description: "Rows and passwords cross the network readable by anybody on the way."
# custom:
#   id: AWS2-069
#   severity: high
#   checkov: CKV2_AWS_69
#   fix: "Set rds.force_ssl = 1 (PostgreSQL, SQL Server), require_secure_transport = 1 (MySQL, MariaDB) or db2comm = SSL (Db2) in its parameter group."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_force_tls

import data.custody.terraform as tf

# What asks for TLS, by the family of the parameter group.
tls_parameters := [
	{"family": `^postgres|.*sqlserver`, "name": "rds.force_ssl", "values": {1, "1"}},
	{"family": `^(mariadb|mysql)`, "name": "require_secure_transport", "values": {1, "1", true, "ON"}},
	{"family": `db2-ae`, "name": "db2comm", "values": {"SSL"}},
]

findings contains tf.finding(database, "parameter_group_name", sprintf("%s is not set in its parameter group", [wanted.name])) if {
	some database in input.resources.aws_db_instance
	some group in tf.neighbours(database, {"aws_db_parameter_group"})
	some wanted in tls_parameters
	regex.match(wanted.family, tf.value(group, "family"))
	not asks(group, wanted)
}

asks(group, wanted) if {
	some value in tf.parameters(group, wanted.name)
	tf.among(value, wanted.values)
}
