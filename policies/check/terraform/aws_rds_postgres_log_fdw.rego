# METADATA
# title: "A PostgreSQL database has the hole of log_fdw"
# description: "A user of the database could read credentials of the service from its files (AWS-2022-004)."
# custom:
#   id: AWS-250
#   severity: high
#   checkov: CKV_AWS_250
#   fix: "Raise engine_version to 14 or later, or to 13.3, 12.7, 11.12, 10.17, 9.6.22; Aurora to 12, 11.9 or 10.14."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_rds_postgres_log_fdw

import data.custody.terraform as tf

# The last minor version of each major that has the hole.
last_bad := {
	"postgres": {13: 2, 12: 6, 11: 11, 10: 16},
	"aurora-postgresql": {11: 8, 10: 13},
}

# Majors from here on never had it.
first_good := {"postgres": 14, "aurora-postgresql": 12}

findings contains tf.finding(database, "engine_version", sprintf("%s %s has the hole of log_fdw", [engine, version])) if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster"})
	engine := tf.value(database, "engine")
	version := sprintf("%v", [tf.value(database, "engine_version")])
	regex.match(`^\d{1,4}\.\d{1,4}(\.\d{1,4})?$`, version)
	has_hole(engine, [to_number(part) | some part in split(version, ".")])
}

has_hole(engine, version) if version[1] <= last_bad[engine][version[0]]

has_hole("postgres", version) if {
	version[0] == 9
	version[1] != 6
}

has_hole("postgres", version) if {
	[version[0], version[1]] == [9, 6]
	version[2] <= 21
}

has_hole(engine, version) if {
	version[0] < first_good[engine]
	version[0] != 9
	not last_bad[engine][version[0]]
}

has_hole("aurora-postgresql", version) if version[0] == 9
