# METADATA
# title: "An Event Hubs namespace stands in a region without zones"
# description: "When its one building is out, events are lost before anybody has recorded them."
# custom:
#   id: AZURE-228
#   severity: low
#   checkov: CKV_AZURE_228
#   fix: "Choose a location with availability zones: there a namespace is spread over them by itself."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_eventhub_zone_redundancy

import data.custody.terraform as tf

findings contains tf.finding(namespace, "location", "its region has no availability zones") if {
	some namespace in input.resources.azurerm_eventhub_namespace
	location := object.get(namespace.values, "location", "")
	not tf.partly_unknown(location)
	not lower(replace(location, " ", "")) in regions_with_zones
}

# https://learn.microsoft.com/azure/reliability/regions-list
regions_with_zones := {
	"australiaeast", "brazilsouth", "canadacentral", "centralindia", "centralus", "chinanorth3", "eastasia", "eastus",
	"eastus2", "francecentral", "germanywestcentral", "indonesiacentral", "israelcentral", "italynorth", "japaneast",
	"japanwest", "koreacentral", "mexicocentral", "newzealandnorth", "northeurope", "norwayeast", "polandcentral",
	"qatarcentral", "southafricanorth", "southcentralus", "southeastasia", "spaincentral", "swedencentral",
	"switzerlandnorth", "uaenorth", "uksouth", "usgovvirginia", "westeurope", "westus2", "westus3",
}
