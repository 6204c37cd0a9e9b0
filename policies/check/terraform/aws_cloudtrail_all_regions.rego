# METADATA
# title: "A trail sees one region only"
# description: "Data that are copied to another region leave no trace."
# custom:
#   id: AWS-067
#   severity: medium
#   checkov: CKV_AWS_67
#   fix: "Write is_multi_region_trail = true."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
#     - CIS AWS 3.0.0, 3.1
package custody.check.terraform.aws_cloudtrail_all_regions

import data.custody.terraform as tf

findings contains tf.finding(trail, "is_multi_region_trail", "it sees one region") if {
	some trail in input.resources.aws_cloudtrail
	not tf.yes(tf.value(trail, "is_multi_region_trail"))
}
