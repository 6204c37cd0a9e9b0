/** What would reach outside the policy. Refused by name, unless the host hands it in. */
import { RegoError } from '../rego-error.ts';
import { RegoObject, RegoSet, toText } from '../value.ts';
import { builtin, builtinError, object, string, typeError, type Builtin } from './operand.ts';

const KEYS = new Set(
  'method url body enable_redirect force_json_decode force_yaml_decode headers raw_body tls_use_system_certs tls_ca_cert tls_ca_cert_file tls_ca_cert_env_variable tls_client_cert tls_client_cert_file tls_client_cert_env_variable tls_client_key tls_client_key_file tls_client_key_env_variable tls_insecure_skip_verify tls_server_name timeout cache force_cache force_cache_duration_seconds raise_error caching_mode max_retry_attempts cache_ignored_headers'.split(
    ' ',
  ),
);

export const HOST: readonly Builtin[] = [
  builtin('http.send', 1, (args, budget) => {
    const request = object(args, 1);
    const unknown = request.keys().filter((key) => typeof key !== 'string' || !KEYS.has(key));
    if (unknown.length > 0) throw typeError(`invalid request parameters(s): ${toText(RegoSet.of(unknown))}`);
    const missing = ['method', 'url'].filter((key) => !request.has(key));
    if (missing.length > 0) throw typeError(`missing required request parameters(s): ${toText(RegoSet.of(missing))}`);
    if (budget.httpSend === null)
      throw new RegoError(
        'eval_builtin_error',
        'http.send: not allowed here',
        'Pass what the policy needs as input or data, or hand `httpSend` to the evaluator.',
      );
    return budget.httpSend(request);
  }),
  // Configuration and environment of the process are not shown to policies.
  builtin('opa.runtime', 0, () => RegoObject.empty),
  builtin('net.lookup_ip_addr', 1, (args) => {
    const name = string(args, 1);
    // An address names itself; anything else would need the network.
    if (/^(\d{1,3}\.){3}\d{1,3}$/.test(name) || name.includes(':')) return RegoSet.of([name]);
    throw builtinError('name lookups are not allowed here');
  }),
  builtin('print', -1, () => true),
  builtin('internal.print', 1, () => true),
  builtin('internal.test_case', 1, () => true),
  builtin('trace', 1, () => true),
  builtin('test.sleep', 1, () => true),
  builtin('rego.metadata.rule', 0, () => RegoObject.empty),
  builtin('rego.metadata.chain', 0, () => []),
];
