# METADATA
# title: "A base image has no version"
# description: "Nobody can say what the image holds, today or later."
# custom:
#   id: DF-002
#   severity: high
#   fix: "Name a version and a digest."
#   references:
#     - CWE-829
#     - CIS Docker 4.2
package custody.check.dockerfile.latest

findings contains {"line": image.line, "message": sprintf("%s is whatever is newest", [image.image])} if {
	some image in input.images
	not image.isStage
	not image.isUnknown
	image.digest == null
	image.tag in {null, "latest"}
}
