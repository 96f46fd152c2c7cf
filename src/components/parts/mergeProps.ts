import type { CSSProperties } from 'react';

type Props = Readonly<Record<string, unknown>>;
type Handler = (event: unknown, ...rest: readonly unknown[]) => void;

/**
 * Props with a page's over them: classes stand beside each other, styles too, and of two handlers the page's is called
 * first; ours is left out when that calls `preventDefault()`.
 */
export function mergeProps<Own extends object>(own: Own, theirs: object | undefined): Own {
  if (!theirs) return own;
  const merged: Record<string, unknown> = { ...(own as Props) };
  for (const [name, value] of Object.entries(theirs)) merged[name] = mergeProp(name, (own as Props)[name], value);
  return merged as Own;
}

function mergeProp(name: string, own: unknown, theirs: unknown): unknown {
  if (own === undefined || theirs === undefined) return theirs ?? own;
  if (name === 'className') return `${own as string} ${theirs as string}`;
  if (name === 'style') return { ...(own as CSSProperties), ...(theirs as CSSProperties) };
  if (/^on[A-Z]/.test(name) && typeof own === 'function' && typeof theirs === 'function') {
    return inTurn(theirs as Handler, own as Handler);
  }
  return theirs;
}

const inTurn =
  (first: Handler, second: Handler): Handler =>
  (event, ...rest) => {
    first(event, ...rest);
    if ((event as { readonly defaultPrevented?: boolean } | null)?.defaultPrevented !== true) second(event, ...rest);
  };
