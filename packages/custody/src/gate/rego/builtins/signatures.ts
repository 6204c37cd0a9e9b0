/**
 * What built-in functions take and, last, what they give, as `opa capabilities` of OPA 1.22.2 says (written by
 * conformance/rego-signatures.js). z null, b boolean, n number, s string, a array, o object, t set, * anything; elements
 * in parentheses.
 */
export const SIGNATURES = `
abs n n
all at b
and t t t
any at b
array.concat a a a
array.flatten a a
array.reverse a a
array.slice a n n a
base64.decode s s
base64.encode s s
base64.is_valid s b
base64url.decode s s
base64url.encode s s
base64url.encode_no_pad s s
bits.and n n n
bits.lsh n n n
bits.negate n n
bits.or n n n
bits.rsh n n n
bits.xor n n n
cast_array * a
cast_boolean * b
cast_null * z
cast_object * o
cast_set * t
cast_string * s
ceil n n
concat s a(s)t(s) s
contains s s b
count saot n
crypto.hmac.equal s s b
crypto.hmac.md5 s s s
crypto.hmac.sha1 s s s
crypto.hmac.sha256 s s s
crypto.hmac.sha512 s s s
crypto.md5 s s
crypto.sha1 s s
crypto.sha256 s s
div n n n
endswith s s b
eq * * b
equal * * b
floor n n
format_int n n s
glob.match s za(s) s b
glob.quote_meta s s
graph.reachable o at t
graph.reachable_paths o at t(a)
gt * * b
gte * * b
hex.decode s s
hex.encode s s
http.send o o
indexof s s n
indexof_n s s a(n)
internal.member_2 * * b
internal.member_3 * * * b
internal.print a(t) *
internal.template_string a s
internal.test_case a *
intersection t(t) t
io.jwt.decode s a
io.jwt.decode_verify s o a
io.jwt.encode_sign o o o s
io.jwt.encode_sign_raw s s s s
io.jwt.verify_eddsa s s b
io.jwt.verify_es256 s s b
io.jwt.verify_es384 s s b
io.jwt.verify_es512 s s b
io.jwt.verify_hs256 s s b
io.jwt.verify_hs384 s s b
io.jwt.verify_hs512 s s b
io.jwt.verify_ps256 s s b
io.jwt.verify_ps384 s s b
io.jwt.verify_ps512 s s b
io.jwt.verify_rs256 s s b
io.jwt.verify_rs384 s s b
io.jwt.verify_rs512 s s b
is_array * b
is_boolean * b
is_null * b
is_number * b
is_object * b
is_set * b
is_string * b
json.filter o a(sa)t(sa) o
json.is_valid s b
json.marshal * s
json.marshal_with_options * o s
json.match_schema so so a
json.patch * a(o) *
json.remove o a(sa)t(sa) o
json.unmarshal s *
json.verify_schema so a
lower s s
lt * * b
lte * * b
max at *
min at *
minus nt nt nt
mul n n n
neq * * b
net.cidr_contains s s b
net.cidr_contains_matches sa(sa)ot(sa) sa(sa)ot(sa) t(a)
net.cidr_expand s t(s)
net.cidr_intersects s s b
net.cidr_is_valid s b
net.cidr_merge a(s)t(s) t(s)
net.cidr_overlap s s b
net.lookup_ip_addr s t(s)
numbers.range n n a(n)
numbers.range_step n n n a(n)
object.filter o aot o
object.get o * * *
object.keys o t
object.remove o aot o
object.subset aot aot b
object.union o o o
object.union_n a(o) o
opa.runtime o
or t t t
plus n n n
product a(n)t(n) n
rand.intn s n n
re_match s s b
regex.find_all_string_submatch_n s s n a(a)
regex.find_n s s n a(s)
regex.globs_match s s b
regex.is_valid s b
regex.match s s b
regex.replace s s s s
regex.split s s a(s)
regex.template_match s s s s b
rego.metadata.chain a
rego.metadata.rule *
rego.parse_module s s o
rem n n n
replace s s s s
round n n
semver.compare s s n
semver.is_valid * b
set_diff t t t
sort at a
split s s a(s)
sprintf s a s
startswith s s b
strings.any_prefix_match sa(s)t(s) sa(s)t(s) b
strings.any_suffix_match sa(s)t(s) sa(s)t(s) b
strings.count s s n
strings.render_template s o s
strings.replace_n o s s
strings.reverse s s
strings.split_n s s n a(s)
substring s n n s
sum a(n)t(n) n
time.add_date n n n n n
time.clock na a
time.date na a
time.diff na na a
time.format naa s
time.now_ns n
time.parse_duration_ns s n
time.parse_ns s s n
time.parse_rfc3339_ns s n
time.weekday na s
to_number zbns n
trace s b
trim s s s
trim_left s s s
trim_prefix s s s
trim_right s s s
trim_space s s
trim_suffix s s s
type_name * s
union t(t) t
units.parse s n
units.parse_bytes s n
upper s s
uri.is_valid s b
uri.parse s o
urlquery.decode s s
urlquery.decode_object s o
urlquery.encode s s
urlquery.encode_object o s
uuid.parse s o
uuid.rfc4122 s s
walk * a
yaml.is_valid s b
yaml.marshal * s
yaml.unmarshal s *
`;
