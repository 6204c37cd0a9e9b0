# A dataset is due for erasure when its retention has passed and nothing holds it.
package custody.retention

default due := false

due if {
	some hold in data.holds
	hold.dataset == input.dataset
	false
} else if {
	age_days > data.retention_days[input.class]
	not held
}

held if {
	some hold in data.holds
	hold.dataset == input.dataset
}

age_days := (time.parse_rfc3339_ns(input.now) - time.parse_rfc3339_ns(input.created)) / (((24 * 60) * 60) * 1000000000)
