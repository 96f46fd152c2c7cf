/** A piece of a text: words, or the name of what is put in. */
type Piece = string | { readonly name: string; readonly plural?: ReadonlyMap<string, readonly Piece[]> };

/** What may be put into a text. */
export type TextValues = Readonly<Record<string, string | number>>;

const parsed = new Map<string, readonly Piece[]>();
const rules = new Map<string, Intl.PluralRules>();
const figures = new Map<string, Intl.NumberFormat>();

/** One of a kind for each key: making them is slow. */
function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

/**
 * Puts values into a text: `{name}`, and plurals, `{count, plural, =0 {none} one {# message} other {# messages}}` (the
 * part of ICU MessageFormat that chats need). What has no value stays as it is written, so that it is seen.
 * @param locale BCP 47 tag, for plural rules and figures
 * @param put makes of a value what is put in
 * @returns its pieces, in order
 */
export function formatPieces<Value, Put>(
  text: string,
  locale: string,
  values: Readonly<Record<string, Value>>,
  put: (value: Value | string) => Put,
): readonly (string | Put)[] {
  const print = (pieces: readonly Piece[], count?: number): readonly (string | Put)[] =>
    pieces.flatMap((piece): readonly (string | Put)[] => {
      if (typeof piece === 'string') return [piece];
      if (piece.name === '#') return [formatNumber(count ?? 0, locale)];
      if (!Object.hasOwn(values, piece.name)) return [`{${piece.name}}`];
      const value = values[piece.name] as Value;
      if (!piece.plural) return [put(typeof value === 'number' ? formatNumber(value, locale) : value)];
      const of = Number(value);
      const rule = kept(rules, locale, () => new Intl.PluralRules(locale)).select(of);
      return print(piece.plural.get(`=${of}`) ?? piece.plural.get(rule) ?? piece.plural.get('other') ?? [], of);
    });
  return print(kept(parsed, text, () => parse(text)));
}

/** The same as one text. */
export const formatText = (text: string, locale: string, values: TextValues = {}): string =>
  formatPieces(text, locale, values, String).join('');

const formatNumber = (value: number, locale: string): string =>
  kept(figures, locale, () => new Intl.NumberFormat(locale)).format(value);

/** Takes linear time; what is not well-formed stays words. */
function parse(text: string, inPlural = false): readonly Piece[] {
  const pieces: Piece[] = [];
  const words = (part: string): void => {
    if (!inPlural) pieces.push(part);
    else part.split('#').forEach((piece, i) => pieces.push(...(i > 0 ? [{ name: '#' }] : []), piece));
  };
  let from = 0;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
    const close = closing(text, open);
    if (close < 0) break;
    words(text.slice(from, open));
    pieces.push(parseBraces(text.slice(open + 1, close)));
    from = close + 1;
  }
  words(text.slice(from));
  return pieces.filter((piece) => piece !== '');
}

function parseBraces(inner: string): Piece {
  const [name = '', kind, ...rest] = inner.split(',');
  if (kind?.trim() !== 'plural') return { name: inner.trim() };
  const cases = rest.join(',');
  const plural = new Map<string, readonly Piece[]>();
  let from = 0;
  for (let open = cases.indexOf('{'); open >= 0; open = cases.indexOf('{', from)) {
    const close = closing(cases, open);
    if (close < 0) break;
    plural.set(cases.slice(from, open).trim(), parse(cases.slice(open + 1, close), true));
    from = close + 1;
  }
  return { name: name.trim(), plural };
}

/** Where the brace that opens here closes; -1 where it does not. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '{') depth += 1;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}
