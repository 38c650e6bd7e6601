import {
  asString,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  joinMultiline,
} from './json-value.js';

/** A saved output of a code cell. */
export type Output =
  | { readonly kind: 'stream'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'display_data' | 'execute_result';
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
    }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly value: string;
      readonly traceback: readonly string[];
    }
  /** What nbformat 4 does not know, or knows in another shape. */
  | { readonly kind: 'unknown'; readonly outputType: string | null };

/** MIME type → value. Texts are put together; JSON types hold any value. */
export type MimeBundle = ReadonlyMap<string, JsonValue>;

/** Turns the value of a cell's `outputs` member into outputs. What is no list gives none. */
export function readOutputs(value: JsonValue): readonly Output[] {
  return isJsonArray(value) ? value.map(readOutput) : [];
}

function readOutput(value: JsonValue): Output {
  if (!isJsonObject(value)) return { kind: 'unknown', outputType: null };
  const type = asString(value['output_type']);
  switch (type) {
    case 'stream':
      return {
        kind: type,
        name: asString(value['name']) ?? 'stdout',
        text: joinMultiline(value['text']) ?? '',
      };
    case 'display_data':
    case 'execute_result': {
      const { data, metadata } = value;
      if (!isJsonObject(data)) return { kind: 'unknown', outputType: type };
      return { kind: type, data: readMimeBundle(data), metadata: isJsonObject(metadata) ? metadata : {} };
    }
    case 'error': {
      const traceback = value['traceback'];
      return {
        kind: 'error',
        name: asString(value['ename']) ?? '',
        value: asString(value['evalue']) ?? '',
        traceback: isJsonArray(traceback) ? traceback.filter((line) => typeof line === 'string') : [],
      };
    }
    default:
      return { kind: 'unknown', outputType: type };
  }
}

function readMimeBundle(data: JsonObject): MimeBundle {
  return new Map(
    Object.entries(data).map(([type, value]) => {
      const isJson = type === 'application/json' || type.endsWith('+json');
      return [type, isJson ? value : (joinMultiline(value) ?? value)];
    }),
  );
}

/** The first error that a cell's saved outputs hold, such as a KeyError; null if there is none. */
export function findErrorOutput(outputs: readonly Output[]): Extract<Output, { kind: 'error' }> | null {
  return outputs.find((output) => output.kind === 'error') ?? null;
}

/** The MIME types that saved outputs hold, in their order, each once. Streams and errors have none. */
export function listMimeTypes(outputs: readonly Output[]): readonly string[] {
  return [...new Set(outputs.flatMap((output) => ('data' in output ? [...output.data.keys()] : [])))];
}
