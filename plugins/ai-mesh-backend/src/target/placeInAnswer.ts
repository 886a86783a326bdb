import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';

/** Where an answer is not of the form that it should have: the path of the field, or words for the whole of it. */
export function placeInAnswer({
  issues: [issue],
}: {
  issues: readonly { path: readonly PropertyKey[] }[];
}): Words | string {
  return issue?.path.map(String).join('.') || wording('source.itsWhole');
}
