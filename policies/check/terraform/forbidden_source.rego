# METADATA
# title: "A place that is not approved is built into the platform"
# description: "Data from it reach models although nobody may use them."
# custom:
#   id: TF-003
#   severity: high
#   fix: "Take it out, or have the place approved and removed from forbidden_sources in custody.check.yaml."
#   references:
#     - MITRE ATLAS AML.T0020
#     - GDPR Art. 5(1)(b)
package custody.check.terraform.forbidden_source

import data.custody.settings
import data.custody.terraform as tf

findings contains tf.finding(resource, argument, sprintf("%s names %s", [argument, place])) if {
	count(settings.forbidden_sources) > 0
	some kind in ["resources", "data"]
	some type in object.keys(input[kind])
	some resource in input[kind][type]
	some argument, given in resource.values
	walk(given, [_, text])
	is_string(text)
	some place in settings.forbidden_sources
	some form in forms(place)
	contains(text, form)
}

# An address as it is written in pipelines, and as an ARN of S3.
forms(place) := {place, concat("", ["arn:aws:s3:::", trim_prefix(trim_prefix(place, "s3://"), "s3a://")])} if regex.match(`^s3a?://`, place)

forms(place) := {place} if not regex.match(`^s3a?://`, place)
