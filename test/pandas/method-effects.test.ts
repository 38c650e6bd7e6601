import { describe, expect, test } from 'vitest';
import type { CallEffect } from '../../src/pandas/call-effect.js';
import type { ValueKind } from '../../src/pandas/kinds.js';
import { attributeEffect, methodEffect } from '../../src/pandas/method-effects.js';
import { type MeasuredFact, measuredApi, valuesOf } from './measured-api.js';

/** How the measurement names what `kinds.ts` names otherwise; the rest is the same. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  Rolling: 'Window',
  StrAccessor: 'Accessor',
  DtAccessor: 'Accessor',
  CatAccessor: 'Accessor',
  PlotAccessor: 'Plotter',
  ExtensionArray: 'unknown',
  timestamp: 'unknown',
  dtype: 'unknown',
};

/** One value taken from a column is a number for most; that it may be a string matters to nobody. */
const SCALARS: ReadonlySet<string> = new Set(['number', 'bool', 'str', 'unknown']);

/** What depends on an argument, where the table says what most calls give. */
const BY_ARGUMENT: ReadonlySet<string> = new Set(['Series.reset_index gives Series']);

const api = measuredApi();

/** Every member of a class that `method-effects.ts` knows and that was measured. */
function known(kind: ValueKind, measured: string): [name: string, effect: CallEffect, fact: MeasuredFact][] {
  return Object.entries(api[measured] ?? {}).flatMap(([name, fact]) => {
    const isAttribute = valuesOf(fact.is).includes('attribute');
    const effect = isAttribute ? attributeEffect(kind, name) : methodEffect(kind, name);
    return effect === undefined || fact.result === undefined ? [] : [[name, effect, fact]];
  });
}

/** What is wrong with what the table says of a member; empty where nothing is. */
function contradictions(effect: CallEffect, fact: MeasuredFact): string[] {
  const found: string[] = [];
  const results = new Set(
    valuesOf(fact.result).flatMap((text) => text.split(' ').map((kind) => KINDS[kind] ?? kind)),
  );
  if (results.has('None') && !effect.maybeNone && effect.result !== 'None') found.push('may be None');
  const kinds = [...results].filter((kind) => kind !== 'None' && kind !== 'self' && kind !== 'unknown');
  if (effect.result !== 'unknown' && effect.result !== 'self') {
    const others = kinds.filter(
      (kind) =>
        kind !== effect.result && !((effect.scalar || effect.result === 'number') && SCALARS.has(kind)),
    );
    if (others.length > 0) found.push(`gives ${others.join(', ')}`);
  }
  if (fact.mutates && !effect.mutates) found.push('changes its receiver');
  if (fact.mutatesArgument && !effect.mutatesArguments) found.push('changes an argument');
  if (fact.prints && !effect.prints) found.push('prints');
  if (fact.draws && !effect.draws) found.push('draws');
  // A result that can't be changed and holds nothing, or that a cell draws, shares nothing that matters.
  const pinned = pinnedShare(fact);
  if (pinned > 0.05 && !effect.shares && !effect.draws) found.push(`keeps ${pinned} of its receiver alive`);
  return found;
}

/**
 * How much of the receiver a result keeps alive, at most: over the calls, the layouts and the combinations. Strings that
 * are Python objects are left out: a result that has them has to keep them.
 */
function pinnedShare(fact: MeasuredFact): number {
  const figures = Object.entries(fact).flatMap(([key, value]) =>
    /^(block|csv)\(/.test(key) ? valuesOf(value as MeasuredFact['result']) : [],
  );
  return Math.max(0, ...figures.map((figure) => Number(figure.split(' ')[0])));
}

describe.each([
  ['DataFrame', 'DataFrame'],
  ['Series', 'Series'],
  ['GroupBy', 'GroupBy'],
  ['SeriesGroupBy', 'SeriesGroupBy'],
  ['Window', 'Rolling'],
  ['Index', 'Index'],
] as const)('what the table says of %s', (kind, measured) => {
  test('is what pandas does', () => {
    const wrong = known(kind, measured).flatMap(([name, effect, fact]) =>
      contradictions(effect, fact).map((what) => `${kind}.${name} ${what}`),
    );
    expect(wrong.filter((it) => !BY_ARGUMENT.has(it))).toEqual([]);
  });
});
