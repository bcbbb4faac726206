/** Most changes of a statement's result that a run holds, and that one event can carry. */
export const KEPT_CHANGES = 500;
