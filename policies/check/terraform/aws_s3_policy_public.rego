# METADATA
# title: "A bucket policy lets everybody in"
# description: "Whoever guesses the name of the bucket reads its files."
# custom:
#   id: AWS-070
#   severity: critical
#   checkov: CKV_AWS_70
#   fix: "Name accounts or roles in Principal, or narrow the statement by aws:PrincipalOrgID, aws:SourceVpce or the like."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_policy_public

import data.custody.terraform as tf

findings contains tf.finding(bucket, "policy", "its policy lets everybody in") if {
	some bucket in tf.resources({"aws_s3_bucket", "aws_s3_bucket_policy"})
	some statement in tf.statements(tf.value(bucket, "policy"))
	statement.effect == "Allow"
	"*" in statement.principals
	not is_narrowed(statement)
}

# An address or a referrer is easily changed: what narrows is who somebody is, and from which network they come.
identities := {
	"aws:sourcevpce",
	"aws:sourcevpc",
	"aws:vpceaccount",
	"aws:principalorgpaths",
	"aws:principalorgid",
	"aws:principalarn",
	"aws:principalaccount",
	"aws:userid",
	"aws:ec2instancesourcevpc",
	"ec2:sourceinstancearn",
	"lambda:sourcefunctionarn",
	"ssm:sourceinstancearn",
}

is_narrowed(statement) if {
	some test in {"StringEquals", "StringEqualsIgnoreCase", "StringLike"}
	some key, _ in statement.conditions[test]
	lower(key) in identities
}

is_narrowed(statement) if {
	some test in {"ArnNotEquals", "ArnNotLike"}
	statement.conditions[test]
}

is_narrowed(statement) if {
	some test in {"ArnEquals", "ArnLike"}
	statement.conditions[test]
	not names_any_resource(statement.conditions[test])
}

names_any_resource(condition) if {
	some key in {"aws:PrincipalArn", "aws:SourceArn"}
	some arn in tf.list(condition[key])
	regex.match(`^arn:aws:[a-z0-9-]+::\*`, arn)
}
