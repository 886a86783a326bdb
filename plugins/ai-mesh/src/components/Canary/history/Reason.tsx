import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import { Said } from '../../Marks';

/** Why something happened: a person's own words, or the engine's in the reader's language. */
export function Reason(props: { row: CanaryTransition }) {
  const { by, reason, words, evidence } = props.row;
  if (by !== 'engine') {
    return <>{reason}</>;
  }
  const { verdict } = evidence ?? {};
  if (words) {
    return <Said of={{ message: reason, words }} />;
  }
  // A row of an older release holds what was decided on; what the engine says of it is the verdict's own words, or ends in them.
  const isVerdict = verdict?.message && reason.endsWith(verdict.message);
  return (
    <Said
      of={{ message: reason, ...(isVerdict && { words: verdict.words }) }}
    />
  );
}
