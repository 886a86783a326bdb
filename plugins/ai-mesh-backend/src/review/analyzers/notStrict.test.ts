import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { caller } from '../../security/__testUtils__/assessChat';
import { reviewOf } from '../__testUtils__/reviewOf';
import { soundMesh } from '../__testUtils__/soundMesh';

/** What is said of a caller in plaintext, whose rate is this now. */
function evidence(
  plaintextPerSecond: ReturnType<typeof known<number> | typeof unknown>,
): string[] {
  const batch = caller('batch', 9, 0);
  if (batch.mtls.status === 'known') {
    Object.assign(batch.mtls.value, { plaintextPerSecond });
  }
  const permissive = soundMesh({
    PeerAuthentication: spec => {
      spec.mtls.mode = 'PERMISSIVE';
    },
  });
  return reviewOf(permissive, { observed: known([batch]) })
    .findings.filter(({ messageKey }) => messageKey === 'AIM401.blocked')
    .flatMap(({ evidence: found }) => found.map(({ message }) => message));
}

it.each([
  [known(0.5), /^ai\/batch: 0\.5 requests\/s in plaintext\. \S/],
  [known(0.004), /^ai\/batch: <0\.01 requests\/s in plaintext\. \S/],
  [unknown('source-unreachable'), /^ai\/batch was seen in plaintext\. \S/],
])(
  'says of a caller in plaintext its rate, where it is known: %j',
  (rate, said) => {
    expect(evidence(rate)).toEqual([expect.stringMatching(said)]);
  },
);
