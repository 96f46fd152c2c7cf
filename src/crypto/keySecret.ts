/**
 * The HKDF input that the wire derives from a wallet signature (protocol 2.3).
 *
 * It is not the signature's bytes: the text `scheme:0x…` is read two characters at a time, a pair whose second
 * character is no hex digit counts as its first digit, one whose first is none counts as 0, and a last single
 * character is dropped. Every official client does it so, and keys already wrapped depend on it.
 * @param signatureText `eip191:0x<130 hex>` (69 bytes out) or `eip712v2:…`
 */
export function keySecret(signatureText: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(signatureText.length / 2));
  for (let i = 0; i < bytes.length; i++) {
    const value = Number.parseInt(signatureText.slice(2 * i, 2 * i + 2), 16);
    bytes[i] = Number.isNaN(value) ? 0 : value;
  }
  return bytes;
}
