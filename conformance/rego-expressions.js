// Random Rego expressions, mostly of the types that their operators want. The same ones for the same seed.

function seeded(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function* expressions(count, seed) {
  const random = seeded(seed);
  const one = (list) => list[Math.floor(random() * list.length)];
  const some = (make, max) => Array.from({ length: Math.floor(random() * (max + 1)) }, make);
  const strings = [
    '',
    'a',
    'ab',
    'abc',
    'héllo wörld',
    'A-b_c',
    ' x ',
    '10',
    '1.5',
    'eu-west-1',
    '日本',
    '%d',
    'a,b,c',
    '{"a":1}',
    '10.0.0.1',
  ];
  const numbers = [
    '0',
    '1',
    '2',
    '3',
    '7',
    '10',
    '-1',
    '-2.5',
    '0.1',
    '1.5',
    '3.14159',
    '100',
    '9007199254740993',
    '1e3',
    '-0.25',
  ];
  const make = {
    number: (d) =>
      d <= 0
        ? one(numbers)
        : one([
            () => `(${make.number(d - 1)} ${one(['+', '-', '*', '/'])} ${make.number(d - 1)})`,
            () => `(${one(['7', '10', '-3', '0', '22'])} % ${one(['2', '3', '-4', '5'])})`,
            () => `${one(['abs', 'ceil', 'floor', 'round'])}(${make.number(d - 1)})`,
            () => `count(${one([make.array, make.set, make.string, make.object])(d - 1)})`,
            () => `${one(['sum', 'product'])}([${some(() => make.number(0), 4)}])`,
            () => `${one(['max', 'min'])}([${make.number(0)}, ${make.number(0)}])`,
            () => `to_number(${one(['"1.50"', '"-3"', '"0x1"', 'true', 'null', '"1e2"', '"abc"'])})`,
            () => `indexof(${make.string(d - 1)}, ${make.string(0)})`,
            () => `bits.${one(['and', 'or', 'xor'])}(${one(['5', '12', '255', '-8'])}, ${one(['3', '9', '1'])})`,
            () => `semver.compare(${one(['"1.2.3"', '"1.10.0"', '"2.0.0-rc.1"'])}, ${one(['"1.2.3"', '"2.0.0"'])})`,
            () => `units.parse_bytes(${one(['"10KB"', '"1.5Mi"', '"200"', '"3 TB"', '"-1K"'])})`,
            () => one(numbers),
          ])(),
    string: (d) =>
      d <= 0
        ? JSON.stringify(one(strings))
        : one([
            () => `concat(${make.string(0)}, [${some(() => make.string(d - 1), 3)}])`,
            () => `${one(['lower', 'upper', 'trim_space', 'strings.reverse'])}(${make.string(d - 1)})`,
            () =>
              `sprintf(${one(['"%v"', '"%s|%v"', '"%d items"', '"%5.2f"', '"%q"', '"%x"', '"%t"', '"%-6v|"', '"%+d"', '"%08.3f"', '"%v %v"', '"%e"', '"%g"'])}, [${some(() => make.any(d - 1), 3)}])`,
            () => `replace(${make.string(d - 1)}, ${make.string(0)}, ${make.string(0)})`,
            () => `substring(${make.string(d - 1)}, ${one(['0', '1', '2', '9', '-1'])}, ${one(['-1', '0', '2', '9'])})`,
            () =>
              `${one(['trim', 'trim_left', 'trim_right', 'trim_prefix', 'trim_suffix'])}(${make.string(d - 1)}, ${make.string(0)})`,
            () => `format_int(${make.number(0)}, ${one(['2', '8', '10', '16'])})`,
            () => `json.marshal(${make.any(d - 1)})`,
            () => `base64.encode(${make.string(d - 1)})`,
            () => `urlquery.encode(${make.string(d - 1)})`,
            () => `hex.encode(${make.string(d - 1)})`,
            () => `crypto.sha256(${make.string(d - 1)})`,
            () => `type_name(${make.any(d - 1)})`,
            () =>
              `regex.replace(${make.string(d - 1)}, ${one(['"[a-c]+"', '"\\\\d"', '"(a)(b)?"', '"^."', '"x*"'])}, ${one(['"-"', '"<$1>"', '""'])})`,
            () => JSON.stringify(one(strings)),
          ])(),
    boolean: (d) =>
      d <= 0
        ? one(['true', 'false'])
        : one([
            () => `(${make.any(d - 1)} ${one(['==', '!=', '<', '<=', '>', '>='])} ${make.any(d - 1)})`,
            () => `${one(['startswith', 'endswith', 'contains'])}(${make.string(d - 1)}, ${make.string(0)})`,
            () =>
              `regex.match(${one(['"^[a-z]+$"', '"\\\\w-\\\\w"', '"(?i)ABC"', '"."', '"[[:alpha:]]{2,3}"', '"\\\\bx\\\\b"'])}, ${make.string(d - 1)})`,
            () =>
              `glob.match(${one(['"a*"', '"*.c"', '"{a,ab}"', '"[!x]*"', '"**"', '"?"'])}, ${one(['[]', '["."]', 'null'])}, ${make.string(0)})`,
            () => `(${make.any(d - 1)} in ${one([make.array, make.set])(d - 1)})`,
            () =>
              `net.cidr_contains("10.0.0.0/${one(['8', '24', '31'])}", "10.0.${one(['0', '1'])}.${one(['1', '255'])}")`,
            () => `object.subset(${make.object(d - 1)}, ${make.object(d - 1)})`,
            () => `semver.is_valid(${make.string(0)})`,
          ])(),
    array: (d) =>
      d <= 0
        ? one(['[]', '[1, 2]', '["b", "a"]', '[null]'])
        : one([
            () => `[${some(() => make.any(d - 1), 3).join(', ')}]`,
            () => `sort(${one([make.array, make.set])(d - 1)})`,
            () => `array.${one(['concat'])}(${make.array(d - 1)}, ${make.array(d - 1)})`,
            () => `array.slice(${make.array(d - 1)}, ${one(['0', '1', '-1'])}, ${one(['1', '2', '9'])})`,
            () => `array.reverse(${make.array(d - 1)})`,
            () => `split(${make.string(d - 1)}, ${make.string(0)})`,
            () => `numbers.range(${one(['0', '3'])}, ${one(['2', '-2', '0'])})`,
            () => `[v | some v in ${one([make.array, make.set, make.object])(d - 1)}]`,
            () =>
              `regex.find_n(${one(['"[a-z]"', '"\\\\d+"', '"a?"'])}, ${make.string(d - 1)}, ${one(['-1', '1', '2'])})`,
          ])(),
    set: (d) =>
      d <= 0
        ? one(['set()', '{1, 2}', '{"a", 1.5}'])
        : one([
            () => `{${make.any(d - 1)}, ${make.any(d - 1)}}`,
            () => `(${make.set(d - 1)} ${one(['|', '&', '-'])} ${make.set(d - 1)})`,
            () => `{v | some v in ${one([make.array, make.object])(d - 1)}}`,
            () => `object.keys(${make.object(d - 1)})`,
            () => `union({${make.set(d - 1)}, ${make.set(d - 1)}})`,
          ])(),
    object: (d) =>
      d <= 0
        ? one(['{}', '{"a": 1}', '{"b": [1], "a": null}'])
        : one([
            () => `{"a": ${make.any(d - 1)}, "k": ${make.any(d - 1)}}`,
            () => `object.union(${make.object(d - 1)}, ${make.object(d - 1)})`,
            () => `object.remove(${make.object(d - 1)}, ["a"])`,
            () => `object.filter(${make.object(d - 1)}, {"a", "b"})`,
            () => `{k: v | some k, v in ${one([make.object, make.array])(d - 1)}}`,
            () =>
              `json.patch(${make.object(d - 1)}, [{"op": "${one(['add', 'replace', 'remove'])}", "path": "/a", "value": 1}])`,
          ])(),
    any: (d) => make[one(['number', 'string', 'boolean', 'array', 'set', 'object'])](d),
  };
  for (let i = 0; i < count; i++) yield make.any(1 + Math.floor(random() * 3));
}
