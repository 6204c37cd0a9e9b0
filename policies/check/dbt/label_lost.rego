# METADATA
# title: "A labelled column reaches a column that does not carry its label"
# description: "Rules by label and people who look for personal data do not find what this column holds."
# custom:
#   id: DBT-002
#   severity: medium
#   fix: "Write the label into `meta` of the column in its properties, or mask the column."
#   references:
#     - GDPR Article 30
#     - NIST SP 800-53 AC-16
package custody.check.dbt.label_lost

findings contains {"file": label.file, "line": label.line, "resource": sprintf("%s.%s", [model.name, column.name]), "message": sprintf("%s of %s reaches %s.%s, which does not say so", [label.label, label.from, model.name, column.name])} if {
	some model in input.models
	model.materialized != "ephemeral"
	some column in model.columns
	some label in column.labels
	not label.isMasked
	count(label.path) > 1
	not label.label in column.declared
}
