// What facts are on this side: asking an environment, and telling whether two outcomes are the same.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonPath } from '../make-environments.mjs';

/**
 * @typedef {object} Answer what test/python/facts/run.py prints; its fields are those of fact.py
 * @property {string} id
 * @property {string | null} place in SAFETY.md, as `heading: words`
 * @property {string} statement
 * @property {Record<string, string>} says
 * @property {number} tolerance
 * @property {boolean} rechecked
 * @property {string | null} note
 * @property {string} outcome
 *
 * @typedef {Omit<Answer, 'outcome'> & { outcomes: Record<string, string> }} RecordedFact outcomes by environment
 */

export const COMBINATIONS = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'];

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const RECORD = path.join(ROOT, 'test', 'facts.json');
/** The article's file at its full size, which some facts are about; examples/btc/make-data.mjs makes it. */
export const ARTICLE_DATA = path.join(ROOT, '.cache', 'btc-full.csv');
export const PAGE = path.join(ROOT, 'docs', 'facts.md');

/**
 * What an environment answers today, in the order of SAFETY.md. Throws where a fact raises what is no outcome.
 *
 * @param {string} combination @param {{ quick: boolean }} options quick: only what the tests ask again
 * @returns {Answer[]}
 */
export function askEnvironment(combination, { quick }) {
  const script = path.join(ROOT, 'test', 'python', 'facts', 'run.py');
  const options = quick ? ['--quick'] : [];
  return JSON.parse(
    execFileSync(pythonPath(combination), [script, ...options], { encoding: 'utf8', maxBuffer: 2 ** 24 }),
  );
}

const NUMBER = /-?\d+(?:\.\d+)?/g;

/**
 * Whether an outcome is the one that is expected: the same text, in which numbers may differ by the tolerance (a share of
 * them, or of 1 where they are smaller); `raises` is any exception, and `differs` anything but `same`.
 *
 * @param {string} outcome @param {string} expected @param {number} tolerance
 */
export function agree(outcome, expected, tolerance) {
  if (expected === 'raises') return outcome.startsWith('raises');
  if (expected === 'differs') return outcome !== 'same';
  if (outcome === expected) return true;
  if (tolerance === 0 || outcome.replace(NUMBER, '#') !== expected.replace(NUMBER, '#')) return false;
  const numbers = (expected.match(NUMBER) ?? []).map(Number);
  return (outcome.match(NUMBER) ?? [])
    .map(Number)
    .every((number, at) => Math.abs(number - numbers[at]) <= tolerance * Math.max(1, Math.abs(numbers[at])));
}

/** Where the outcomes are not what SAFETY.md says. @param {RecordedFact} fact */
export function disagreements({ says, outcomes, tolerance }) {
  return Object.keys(outcomes).filter(
    (combination) =>
      says[combination] !== undefined && !agree(outcomes[combination], says[combination], tolerance),
  );
}
