/** Questions that one answer could not be told apart for. */
export class CannotShare extends Error {}
