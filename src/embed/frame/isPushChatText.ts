/**
 * Whether a text is one that Push Chat has wallets sign: to open keys, and to vouch for them by a hash (protocol 2.2,
 * 2.3). A host
 * that lets a frame ask its wallet lets it ask for nothing else, whatever becomes of the frame's origin.
 */
export const isPushChatText = (text: string): boolean => TEXT.test(text);

const TEXT = /^(?:Enable Push (?:Chat )?Profile \n)?[0-9a-f]{64}$/;
