/** What one list did. Milliseconds. */
export interface ListFigure {
  /** From nothing to the newest message on the screen. */
  readonly 'first row': number;
  /** From a message to its bubble on the screen; median of ten. */
  readonly append: number;
  /** From a key to its letter on the screen while 50 messages come in a second; median. */
  readonly typing: number;
  /** The longest of them. */
  readonly 'typing, worst': number;
  /** The longest frame while the whole thread is scrolled through. */
  readonly 'scroll, worst frame': number;
  /** Elements in the page. */
  readonly elements: number;
}

export const LISTS = ['plain', 'chatscope', 'ours'] as const;
export type ListName = (typeof LISTS)[number];

/** What the page offers to the programme that drives it. */
export interface ListBench {
  readonly measure: (name: ListName, messages: number) => Promise<ListFigure>;
}
