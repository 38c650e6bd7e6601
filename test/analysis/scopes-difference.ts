import type { Scope, ScopeName } from '../../src/analysis/scope.js';
import type { Json } from '../python-syntax/cpython.js';

interface Table {
  readonly kind: string;
  readonly names: { readonly [name: string]: string };
  readonly children: readonly Table[];
}

/**
 * Every difference between our scopes and those that `dump_symtable.py` wrote, as sentences. CPython makes the children in
 * another order than the source's (defaults and decorators first), so children are matched by what they hold.
 */
export function scopeDifferences(ours: Scope, theirs: Json): string[] {
  return compare(ours, theirs as unknown as Table, 'module');
}

function compare(ours: Scope, theirs: Table, path: string): string[] {
  const differences: string[] = [];
  if (ours.kind !== theirs.kind) differences.push(`${path}: is a ${ours.kind} for a ${theirs.kind}`);
  for (const name of new Set([...ours.names.keys(), ...Object.keys(theirs.names)])) {
    const entry = ours.names.get(name);
    const mine = entry === undefined ? 'nothing' : flagsOf(entry);
    const other = Object.hasOwn(theirs.names, name) ? theirs.names[name] : 'nothing';
    if (mine !== other) differences.push(`${path}.${name}: ${mine} for ${other}`);
  }
  if (ours.children.length !== theirs.children.length) {
    return [...differences, `${path}: ${ours.children.length} scopes inside for ${theirs.children.length}`];
  }
  const mine = [...ours.children].sort(byKey((scope) => signature(scope)));
  const others = [...theirs.children].sort(byKey((table) => signatureOf(table)));
  for (const [at, child] of mine.entries()) {
    const other = others[at];
    if (other !== undefined) differences.push(...compare(child, other, `${path}/${at}`));
  }
  return differences;
}

function flagsOf(entry: ScopeName): string {
  const letters = [
    entry.assigned ? 'A' : '',
    entry.referenced ? 'R' : '',
    entry.parameter ? 'P' : '',
    entry.imported ? 'I' : '',
    entry.annotated ? 'N' : '',
    entry.declaredGlobal ? 'G' : '',
    entry.nonlocal ? 'L' : '',
  ];
  return `${letters.join('')}:${entry.resolution}`;
}

function signature(scope: Scope): string {
  const names = [...scope.names.values()].map((entry) => `${entry.name}=${flagsOf(entry)}`).sort();
  return [scope.kind, ...names, ...scope.children.map(signature).sort()].join(' ');
}

function signatureOf(table: Table): string {
  const names = Object.entries(table.names)
    .map(([name, flags]) => `${name}=${flags}`)
    .sort();
  return [table.kind, ...names, ...table.children.map(signatureOf).sort()].join(' ');
}

function byKey<T>(key: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
