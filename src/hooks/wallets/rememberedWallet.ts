const KEY = 'push-chat-kit:wallet';

/** Which wallet the user chose last, by its `rdns`. A browser that keeps nothing for the page asks again. */
export const rememberedWallet = {
  get: (): string | undefined => attempt(() => localStorage.getItem(KEY) ?? undefined),
  set: (rdns: string | undefined): void => {
    attempt(() => {
      if (rdns === undefined) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, rdns);
    });
  },
};

function attempt<Answer>(perform: () => Answer): Answer | undefined {
  try {
    return perform();
  } catch {
    return undefined;
  }
}
