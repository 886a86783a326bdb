import {
  wording,
  wordsOf,
  type Caller,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { wordingWith } from '../../worded';
import { seen, type Analyzer, type Draft } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { strictFix } from '../strictFix';
import { serviceName } from '../subjectRules';

/** Callers in one sentence. */
const PLACES = ['first', 'second', 'third'];
const MOST_NAMES = PLACES.length;

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
          ...readiness.by.map(({ caller, plaintextPerSecond, ...one }) => {
            const named = { caller: callerNames([caller]) };
            return seen(
              plaintextPerSecond === undefined
                ? wordingWith('review.seenInPlaintext', named)
                : wordingWith('review.plaintext', {
                    ...named,
                    rate: plaintextPerSecond,
                  }),
              ...wordsOf(one),
            );
          }),
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
        params: { service, reason: wordsOf(readiness) },
      };
    case 'impossible':
      return {
        ...common,
        key: 'AIM401.noProxy',
        params: { service, reason: wordsOf(readiness) },
      };
    default:
      return undefined;
  }
}

/** `ai/batch, shop/web and 2 more` */
export function callerNames(callers: readonly Caller[], besides = 0): Words {
  const more = Math.max(0, callers.length - MOST_NAMES) + besides;
  const named = callers.slice(0, MOST_NAMES).map(nameOf);
  const places = Object.fromEntries(
    named.map((name, index) => [PLACES[index], name]),
  );
  const count = `names.${named.length as 0 | 1 | 2 | 3}` as const;
  return more > 0
    ? wordingWith(`${count}More`, { ...places, more })
    : wordingWith(count, places);
}

function nameOf({ namespace, workload, principal }: Caller): string | Words {
  return workload === undefined
    ? (principal ?? wording('names.nameless'))
    : `${namespace}/${workload}`;
}
