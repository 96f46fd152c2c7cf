import { mergeProps } from './mergeProps.ts';
import type { Overrides, PartName, Slots } from './overrides.ts';
import { useMergedOverrides } from './overridesContext.ts';

/** The name of a part, for styles and tests. */
export interface PartAttribute {
  readonly 'data-pc-part': PartName;
}

const NONE: Overrides = {};

/**
 * The props of a part, with what the page says of it over them.
 * @param given overrides that a component was given itself, which are not around it but in it
 */
export function usePart<Own extends object>(name: PartName, own: Own, given = NONE): Own & PartAttribute {
  return dress(useMergedOverrides(given), name, own);
}

/** The same where the overrides are at hand. */
export function dress<Own extends object>(
  { classNames, slotProps }: Overrides,
  name: PartName,
  own: Own,
): Own & PartAttribute {
  const className = classNames?.[name];
  const dressed = mergeProps(mergeProps(own, className === undefined ? undefined : { className }), slotProps?.[name]);
  return { ...dressed, 'data-pc-part': name };
}

/**
 * What the page puts in the place of parts; ours stand for the others.
 * @param given overrides that a component was given itself
 */
export const useSlots = (given = NONE): Partial<Slots> => useMergedOverrides(given).slots ?? NONE_INSTEAD;
const NONE_INSTEAD: Partial<Slots> = {};
