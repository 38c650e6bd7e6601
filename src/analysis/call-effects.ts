import type { CallEffect } from '../pandas/call-effect.js';
import type { Machine } from './machine.js';
import type { StatementEffect } from './program.js';

/** Whether the result is None, where nothing more is known of the call. */
export function nonenessOf(effect: CallEffect): 'never' | 'always' | 'maybe' {
  if (effect.result === 'None') return 'always';
  return effect.maybeNone ? 'maybe' : 'never';
}

/** Notes what a call does to the world outside. */
export function noteEffects(m: Machine, effect: CallEffect): void {
  const flags: readonly (readonly [boolean, StatementEffect])[] = [
    [effect.prints, 'prints'],
    [effect.displays, 'displays'],
    [effect.draws, 'draws'],
    [effect.readsFile, 'reads-file'],
    [effect.writesFile, 'writes-file'],
    [effect.random, 'random'],
  ];
  for (const [is, name] of flags) if (is) m.recorder.effects.add(name);
}
