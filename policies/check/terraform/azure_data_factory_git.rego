# METADATA
# title: "Pipelines of a data factory are not in a repository"
# description: "Who changed what happens to the data, and why, is written nowhere."
# custom:
#   id: AZURE-103
#   severity: low
#   checkov: CKV_AZURE_103
#   fix: "Add github_configuration or vsts_configuration with repository_name."
#   references:
#     - NIST SP 800-53 CM-3
package custody.check.terraform.azure_data_factory_git

import data.custody.terraform as tf

findings contains tf.finding(factory, "", "no repository holds its pipelines") if {
	some factory in input.resources.azurerm_data_factory
	not has_repository(factory)
}

has_repository(factory) if {
	some where in ["github_configuration", "vsts_configuration"]
	tf.given(tf.value(factory, sprintf("%s.repository_name", [where])))
}
