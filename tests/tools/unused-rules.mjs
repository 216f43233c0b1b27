// Writes .globalconfig: the rules that the analyzer packages bring and .editorconfig does not name. The compiler runs an analyzer whose rules are silent
// everywhere unless each of its rules is off by name, which is most of what a build with analyzers takes.
//
//   dotnet build PROJECT -c Release -t:Rebuild --no-dependencies -p:UseSharedCompilation=false -p:ReportAnalyzer=true -v:d > LOG    for some projects
//   node tests/tools/unused-rules.mjs LOG…
//
// Rules that a newer package adds are silent all the same; they only take time until this is run again.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const named = new Set([...readFileSync(new URL('.editorconfig', root), 'utf8').matchAll(/^dotnet_diagnostic\.(\w+)\.severity/gm)].map((m) => m[1]));
const analyzers = /^ +<?[\d.]+ +<?\d+ +[\w.]+ \(([A-Z]+[A-Za-z]*\d+(?:, \w+)*)\)$/gm;
const rules = new Set(process.argv.slice(2).flatMap((log) => [...readFileSync(log, 'utf8').matchAll(analyzers)].flatMap((m) => m[1].split(', '))));
const unused = [...rules].filter((rule) => !named.has(rule)).sort();
if (unused.length === 0) {
  throw new Error('The logs name no analyzer: were they written with -p:ReportAnalyzer=true -v:d?');
}
const head = `# Written by tests/tools/unused-rules.mjs, which says why. Rules are switched on in .editorconfig.
is_global = true
`;
writeFileSync(fileURLToPath(new URL('.globalconfig', root)), head + unused.map((rule) => `dotnet_diagnostic.${rule}.severity = none\n`).join(''));
console.log(`${unused.length} rules are named in .globalconfig.`);
