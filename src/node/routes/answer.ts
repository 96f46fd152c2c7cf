import type { Context, Hono } from 'hono';
import { PushChatError } from '../../errors.ts';
import { malformed } from '../../protocol/fields.ts';
import type { Route } from '../../protocol/routes.ts';
import type { Caller } from '../caller.ts';
import type { Page } from '../tables/chats.ts';

/** Binds one call of the protocol to what answers it; a group of routes is a list of such bindings. */
export type Bind = (route: Route, answer: (context: Context) => Promise<Response>) => void;

/** Where `protocol/routes.ts` puts an id, a pattern has a name: `routes.chats(':did', 1, 1)` without its query. */
export function binder(app: Hono): Bind {
  return ({ method, path }, answer) => {
    const pattern = path.replace(/\?.*/, '');
    app.on(method, pattern, answer);
    // The older name of the same calls (protocol 4.1).
    if (pattern.startsWith('/apis/v1/chat/')) app.on(method, pattern.replace('/v1/chat/', '/v1/w2w/'), answer);
  };
}

/** The name that the caller knows this node by. */
export const hostOf = ({ env, req }: Context): string => (env as Caller).host ?? new URL(req.url).host;

/** A value of the path. */
export const pathValue = (context: Context, name: string): string => context.req.param(name) ?? '';

/**
 * A whole number of the query, from 1 to `max`.
 * @throws {PushChatError} `PayloadMalformed`
 */
export function queryNumber(context: Context, name: string, byDefault: number, max: number): number {
  const text = context.req.query(name);
  if (text === undefined) return byDefault;
  if (!/^\d{1,9}$/.test(text)) throw malformed(name);
  const value = Number(text);
  if (value < 1 || value > max) throw new PushChatError('PayloadMalformed', `\`${name}\` must be from 1 to ${max}.`);
  return value;
}

const LAST_PAGE = 1_000_000;
const DEFAULT_PAGE_SIZE = 10;

/**
 * The page that a query asks for.
 * @throws {PushChatError} `PayloadMalformed`
 */
export function pageIn(
  context: Context,
  { number = 'page', size = 'limit', byDefault = DEFAULT_PAGE_SIZE, max }: PageQuery,
): Page {
  const limit = queryNumber(context, size, byDefault, max);
  return { offset: (queryNumber(context, number, 1, LAST_PAGE) - 1) * limit, limit };
}

interface PageQuery {
  /** Names in the query. */
  readonly number?: string;
  readonly size?: string;
  /** Rows of a page. */
  readonly byDefault?: number;
  readonly max: number;
}
