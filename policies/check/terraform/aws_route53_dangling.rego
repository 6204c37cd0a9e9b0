# METADATA
# title: "A name points to an address that is none of this configuration"
# description: "Whoever gets the address next answers under your name, and people send their data there."
# custom:
#   id: AWS2-023
#   severity: medium
#   checkov: CKV2_AWS_23
#   fix: "Point it by alias or reference to the resource that answers."
#   references:
#     - CWE-672
#     - NIST SP 800-53 SC-20
package custody.check.terraform.aws_route53_dangling

import data.custody.terraform as tf

answering := {
	"aws_instance",
	"aws_eip",
	"aws_elb",
	"aws_lb",
	"aws_alb",
	"aws_route53_record",
	"aws_s3_bucket",
	"aws_api_gateway_domain_name",
	"aws_apigatewayv2_domain_name",
	"aws_elastic_beanstalk_environment",
	"aws_vpc_endpoint",
	"aws_globalaccelerator_accelerator",
	"aws_cloudfront_distribution",
	"aws_db_instance",
	"aws_lightsail_instance",
	"aws_lightsail_static_ip",
}

findings contains tf.finding(record, "records", "nothing in this configuration answers there") if {
	some record in input.resources.aws_route53_record
	tf.value(record, "type") == "A"
	tf.neighbours(record, answering) == []
	not is_of_another_configuration(tf.value(record, "alias.name"))
}

is_of_another_configuration(name) if regex.match(`module|data\.|var\.`, name)
