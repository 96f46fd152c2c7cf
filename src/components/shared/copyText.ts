/** Puts words on the clipboard; false where there is none: pages without a secure origin, and browsers told so. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
