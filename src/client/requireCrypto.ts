import { PushChatError } from '../errors.ts';

/** Nothing is begun that could not be finished safely (security CR-25). */
export function requireCrypto(): void {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> };
  if (typeof crypto?.getRandomValues === 'function' && crypto.subtle) return;
  throw new PushChatError(
    'InvalidConfig',
    'This page has no Web Cryptography. Serve it over HTTPS, or from localhost.',
  );
}
