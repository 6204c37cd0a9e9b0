# METADATA
# title: "A bucket may be read by everybody"
# description: "Search engines and scanners find open buckets within hours, and read every file."
# custom:
#   id: AWS-020
#   severity: critical
#   checkov: CKV_AWS_20
#   fix: "Write acl = \"private\", or remove the list; block public access for the bucket."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_acl_public_read

import data.custody.terraform as tf

public_lists := {"public-read", "public-read-write", "website", "authenticated-read"}

findings contains tf.finding(bucket, "acl", "everybody may read it") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "acl") in public_lists
	not is_closed_apart(bucket)
}

findings contains tf.finding(bucket, "bucket", "everybody may read it") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "acl") == null
	some acl in tf.for_bucket(bucket, "aws_s3_bucket_acl")
	is_open(acl)
}

is_open(acl) if tf.value(acl, "acl") in public_lists

is_open(acl) if {
	some _ in tf.grants(acl, "http://acs.amazonaws.com/groups/global/AllUsers")
}

is_closed_apart(bucket) if {
	some acl in tf.for_bucket(bucket, "aws_s3_bucket_acl")
	not is_open(acl)
}
