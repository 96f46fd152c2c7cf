/**
 * Bytes of a file that fit into one message: as base64, encrypted and as base64 again, twice, since the wire carries a
 * mirror, they stay below the megabyte that a node takes (protocol 3.1, 3.3).
 */
export const MOST_BYTES = 280_000;
