// Loaded before the program that is measured: what the system says it took, written to file descriptor 3 at its end.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1_000, rss: maxRSS / 1_024 }));
});
