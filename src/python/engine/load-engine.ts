import { UserError } from '../../errors/user-error.js';
import type { Engine, EngineName } from './engine.js';
import { loadNativeEngine } from './native.js';
import { loadWasmEngine } from './wasm.js';

const LOADERS: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  wasm: loadWasmEngine,
  native: loadNativeEngine,
};

/**
 * The engine that is asked for by name, or, without a name, the first that loads: native, which starts 20 ms sooner and, over
 * the many small cells of notebooks, takes as long as WebAssembly (`scripts/measure-parser.ts`); WebAssembly where the
 * optional dependency is not built.
 *
 * Throws a `UserError` where none loads.
 */
export async function loadEngine(name?: EngineName): Promise<Engine> {
  const failures: string[] = [];
  for (const candidate of name === undefined ? (['native', 'wasm'] as const) : [name]) {
    try {
      return await LOADERS[candidate]();
    } catch (error) {
      failures.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new UserError(
    `tree-sitter does not load, reinstall nbslim or choose with NBSLIM_PARSER=wasm|native (${failures.join('; ')})`,
  );
}

/** Reads `NBSLIM_PARSER`. Throws a `UserError` for a name that is no engine's. */
export function engineNameFrom(
  environment: Readonly<Record<string, string | undefined>>,
): EngineName | undefined {
  const name = environment['NBSLIM_PARSER'];
  if (name === undefined || name === '') return undefined;
  if (name === 'wasm' || name === 'native') return name;
  throw new UserError(`NBSLIM_PARSER is '${name}': set it to 'wasm' or 'native', or leave it unset`);
}
