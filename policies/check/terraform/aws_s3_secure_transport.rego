# METADATA
# title: "A public bucket answers over plain HTTP"
# description: "Files that are open to everybody can still be changed on their way to the reader."
# custom:
#   id: AWS-379
#   severity: high
#   checkov: CKV_AWS_379
#   fix: "Deny requests where aws:SecureTransport is false in an aws_s3_bucket_policy, or close the bucket by an aws_s3_bucket_public_access_block."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - CIS AWS 3.0.0, 2.1.1
package custody.check.terraform.aws_s3_secure_transport

import data.custody.terraform as tf

findings contains tf.finding(acl, "acl", "its bucket is public and takes plain HTTP") if {
	some acl in input.resources.aws_s3_bucket_acl
	is_public(acl)
	not is_website(acl)
	policies := [policy |
		some other in beside(acl, "aws_s3_bucket_policy")
		policy := tf.value(other, "policy")
	]
	policies != []
	every policy in policies {
		count(tf.statements(policy)) > 0
		not asks_for_tls(policy)
	}
}

# Other parts of the same bucket.
beside(acl, type) := [other |
	some bucket in tf.neighbours(acl, {"aws_s3_bucket"})
	some other in tf.for_bucket(bucket, type)
]

is_public(acl) if {
	tf.value(acl, "acl") in {"public-read", "public-read-write"}
	not is_blocked(acl, {"restrict_public_buckets", "block_public_acls"})
}

is_public(acl) if {
	some _ in tf.grants(acl, "http://acs.amazonaws.com/groups/global/AllUsers")
	not is_blocked(acl, {"block_public_acls"})
}

is_blocked(acl, arguments) if {
	some settings in beside(acl, "aws_s3_bucket_public_access_block")
	some argument in arguments
	tf.yes(tf.value(settings, argument))
}

# A website is read over plain HTTP by design.
is_website(acl) if some _ in beside(acl, "aws_s3_bucket_website_configuration")

asks_for_tls(policy) if {
	some statement in tf.statements(policy)
	some required in tf.list(statement.conditions.Bool["aws:SecureTransport"])
	lower(sprintf("%v", [required])) == {"Allow": "true", "Deny": "false"}[statement.effect]
}
