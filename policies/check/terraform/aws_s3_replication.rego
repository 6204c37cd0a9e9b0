# METADATA
# title: "A bucket is not copied to another region"
# description: "One lost region, or one mistaken deletion, takes the only copy."
# custom:
#   id: AWS-144
#   severity: low
#   checkov: CKV_AWS_144
#   fix: "Add an aws_s3_bucket_replication_configuration with a rule whose status is Enabled."
#   references:
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 CP-6
package custody.check.terraform.aws_s3_replication

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "it is not replicated") if {
	some bucket in input.resources.aws_s3_bucket
	not is_replicated(bucket)
}

is_replicated(bucket) if {
	some replication in tf.blocks(bucket, "replication_configuration")
	some rule in object.get(replication, "rules", [])
	tf.among(tf.of(rule, "status"), {"Enabled"})
}

is_replicated(bucket) if {
	some replication in tf.for_bucket(bucket, "aws_s3_bucket_replication_configuration")
	some rule in tf.blocks(replication, "rule")
	tf.among(tf.of(rule, "status"), {"Enabled"})
}
