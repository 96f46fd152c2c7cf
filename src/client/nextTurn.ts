/** Lets the page be drawn, and everybody else run, when one piece of work is long. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
