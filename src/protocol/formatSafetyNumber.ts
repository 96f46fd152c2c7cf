/** In twelve groups of five, as it is read out. */
export const formatSafetyNumber = (number: string): string => number.match(/.{5}/g)?.join(' ') ?? '';
