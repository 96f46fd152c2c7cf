/** The tabs of one browser that have the same account open. */
export interface Tabs {
  /** Names this tab. */
  readonly me: string;
  /** Whether a tab of this name is open, this one included. */
  readonly isOpen: (name: string) => Promise<boolean>;
  /** Runs while no other tab runs its own. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Holds a name that all tabs can see, until the returned release is called or the tab ends. */
  readonly hold: (name: string) => () => void;
  /** Whether any tab holds it. */
  readonly isHeld: (name: string) => Promise<boolean>;
  /** Tells all other tabs. */
  readonly tell: (news: TabNews) => void;
  readonly close: () => void;
}

/** What one tab does and all must follow; `kept`: what the user chose on this device has changed. */
export type TabNews = 'locked' | 'logged-out' | 'kept';
