import { wording, wordsOf, type Caller } from '@ai-mesh/plugin-ai-mesh-common';
import { seen, type Analyzer, type Draft } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { strictFix } from '../strictFix';
import { serviceName } from '../subjectRules';

/** Callers in one sentence. */
const MOST_NAMES = 3;

/** AIM401: a service that takes plaintext, with whether it need. */
export const notStrict: Analyzer = {
  codes: ['AIM401'],
  needs: ['PeerAuthentication', 'DestinationRule'],
  *analyze(subject) {
    const found = judge(subject);
    if (found) {
      yield found;
    }
  },
};

function judge(subject: ReviewSubject): Draft | undefined {
  const { security, object } = subject;
  const { readiness } = security.mtls;
  const service = serviceName(subject);
  const common = { object, path: '' };
  switch (readiness.status) {
    case 'ready':
      return {
        ...common,
        key: 'AIM401.ready',
        params: { service },
        ...strictFix(subject),
      };
    case 'blocked':
      return {
        ...common,
        key: 'AIM401.blocked',
        params: {
          service,
          callers: callerNames(
            readiness.by.map(({ caller }) => caller),
            readiness.moreBy,
          ),
        },
        evidence: [
          ...readiness.by.map(one =>
            seen(
              wording('review.plaintext', {
                caller: callerNames([one.caller]),
                rate: (one.plaintextPerSecond ?? 0).toFixed(2),
              }),
              ...wordsOf(one),
            ),
          ),
          ...(readiness.moreBy === undefined
            ? []
            : [
                seen(
                  wording('review.morePlaintext', { more: readiness.moreBy }),
                ),
              ]),
        ],
      };
    case 'unknown':
      return {
        ...common,
        key: 'AIM401.unknown',
        params: { service, reason: readiness.message },
      };
    case 'impossible':
      return {
        ...common,
        key: 'AIM401.noProxy',
        params: { service, reason: readiness.message },
      };
    default:
      return undefined;
  }
}

/** `ai/batch, shop/web and 2 more` */
export function callerNames(callers: readonly Caller[], besides = 0): string {
  const names = callers.map(({ namespace, workload, principal }) =>
    workload === undefined
      ? (principal ?? 'a caller without a name')
      : `${namespace}/${workload}`,
  );
  const more = Math.max(0, names.length - MOST_NAMES) + besides;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
