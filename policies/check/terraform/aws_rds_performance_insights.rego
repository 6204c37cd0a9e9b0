# METADATA
# title: "A database shows nothing of its load by statement"
# description: "A query that copies a table stands out there first."
# custom:
#   id: AWS-353
#   severity: low
#   checkov: CKV_AWS_353
#   fix: "Write performance_insights_enabled = true."
#   references:
#     - CWE-778
#     - NIST SP 800-53 SI-4
package custody.check.terraform.aws_rds_performance_insights

import data.custody.terraform as tf

findings contains tf.finding(database, "performance_insights_enabled", "performance insights are off") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster_instance"})
	not lacks_it(database)
	not tf.yes(tf.value(database, "performance_insights_enabled"))
}

# Db2 and the smallest classes of MySQL and MariaDB do not have it.
lacks_it(database) if tf.value(database, "engine") in {"db2-se", "db2-ae"}

lacks_it(database) if {
	tf.value(database, "engine") in {"mysql", "mariadb"}
	tf.value(database, "instance_class") in {"db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small"}
}
