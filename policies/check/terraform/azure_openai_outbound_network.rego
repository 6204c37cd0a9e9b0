# METADATA
# title: "An OpenAI service may send data anywhere"
# description: "A prompt can then carry what the model was given to an address of an attacker."
# custom:
#   id: AZURE-247
#   severity: high
#   checkov: CKV_AZURE_247
#   fix: "Set outbound_network_access_restricted = true, and name in fqdns where it may connect."
#   references:
#     - CWE-200
#     - NIST SP 800-53 AC-4
#     - GDPR Art. 32
#     - OWASP LLM02:2025
package custody.check.terraform.azure_openai_outbound_network

import data.custody.terraform as tf

findings contains tf.finding(account, "outbound_network_access_restricted", "nothing says where it may connect") if {
	some account in input.resources.azurerm_cognitive_account
	lower(tf.value(account, "kind")) == "openai"
	not is_restricted(account)
}

is_restricted(account) if {
	tf.yes(tf.value(account, "outbound_network_access_restricted"))
	tf.given(tf.value(account, "fqdns"))
}
