# METADATA
# title: "A bucket may be written by everybody"
# description: "Strangers can replace the files that pipelines and models take for true."
# custom:
#   id: AWS-057
#   severity: critical
#   checkov: CKV_AWS_57
#   fix: "Write acl = \"private\", or remove the list; block public access for the bucket."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_acl_public_write

import data.custody.terraform as tf

public_lists := {"public-read-write"}

findings contains tf.finding(bucket, "acl", "everybody may write to it") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "acl") in public_lists
	not is_closed_apart(bucket)
}

findings contains tf.finding(bucket, "bucket", "everybody may write to it") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "acl") == null
	some acl in tf.for_bucket(bucket, "aws_s3_bucket_acl")
	is_open(acl)
}

is_open(acl) if tf.value(acl, "acl") in public_lists

is_open(acl) if {
	some grant in tf.grants(acl, "http://acs.amazonaws.com/groups/global/AllUsers")
	tf.of(grant, "permission") in {"WRITE", "WRITE_ACP", "FULL_CONTROL"}
}

is_closed_apart(bucket) if {
	some acl in tf.for_bucket(bucket, "aws_s3_bucket_acl")
	not is_open(acl)
}
