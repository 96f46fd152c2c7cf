import { PushChatError } from '../errors.ts';
import { MAX_WORD } from './limits.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const malformed = (path: string): PushChatError =>
  new PushChatError('PayloadMalformed', `\`${path}\` is missing or has the wrong shape.`);

/** The value as an object with own fields; arrays and null are none. */
export function objectOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path);
  return value as Fields;
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

/** A string of at most `max` UTF-16 units; longer ones are refused as too large rather than as malformed. */
export function stringOf(fields: Fields, name: string, max = MAX_WORD): string {
  const value = own(fields, name);
  if (typeof value !== 'string') throw malformed(name);
  if (value.length > max) throw new PushChatError('PayloadTooLarge', `\`${name}\` is longer than ${max} characters.`);
  return value;
}

export function nullableStringOf(fields: Fields, name: string, max?: number): string | null {
  const value = own(fields, name);
  return value === null || value === undefined ? null : stringOf(fields, name, max);
}

/** The field as a string if it is there at all: for signed bodies, where null and absent are different bytes. */
export function optional<Name extends string, Value>(
  fields: Fields,
  name: Name,
  parse: (fields: Fields, name: Name) => Value,
): Partial<Record<Name, Value>> {
  return own(fields, name) === undefined ? {} : ({ [name]: parse(fields, name) } as Partial<Record<Name, Value>>);
}

export function numberOf(fields: Fields, name: string): number {
  const value = own(fields, name);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(name);
  return value;
}

export function booleanOf(fields: Fields, name: string): boolean {
  const value = own(fields, name);
  if (typeof value !== 'boolean') throw malformed(name);
  return value;
}

export function arrayOf<Item>(
  fields: Fields,
  name: string,
  max: number,
  parse: (item: unknown, path: string) => Item,
): Item[] {
  const value = own(fields, name);
  if (!Array.isArray(value)) throw malformed(name);
  if (value.length > max) throw new PushChatError('PayloadTooLarge', `\`${name}\` has more than ${max} entries.`);
  return value.map((item, i) => parse(item, `${name}[${i}]`));
}
