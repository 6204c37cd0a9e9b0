# METADATA
# title: "A labelled column reaches a table that others read"
# description: "Data that must be protected leaves the place where it is protected, in the clear."
# custom:
#   id: SQL-007
#   severity: high
#   fix: "Hash, mask or leave out the column, or name the label for this table in `settings.approved_labels`."
#   references:
#     - GDPR Article 5(1)(c)
#     - GDPR Article 25
#     - CWE-359
#     - NIST SP 800-53 AC-4
package custody.check.sql.label_exposed

# `data.custody.settings.public_tables`: patterns of tables that others read, beside those whose schema or folder says it.
findings contains {"file": label.file, "line": label.line, "resource": sprintf("%s.%s", [table.name, column.name]), "message": sprintf("%s of %s reaches %s, which others read", [label.label, label.from, table.name])} if {
	some table in input.tables
	is_public(table)
	some column in table.columns
	some label in column.labels
	not label.isMasked
	count(label.path) > 1
	not approved(table, label.label)
}

is_public(table) if table.mart

is_public(table) if {
	some pattern in data.custody.settings.public_tables
	glob.match(lower(pattern), [], lower(table.name))
}

approved(table, label) if {
	some pattern, labels in data.custody.settings.approved_labels
	some name in [lower(table.name), input.path]
	glob.match(pattern, ["/"], name)
	some one in labels
	glob.match(one, [], label)
}
