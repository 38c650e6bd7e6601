/** What `JSON.parse` gives. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonArray(value);
}

/** `Array.isArray` for readonly arrays. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function asString(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * nbformat's "multiline string": a string, or a list of strings that are put together with nothing between them.
 * Returns null for anything else.
 */
export function joinMultiline(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (!isJsonArray(value) || !value.every((item) => typeof item === 'string')) return null;
  return value.join('');
}
