# METADATA
# title: "A notebook reads a source that nobody approved"
# description: "Data of unknown origin or standing would reach what is made from it."
# custom:
#   id: NB-009
#   severity: high
#   fix: "Ask for approval of the source, or read an approved one."
#   references:
#     - MITRE ATLAS AML.T0010
#     - MITRE ATLAS AML.T0020
#     - NIST AI RMF MAP 4.1
package custody.check.notebook.unapproved_source

# `data.custody.settings.approved_sources`: beginnings of addresses and tables. Without the list nothing is refused.
findings contains {"line": read.line, "message": sprintf("reads %s, which is not among the approved sources", [read.place])} if {
	approved := data.custody.settings.approved_sources
	some read in input.reads
	comes_from_outside(read)
	not is_approved(read.place, approved)
}

# A file of the repository, and what the notebook wrote itself, are no sources of their own.
comes_from_outside(read) if {
	read.kind != "file"
	not is_written(read.place)
}

comes_from_outside(read) if {
	read.kind == "file"
	regex.match(`^[A-Za-z][\w+.-]*://|^\{`, read.place)
	not is_written(read.place)
}

is_written(place) if {
	some write in input.writes
	write.place == place
}

is_approved(place, approved) if {
	some prefix in approved
	startswith(place, prefix)
}
