# METADATA
# title: "A database shows a certificate of an old authority"
# description: "Clients that check certificates refuse it once the authority has expired, and then somebody switches the check off."
# custom:
#   id: AWS-211
#   severity: low
#   checkov: CKV_AWS_211
#   fix: "Write ca_cert_identifier = \"rds-ca-rsa2048-g1\", or leave it out."
#   references:
#     - CWE-298
#     - NIST SP 800-53 SC-17
package custody.check.terraform.aws_rds_instance_ca

import data.custody.terraform as tf

findings contains tf.finding(database, "ca_cert_identifier", "its certificate comes from an old authority") if {
	some database in input.resources.aws_db_instance
	tf.value(database, "ca_cert_identifier") != null
	not tf.among(tf.value(database, "ca_cert_identifier"), {"rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"})
}
