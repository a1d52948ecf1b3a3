/**
 * What somebody may use of a window who has just begun to count alone: as much as it used before, and `more`. The others' calls still
 * count on the other side, and it does not know of them. Critical calls are not held to it.
 */
export interface Restraint {
  readonly more: number;
  /** Or until the other side says what is left. */
  readonly untilMs: number;
}
