# METADATA
# title: "A notebook loads a model or dataset that is not signed"
# description: "Nobody vouches for it: it may be another than the one that was checked."
# custom:
#   id: NB-010
#   severity: high
#   fix: "Have it signed (custody sign), put the signature beside it, or load a signed one."
#   references:
#     - MITRE ATLAS AML.T0010
#     - OWASP LLM03:2025
#     - CWE-347
package custody.check.notebook.unsigned_source

# `data.custody.settings.signed_sources`: beginnings of addresses of what is signed. Without the list nothing is refused.
# A signature beside a file of the repository counts; `custody verify` says whether it is a good one.
findings contains {"line": read.line, "message": sprintf("loads %s, which is not signed", [read.place])} if {
	signed := data.custody.settings.signed_sources
	some read in input.reads
	read.kind in {"model", "dataset"}
	read.signature == null
	not is_signed(read.place, signed)
	not is_written(read.place)
}

is_signed(place, signed) if {
	some prefix in signed
	startswith(place, prefix)
}

is_written(place) if {
	some write in input.writes
	write.place == place
}
