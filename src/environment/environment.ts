/**
 * What a notebook will run on. The unit of truth is the combination of pandas, numpy and pyarrow, never pandas alone:
 * every fact is held to these six, and an `Environment` is the set of them that the notebook's may behave like.
 */

/** The supported combinations, oldest first; see docs/environments.md for the exact versions. */
export const COMBINATIONS = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6'] as const;

/**
 * | | pandas | numpy | pyarrow |
 * |---|---|---|---|
 * | E1 | 1.5.3 | 1.26 | no |
 * | E2 | 2.3.3 | 1.26 | no |
 * | E3 | 2.3.3 | 2.x | no |
 * | E4 | 3.0.6 | 2.x | yes |
 * | E5 | 3.1.1 | 2.x | no |
 * | E6 | 3.1.1 | 2.x | yes |
 */
export type Combination = (typeof COMBINATIONS)[number];

/** For a person: what the combination stands for. */
export const COMBINATION_NAMES: Readonly<Record<Combination, string>> = {
  E1: 'pandas 1.5.3 with numpy 1.26',
  E2: 'pandas 2.3.3 with numpy 1.26',
  E3: 'pandas 2.3.3 with numpy 2',
  E4: 'pandas 3.0.6 with pyarrow',
  E5: 'pandas 3.1.1 without pyarrow',
  E6: 'pandas 3.1.1 with pyarrow',
};

/** The versions that were found, each null where it is not known. `pyarrow` is false where it is known to be absent. */
export interface Versions {
  readonly python: string | null;
  readonly pandas: string | null;
  readonly numpy: string | null;
  readonly pyarrow: string | false | null;
}

export interface Environment {
  readonly versions: Versions;
  /** Where the versions come from, for messages: `'--python'`, `'requirements.txt'`, ...; null where nothing is known. */
  readonly origin: string | null;
  /** What the user should know of it, where these versions are older or newer than what was tested; whole sentences. */
  readonly warning?: string;
  /** What the notebook may run on: never empty; all six where nothing is known. A fact holds if it holds for each. */
  readonly combinations: readonly Combination[];
}

/** Nothing is known: what is right on every supported combination is all that may be done. */
export const UNKNOWN_ENVIRONMENT: Environment = {
  versions: { python: null, pandas: null, numpy: null, pyarrow: null },
  origin: null,
  combinations: COMBINATIONS,
};

/** Whether the notebook may run on pandas up to 2.3.3. */
export const mayBePandas2 = ({ combinations }: Environment): boolean =>
  combinations.some((one) => one === 'E1' || one === 'E2' || one === 'E3');
