/** Largest body of one write in UTF-8 bytes (protocol 3.1). */
export const MAX_PAYLOAD_BYTES = 1_048_576;

/**
 * Largest body that gives a private group its next secret, and characters of the secret itself: encrypted to 15,000
 * members with RSA-2048 keys, 362 characters for each.
 */
export const MAX_GROUP_BYTES = 6_000_000;

/** Rows of one page of chats or requests (protocol 4.1). */
export const MAX_PAGE_SIZE = 30;

/** Messages of one history call (protocol 4.1). */
export const MAX_FETCH_LIMIT = 30;
export const DEFAULT_FETCH_LIMIT = 10;

/** Accounts of one batch lookup (protocol 2.2). */
export const MAX_BATCH = 100;

/** Characters of a single-line field such as an id, a type or a scheme: far above any real one. */
export const MAX_WORD = 512;

/** Characters of an armored signature or secret; an RSA-4096 one takes 1,500. */
export const MAX_ARMOR = 64_000;

/** Accounts in one profile's block list: keeps the profile far below the payload limit. */
export const MAX_BLOCKED = 5_000;
