/** Who calls, as far as whatever is around the node knows. */
export interface Caller {
  /** Unknown to callers of the same process, who are not limited by it. */
  readonly ip?: string;
  /** Name and port that the caller knows this node by. @default those in the request's address */
  readonly host?: string;
}
