import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Each layer may import what stands in a lower row, never what stands in its own or above. */
const LAYERS: readonly (readonly string[])[] = [
  ['cli', 'api'],
  ['batch', 'review'],
  ['report'],
  ['diff', 'verify', 'transforms'],
  ['refactor'],
  ['analysis'],
  ['pandas'],
  ['notebook', 'python', 'environment', 'data'],
  ['text', 'errors'],
];

const ROOT = resolve(import.meta.dirname, '..');

const files = ['src', 'transforms'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(ROOT, folder, name)),
);

const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    resolve(dirname(file), path.replace(/\.js$/, '.ts')),
  );
}

function layerOf(file: string): string {
  const [top = '', second = ''] = relative(ROOT, file).split('/');
  return top === 'transforms' ? 'transforms' : second.replace(/\.ts$/, '');
}

const rowOf = (layer: string): number => LAYERS.findIndex((row) => row.includes(layer));

describe('the house', () => {
  it('has no file outside of its layers', () => {
    expect(files.filter((file) => rowOf(layerOf(file)) < 0).map((file) => relative(ROOT, file))).toEqual([]);
  });

  it('imports downwards only', () => {
    const wrong = [...imports].flatMap(([file, targets]) =>
      targets
        .filter(
          (target) => layerOf(target) !== layerOf(file) && rowOf(layerOf(target)) <= rowOf(layerOf(file)),
        )
        .map((target) => `${relative(ROOT, file)} imports ${relative(ROOT, target)}`),
    );
    // The list of transforms is known to the command line and to the API alone.
    expect(wrong).toEqual([]);
    const knowers = [...imports]
      .filter(
        ([file, targets]) =>
          layerOf(file) !== 'transforms' && targets.some((t) => layerOf(t) === 'transforms'),
      )
      .map(([file]) => layerOf(file));
    expect(new Set(knowers)).toEqual(new Set(['cli', 'api'].filter((layer) => knowers.includes(layer))));
  });

  it('has no circles', () => {
    expect(findCircle()).toBeNull();
  });
});

function findCircle(): string | null {
  const done = new Set<string>();
  for (const start of files) {
    const path: string[] = [];
    const visit = (file: string): string | null => {
      if (path.includes(file))
        return [...path.slice(path.indexOf(file)), file].map((one) => relative(ROOT, one)).join(' -> ');
      if (done.has(file)) return null;
      path.push(file);
      for (const target of imports.get(file) ?? []) {
        const circle = visit(target);
        if (circle !== null) return circle;
      }
      path.pop();
      done.add(file);
      return null;
    };
    const circle = visit(start);
    if (circle !== null) return circle;
  }
  return null;
}
