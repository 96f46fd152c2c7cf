/** A `verificationProof` apart: `scheme:signature` (protocol 2.5, 3.5). */
export interface VerificationProof {
  readonly scheme: string;
  readonly signature: string;
}

/** Splits at the first colon only: armor headers may hold colons. Undefined when there is no scheme. */
export function parseProof(proof: string): VerificationProof | undefined {
  const colon = proof.indexOf(':');
  if (colon < 1) return undefined;
  return { scheme: proof.slice(0, colon), signature: proof.slice(colon + 1) };
}
