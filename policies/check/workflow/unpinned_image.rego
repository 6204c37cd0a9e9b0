# METADATA
# title: "An image is not pinned to a digest"
# description: "The next run may get another image under the same tag."
# custom:
#   id: WF-007
#   severity: medium
#   fix: "Name the image with @sha256:..."
#   references:
#     - CWE-829
#     - CIS Software Supply Chain 3.1
package custody.check.workflow.unpinned_image

findings contains {"line": image.line, "message": "an image without a digest"} if {
	some image in input.images
	not contains(image.image, "@sha256:")
	not contains(image.image, "${{")
}
