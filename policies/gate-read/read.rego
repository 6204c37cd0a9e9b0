# METADATA
# title: What may be read, and for what
# description: A purpose is named, and restricted columns are read for the purposes that they were collected for.
package gate.read

default allow := false

allow if count(deny) == 0

deny contains "name a purpose" if not input.purpose

deny contains msg if {
	some column in input.columns
	column.level == "restricted"
	not allowed_for(column, input.purpose)
	msg := sprintf("%s was not collected for %s", [column.name, input.purpose])
}

allowed_for(column, purpose) if purpose in column.purposes

# Fraud is looked into by whoever carries that role, whatever the data was collected for.
allowed_for(_, "fraud") if "fraud-analyst" in input.principal.roles

decision := {"allow": allow, "deny": deny}
