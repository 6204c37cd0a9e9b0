# METADATA
# title: "A Dataflow job is encrypted with a key of Google alone"
# description: "What the job keeps between two steps is readable without any key of yours."
# custom:
#   id: GCP-090
#   severity: medium
#   checkov: CKV_GCP_90
#   fix: "Set kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_dataflow_job_customer_key

import data.custody.terraform as tf

findings contains tf.finding(job, "kms_key_name", "no key of yours encrypts it") if {
	some job in input.resources.google_dataflow_job
	not tf.given(tf.value(job, "kms_key_name"))
}
