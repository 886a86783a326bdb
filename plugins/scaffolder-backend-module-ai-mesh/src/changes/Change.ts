import type { Mendable } from '../fixes/planFixes';

/** Something that the portal has made or done, to be kept in Git too. */
export interface Change extends Mendable {
  /** In one sentence, for the pull request. */
  message: string;
}
