import type { Options } from '../refactor/contract.js';

/** What a user has asked for, of the options that are not found out for each notebook; the defaults fill in the rest. */
export type Settings = Partial<Omit<Options, 'environment'>>;
