# METADATA
# title: "A base image is not pinned to a digest"
# description: "The next build may start from another image under the same tag."
# custom:
#   id: DF-001
#   severity: medium
#   fix: "Name the image with @sha256:..."
#   references:
#     - CWE-829
#     - CIS Docker 4.2
package custody.check.dockerfile.unpinned_image

findings contains {"line": image.line, "message": sprintf("%s has no digest", [image.image])} if {
	some image in input.images
	not image.isStage
	not image.isUnknown
	image.digest == null
	image.tag != null
	image.tag != "latest"
}
