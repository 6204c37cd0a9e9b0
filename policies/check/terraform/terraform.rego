# What rules about Terraform share. `input` is the facts of one configuration or plan (docs/check-terraform.md): in
# `input.resources` by type, with values where a block is a list of objects, a missing argument is undefined, and what is not
# known is a string `${expression}`.
package custody.terraform

# A finding on a resource: on the line of `argument` (dotted: "versioning.enabled") where that is written, or of the resource.
finding(resource, argument, message) := {
	"file": resource.file,
	"line": object.get(resource.lines, argument, resource.line),
	"resource": concat("", [resource.address, key]),
	"message": message,
} if {
	# Of `count` all instances are alike: they are told once. Keys of `for_each` say which.
	key := regex.replace(resource.instance, `^\[\d+\]$`, "")
}

# What an argument comes to; null where it is missing. `path` is dotted, and in a block it means the first of its kind:
# "versioning.enabled". A missing argument that is given to a function as it is makes the whole line undefined, even behind
# `not`: so rules ask by this.
value(resource, path) := within(resource.values, path)

steps(path) := array.slice(keys, 0, count(keys) - 1) if {
	keys := [key | some part in split(path, "."); some key in [part, 0]]
}

# All blocks of a name, an empty list where there are none.
blocks(resource, name) := list(object.get(resource.values, name, []))

# The same of a block: tf.of(rule, "apply_server_side_encryption_by_default.sse_algorithm").
of(block, path) := within(block, path)

# A block may also be written as an argument with an object: versioning = { enabled = true }.
within(values, path) := found if {
	found := object.get(values, steps(path), null)
	found != null
} else := found if {
	found := object.get(values, split(path, "."), null)
	found != null
} else := object.get(values, steps_to_object(path), null)

# "a.b.c" where only b is written as an argument.
steps_to_object(path) := array.concat(steps(concat(".", array.slice(names_, 0, last))), [names_[last]]) if {
	names_ := split(path, ".")
	last := count(names_) - 1
}

# Not known before Terraform runs. Rules let it pass: who wants to refuse it has TF-000.
unknown(value) if {
	is_string(value)
	startswith(value, "${")
	endswith(value, "}")
}

# Any part of it is not known.
partly_unknown(value) if {
	is_string(value)
	contains(value, "${")
}

# True, or not known. Older configurations write 1.
yes(value) if value in {true, 1, "1"}

yes(value) if unknown(value)

# False, or not known. A missing argument is neither.
no(value) if value in {false, 0, "0"}

no(value) if unknown(value)

# Given, and not empty.
given(value) if {
	not value in {null, "", false}
	value != []
	value != {}
}

# One of `allowed`, or not known in some part.
among(value, allowed) if value in allowed

among(value, _) if partly_unknown(value)

# The number that a value is, also if it is written as text.
number(value) := value if is_number(value)

number(value) := to_number(value) if {
	is_string(value)
	regex.match(`^-?\d{1,15}(\.\d+)?$`, value)
}

# At least `least`, or not known.
at_least(value, least) if number(value) >= least

at_least(value, _) if unknown(value)

# A value as a list.
list(value) := value if is_array(value)

list(value) := [value] if not is_array(value)

# Resources of several types in one list.
resources(types) := [resource |
	some type in types
	some resource in input.resources[type]
]

# Statements of a policy in JSON, as a list of {effect, actions, not_actions, resources, principals, not_principals,
# conditions}; members are lists of strings; principals as "*" or "AWS:arn...". Empty where it cannot be read.
statements(policy) := [statement(one) | some one in list(document(policy).Statement); is_object(one)] if {
	is_object(document(policy))
} else := []

statement(one) := {
	"sid": object.get(one, "Sid", ""),
	"effect": object.get(one, "Effect", "Allow"),
	"actions": list(object.get(one, "Action", [])),
	"not_actions": list(object.get(one, "NotAction", [])),
	"resources": list(object.get(one, "Resource", [])),
	"principals": principals(object.get(one, "Principal", [])),
	"not_principals": principals(object.get(one, "NotPrincipal", [])),
	"conditions": object.get(one, "Condition", {}),
}

principals(given_) := [who |
	is_object(given_)
	some type, whom in given_
	some one in list(whom)
	who := principal(type, one)
] if {
	is_object(given_)
} else := list(given_)

principal("AWS", "*") := "*"

principal(type, one) := sprintf("%s:%v", [type, one]) if [type, one] != ["AWS", "*"]

# Addresses that a resource refers to, in any argument.
referred(resource) := {address | some addresses_ in resource.references; some address in addresses_}

# Addresses that any resource of a type refers to. Rules join by such sets: to try each pair of two types takes too long where
# there are thousands of both.
referred_by(type) := {address |
	some resource in input.resources[type]
	some address in referred(resource)
}

# Addresses of all resources of several types.
addresses(types) := {resource.address |
	some type in types
	some resource in input.resources[type]
}

# Enabled security alert policies of SQL servers that are known here.
alert_policies_of_sql_servers contains policy.address if {
	some policy in input.resources.azurerm_mssql_server_security_alert_policy
	among(value(policy, "state"), {"Enabled"})
	count(referred(policy) & sql_servers) > 0
}

sql_servers := addresses({"azurerm_mssql_server", "azurerm_sql_server"})

# Members of Google Cloud that mean everybody, with and without an account.
everybody_in_google := {"allAuthenticatedUsers", "allUsers"}

# A binding or a member that gives a role to everybody.
opens_to_everybody(grant) if {
	some argument in ["member", "members"]
	some member in list(value(grant, argument))
	member in everybody_in_google
}

# Whether an instance of Cloud SQL has a flag with this value.
has_database_flag(instance, name, wanted) if {
	some settings in blocks(instance, "settings")
	some flag in list(object.get(settings, "database_flags", []))
	flag.name == name
	flag_text(flag.value) == wanted
}

flag_text(given_) := lower(given_) if is_string(given_)

flag_text(true) := "on"

flag_text(false) := "off"

# Known, and true.
on(value) if {
	yes(value)
	not unknown(value)
}

# Known, and false.
off(value) if {
	no(value)
	not unknown(value)
}

# A list with one of `wanted` in it; or it is not known.
holds(value, wanted) if {
	some one in list(value)
	among(one, wanted)
}

# JSON in an argument as a value; undefined where it is none. A comma too many, which is often written, does no harm.
document(text) := json.unmarshal(text) if {
	is_string(text)
	json.is_valid(text)
} else := json.unmarshal(mended) if {
	is_string(text)
	mended := regex.replace(text, `,(\s*[}\]])`, "$1")
	json.is_valid(mended)
}

# Values of the `parameter` blocks that have this name.
parameters(group, name) := [of(parameter, "value") |
	some parameter in blocks(group, "parameter")
	of(parameter, "name") == name
]

# Resources by address (instances of a `count` share one), and addresses by what refers to them: with these, what is connected
# is found without comparing each with each.
at[resource.address] contains resource if {
	some resources_ in input.resources
	some resource in resources_
}

referring[address] contains resource.address if {
	some resources_ in input.resources
	some resource in resources_
	some addresses in resource.references
	some address in addresses
}

# Resources of `types` that a resource refers to, or that refer to it.
neighbours(resource, types) := [other |
	some address in (object.get(referring, resource.address, set()) | {to | some addresses in resource.references; some to in addresses})
	some other in object.get(at, address, set())
	other.type in types
]

# Resources of a type such as `aws_s3_bucket_versioning` that are for a bucket: by reference, or by the same name.
for_bucket(bucket, type) := array.concat(neighbours(bucket, {type}), [one |
	name := object.get(bucket.values, "bucket", null)
	some one in object.get(by_bucket_name, [type, name], set())
])

by_bucket_name[type][name] contains resource if {
	some type, resources_ in input.resources
	startswith(type, "aws_s3_bucket_")
	some resource in resources_
	not resource.references.bucket
	name := resource.values.bucket
}

# Grants of an access list to a group, by its address.
grants(acl, group) := [grant |
	some policy in blocks(acl, "access_control_policy")
	some grant in object.get(policy, "grant", [])
	of(grant, "grantee.uri") == group
]

# A statement of a policy that lets everybody in: its principal is "*" or of any account, and no condition narrows it.
lets_everybody_in(statement) if {
	statement.effect != "Deny"
	count(statement.actions) > 0
	some principal in statement.principals
	is_anybody(principal)
	not is_narrowed(statement)
}

is_anybody(principal) if principal in {"*", "Federated:*", "Service:*"}

is_anybody(principal) if is_wide(trim_prefix(principal, "AWS:"))

# Conditions that say who somebody is, or where they come from.
narrowing := {
	"aws:sourcearn",
	"aws:principalarn",
	"aws:sourceowner",
	"aws:sourceaccount",
	"aws:principalaccount",
	"aws:principalorgid",
	"aws:principalorgpaths",
	"kms:calleraccount",
	"aws:userid",
	"aws:sourceip",
	"aws:sourcevpc",
	"aws:sourcevpce",
	"saml:aud",
}

is_narrowed(statement) if {
	narrowing_values(statement) != []
	every other in narrowing_values(statement) { not is_wide(other) }
}

narrowing_values(statement) := [value |
	some test, keys in statement.conditions
	regex.match(`^(?i)(forallvalues:|foranyvalue:)?(arn|string)(equals|like)|^(?i)(forallvalues:|foranyvalue:)?ipaddress`, test)
	some key, values in keys
	lower(key) in narrowing
	some value in list(values)
]

is_wide(value) if value in {"*", "0.0.0.0/0", "::/0"}

is_wide(arn) if {
	parts := split(arn, ":")
	parts[0] == "arn"

	# Names of buckets are the same in all accounts.
	parts[2] != "s3"
	parts[4] == "*"
}

is_wide(value) if startswith(value, "o-*")
