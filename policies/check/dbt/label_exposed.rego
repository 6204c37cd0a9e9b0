# METADATA
# title: "A labelled column reaches a model that others read"
# description: "Data that must be protected leaves the place where it is protected, in the clear."
# custom:
#   id: DBT-001
#   severity: high
#   fix: "Hash, mask or leave out the column, or name the label for this model in `settings.approved_labels`."
#   references:
#     - GDPR Article 5(1)(c)
#     - GDPR Article 25
#     - CWE-359
#     - NIST SP 800-53 AC-4
package custody.check.dbt.label_exposed

# Only how labels arrive is judged: masked ones do, and those of `data.custody.settings.approved_labels`, a map of a model or a
# pattern of models (by name or path) to labels.
findings contains {"file": place.file, "line": place.line, "resource": sprintf("%s.%s", [model.name, column.name]), "message": sprintf("%s of %s reaches %s, %s", [label.label, label.from, model.name, reason])} if {
	some model in input.models
	reason := read_by_others(model)
	some column in model.columns
	some label in column.labels
	not label.isMasked
	not approved(model, label.label)
	place := {"file": label.file, "line": label.line}
}

read_by_others(model) := "which is public" if model.access == "public"

read_by_others(model) := sprintf("which is exposed by %s", [concat(", ", model.exposures)]) if {
	model.access != "public"
	count(model.exposures) > 0
}

read_by_others(model) := "which lies among the marts" if {
	model.access != "public"
	count(model.exposures) == 0
	model.mart
}

approved(model, label) if {
	some pattern, labels in data.custody.settings.approved_labels
	some name in [model.name, model.path, model.relation]
	glob.match(pattern, ["/"], name)
	some one in labels
	glob.match(one, [], label)
}
