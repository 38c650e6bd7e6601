import { loadEngine } from '../src/python/engine/load-engine.js';
import { loadParser } from '../src/python/parse.js';
import { readSources } from '../test/python-syntax/read-sources.js';

/**
 * How long parsing takes over the code cells of folders, and which part of it is tree-sitter's own:
 *
 *     node dist/scripts/measure-parser.js DIR...
 *
 * User CPU time in milliseconds, the best of five runs.
 */
const texts = process.argv
  .slice(2)
  .flatMap((directory) => [...readSources(directory)].map(({ text }) => text));
const length = texts.reduce((sum, text) => sum + text.length, 0);
console.log(`${texts.length} cells, ${length} characters`);

const cpu = (): number => process.cpuUsage().user / 1000;

function best(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const start = cpu();
    run();
    least = Math.min(least, cpu() - start);
  }
  return Math.round(least);
}

for (const name of ['wasm', 'native'] as const) {
  const start = cpu();
  const parser = await loadParser(name).catch(() => null);
  if (parser === null) {
    console.log(`${name}: does not load here`);
    continue;
  }
  const load = Math.round(cpu() - start);
  const engine = await loadEngine(name);
  const bare = best(() => {
    for (const text of texts) engine.parse(text).dispose();
  });
  const whole = best(() => {
    for (const text of texts) parser.parse(text, 0);
  });
  console.log(`${name}: load ${load} ms, tree-sitter alone ${bare} ms, with conversion ${whole} ms`);
}
