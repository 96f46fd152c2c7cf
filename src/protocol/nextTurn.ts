/** Lets everybody else run first, when one piece of work is long. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
