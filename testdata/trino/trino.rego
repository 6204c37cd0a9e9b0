package trino

import data.grants

default allow := false

operation := input.action.operation

groups := {group | some group in input.context.identity.groups}

allow if operation in {"ExecuteQuery", "FilterCatalogs", "AccessCatalog"}

allow if {
	"engineers" in groups
	operation in {"RenameTable", "CreateTable", "DropTable"}
}

allow if {
	operation == "SelectFromColumns"
	table := input.action.resource.table
	readable(table)
	every column in table.columns {
		not column in hidden(table)
	}
}

readable(table) if {
	some group in groups
	some schema in grants[group].schemas
	table.schemaName == schema
}

hidden(table) := {column |
	some group in groups
	some column in grants[group].hidden[table.tableName]
}

batch contains i if {
	operation == "FilterTables"
	some i, resource in input.action.filterResources
	readable(resource.table)
}

batch contains i if {
	operation == "FilterColumns"
	table := input.action.filterResources[0].table
	readable(table)
	some i, column in table.columns
	not column in hidden(table)
}

rowFilters contains {"expression": "region = 'EU'"} if {
	operation == "GetRowFilters"
	input.action.resource.table.tableName == "applications"
	"analysts" in groups
}

columnMask := {"expression": "'***' || substring(iban, -4)"} if {
	operation == "GetColumnMask"
	input.action.resource.column.columnName == "iban"
}
