import { UserError } from '../errors/user-error.js';
import { parseBytes } from '../text/bytes.js';
import { checkTransforms, IMPORTS, INPLACE, OUTPUTS, type WrittenSettings } from './settings.js';

/**
 * The settings that a configuration file holds, or null where a pyproject.toml has no `[tool.nbslim]`.
 *
 * @param path for messages
 * @throws UserError for what is no TOML, for an unknown key and for a value that its key cannot have
 */
export async function readConfig(
  text: string,
  path: string,
  isPyproject: boolean,
  transforms: readonly string[],
): Promise<WrittenSettings | null> {
  const table = isPyproject ? toolTable(await parseToml(text, path)) : await parseToml(text, path);
  if (table === undefined) return null;
  const settings = await checkTable(table, isPyproject ? `${path}, [tool.nbslim]` : path);
  checkTransforms(settings, transforms, path);
  return settings;
}

async function parseToml(text: string, path: string): Promise<Record<string, unknown>> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '');
    throw new UserError(`${path}:${error.line}:${error.column}: not valid TOML: ${what}`);
  }
}

function toolTable({ tool }: Record<string, unknown>): unknown {
  return typeof tool === 'object' && tool !== null && 'nbslim' in tool ? tool.nbslim : undefined;
}

async function checkTable(table: unknown, origin: string): Promise<WrittenSettings> {
  const v = await import('valibot');
  const schema = v.strictObject({
    select: v.optional(v.array(v.string())),
    ignore: v.optional(v.array(v.string())),
    lossy: v.optional(v.boolean()),
    unsafe: v.optional(v.boolean()),
    strict: v.optional(v.boolean()),
    float16: v.optional(v.boolean()),
    headroom: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1))),
    'min-saving': v.optional(v.union([v.pipe(v.number(), v.finite(), v.minValue(0)), v.string()])),
    inplace: v.optional(v.picklist(INPLACE)),
    'max-batch-size': v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    'batch-factor': v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
    imports: v.optional(v.picklist(IMPORTS)),
    outputs: v.optional(v.picklist(OUTPUTS)),
    'leave-out': v.optional(v.array(v.string())),
  });
  const result = v.safeParse(schema, table);
  if (result.success) {
    const {
      'leave-out': leaveOut,
      'max-batch-size': maxBatchSize,
      'batch-factor': batchFactor,
      'min-saving': written,
      ...rest
    } = result.output;
    const minSaving = typeof written === 'string' ? parseBytes(written) : written;
    if (minSaving === null)
      throw new UserError(`${origin}: 'min-saving' must be a size like "500KB", not "${written}"`);
    return { ...rest, leaveOut, maxBatchSize, batchFactor, minSaving };
  }
  const issue = result.issues[0];
  const key = v.getDotPath(issue);
  if (key === null) throw new UserError(`${origin}: this must be a table`);
  if (key === 'python')
    // A notebook's repository must not choose which program runs on the machine of whoever tries it.
    throw new UserError(
      `${origin}: 'python' can be given on the command line only: it names a program that is run`,
    );
  if (issue.type === 'strict_object')
    throw new UserError(
      `${origin}: unknown key '${key}'; there are ${Object.keys(schema.entries).join(', ')}`,
    );
  throw new UserError(
    `${origin}: '${key}' must be ${issue.expected ?? 'another value'}, not ${issue.received}`,
  );
}
