/** Joins the parts of a key. No account, id or number contains the mark. */
export const keyOf = (...parts: readonly string[]): string => parts.join('|');

/** A whole number whose text sorts as the number does. */
export const sortable = (number: number): string => String(number).padStart(16, '0');
