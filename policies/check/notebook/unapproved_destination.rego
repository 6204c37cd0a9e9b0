# METADATA
# title: "A notebook writes outside the approved places"
# description: "What it writes there is under nobody's retention, access rules and lineage."
# custom:
#   id: NB-014
#   severity: medium
#   fix: "Write to an approved place, or ask for approval of this one."
#   references:
#     - NIST AI RMF MAP 4.1
#     - CWE-668
package custody.check.notebook.unapproved_destination

# `data.custody.settings.approved_destinations`: beginnings of addresses, paths and tables. Without the list nothing is refused.
findings contains {"line": write.line, "message": sprintf("writes %s, which is not among the approved destinations", [write.place])} if {
	approved := data.custody.settings.approved_destinations
	some write in input.writes
	not is_local(write)
	not is_approved(write.place, approved)
}

# A path that is relative to the notebook.
is_local(write) if {
	write.kind == "file"
	not regex.match(`^[A-Za-z][\w+.-]*://|^[/\\{]|^[A-Za-z]:\\`, write.place)
}

is_approved(place, approved) if {
	some prefix in approved
	startswith(place, prefix)
}
