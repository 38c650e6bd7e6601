import type { Settings } from '../batch/settings.js';
import { UserError } from '../errors/user-error.js';
import type { Options } from '../refactor/contract.js';

/** Options as they are written, on the command line or (with the same names) in a configuration file. */
export interface WrittenSettings {
  readonly select?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly lossy?: boolean | undefined;
  readonly unsafe?: boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly maxBatchSize?: number | undefined;
  readonly batchFactor?: number | undefined;
  readonly float16?: boolean | undefined;
  readonly headroom?: number | undefined;
  /** Bytes. */
  readonly minSaving?: number | undefined;
  readonly inplace?: (typeof INPLACE)[number] | undefined;
  readonly reverse?: boolean | undefined;
  readonly imports?: Options['imports'] | undefined;
  readonly outputs?: Options['outputs'] | undefined;
  readonly leaveOut?: readonly string[] | undefined;
}

export const INPLACE = ['saving', 'all'] as const;
export const IMPORTS = ['top', 'inside'] as const satisfies readonly Options['imports'][];
export const OUTPUTS = ['keep', 'clear-changed', 'clear'] as const satisfies readonly Options['outputs'][];

/** The settings of both; where both say something, the command line's holds. */
export function mergeSettings(config: WrittenSettings, commandLine: WrittenSettings): WrittenSettings {
  const merged: WrittenSettings = { ...config, ...withoutUndefined(commandLine) };
  const { lossy, unsafe, select } = commandLine;
  return {
    ...merged,
    // One tier is chosen: `--lossy` narrows a configured `unsafe = true`.
    ...(lossy || unsafe ? { lossy, unsafe } : {}),
    // What is selected by name on the command line is wanted, whatever the configuration leaves out.
    ...(select !== undefined && commandLine.ignore === undefined
      ? { ignore: config.ignore?.filter((id) => !select.includes(id)) }
      : {}),
  };
}

/**
 * @param known the ids of the transforms
 * @param origin for messages: a configuration file's path, `the command line`
 * @throws UserError for a transform that nobody knows
 */
export function checkTransforms(written: WrittenSettings, known: readonly string[], origin: string): void {
  for (const id of [...(written.select ?? []), ...(written.ignore ?? [])])
    if (!known.includes(id))
      throw new UserError(`${origin}: there is no transform '${id}'; there are ${known.join(', ')}`);
}

export function toSettings(written: WrittenSettings): Settings {
  const { lossy, unsafe, inplace } = written;
  return withoutUndefined({
    select: written.select,
    ignore: written.ignore,
    tier: unsafe ? ('unsafe' as const) : lossy ? ('lossy' as const) : undefined,
    strict: written.strict,
    maxBatchSize: written.maxBatchSize,
    batchFactor: written.batchFactor,
    float16: written.float16,
    headroom: written.headroom,
    minSaving: written.minSaving,
    inplaceAll: inplace === undefined ? undefined : inplace === 'all',
    reverse: written.reverse,
    imports: written.imports,
    outputs: written.outputs,
    leaveOut: written.leaveOut,
  });
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the members that are undefined, so that a spread does not put them over what is there. */
function withoutUndefined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}
