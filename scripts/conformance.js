// `npm run conformance -- NAME` runs one suite against the outside world; without a name all. The last line is JSON.
const SUITES = ['tlog', 'marquez', 'export', 'rego', 'oms', 'check'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are: ${SUITES.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : SUITES) {
  const { run } = await import(`../conformance/${name}.js`);
  const answer = await run();
  console.log(JSON.stringify(answer));
  if (!answer.met && !answer.skipped) process.exitCode = 1;
}
