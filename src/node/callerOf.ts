import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Caller } from './caller.ts';

const THIS_MACHINE = /^(127\.|::1$)/;

/**
 * Whom a call counts against: one IPv4 address, or the /64 network that one subscriber of IPv6 has to choose from.
 * Callers on this machine count against nobody: they may be a proxy, with all the world behind it.
 * @param trustProxy read the last address of `X-Forwarded-For`, the one that the nearest proxy itself saw
 */
export function callerOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  trustProxy: boolean,
): Caller {
  const forwarded = trustProxy && headers['x-forwarded-for'];
  const nearest = forwarded ? [forwarded].flat().join().split(',').at(-1)?.trim() : socket.remoteAddress;
  const address = nearest?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  const host = hostOf({ headers }, trustProxy);
  if (isIP(address) === 0 || THIS_MACHINE.test(address)) return { host };
  return { host, ip: isIP(address) === 4 ? address : networkOf(address) };
}

/** The first four of the eight groups of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The name and port that a caller knows this node by; a proxy that changes the one says the other. */
export function hostOf({ headers }: Pick<IncomingMessage, 'headers'>, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers['x-forwarded-host'] : undefined;
  return [forwarded ?? headers.host ?? ''].flat()[0] ?? '';
}
