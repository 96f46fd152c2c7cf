import { escapeControls } from '../../errors.ts';

/**
 * An error and what caused it, as one line for a terminal, without line breaks that a caller could have sent (security
 * ND-15). A cause that says nothing new is left out: what was said already, and where a missing package was looked for.
 */
export function describeError(error: Error): string {
  const sentences = [error.message];
  let cause = error.cause;
  while (cause instanceof Error && !isMissingPackage(cause)) {
    const { message } = cause;
    if (!sentences.some((said) => said.includes(message))) sentences.push(message);
    cause = cause.cause;
  }
  const last = sentences.pop() ?? '';
  return escapeControls([...sentences.map((sentence) => sentence.replace(/\.$/, '')), last].join(': '));
}

const isMissingPackage = (cause: Error): boolean => (cause as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
