/** What the page offers to the test that drives it. */
export interface StrictPage {
  /** A window in the page, and an inbox in a shadow root. */
  readonly draw: () => void;
  readonly mountOften: (times: number) => Promise<void>;
  /** What the content security policy has refused. */
  readonly violations: () => readonly string[];
}
