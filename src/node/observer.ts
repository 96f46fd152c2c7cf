/** One call that a node answered. It names what was called by its pattern: no account, message or text is in it. */
export interface Answered {
  readonly method: string;
  /** Such as `/apis/v1/chat/users/:did/chats`; `/*` for what no route knows. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** Which the caller was told too. */
  readonly requestId: string;
}

/** Looks on while a node works: for logs and figures. */
export interface NodeObserver {
  readonly answered?: (answered: Answered) => void;
  /** An act was taken, here first or from another node. @param verb as in the journal */
  readonly taken?: (verb: string) => void;
}
