import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf } from '../../manifest';
import type { EffectiveRule } from '../../routes/EffectiveRoutes';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { requestRules, ruleOf } from '../subjectRules';

const STREAM = /(^|[^a-z])(stream|streaming|sse|events)([^a-z]|$)/i;

/** AIM105: retries on a streaming route, told by what it matches or is called. */
export const streamRetries: Analyzer = {
  codes: ['AIM105'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const because = streams(rule);
      if (because === undefined || rule.retries?.source !== 'route') {
        continue;
      }
      yield {
        key: 'AIM105',
        object,
        path: `${rule.path}.retries`,
        params: {
          place: ruleOf(entry),
          because,
          attempts: rule.retries.attempts,
        },
        ...(object.kind === 'VirtualService' && {
          fix: {
            object,
            operations: setValue(object, stepsOf(`${rule.path}.retries`), {
              attempts: 0,
            }),
          },
        }),
      };
    }
  },
};

/** What tells that a rule is for streams, or undefined. Also says whether retries may be written into it at all. */
export function streams({ name, matches }: EffectiveRule): Words | undefined {
  for (const { field, name: header, value } of matches.flat()) {
    if (/^(uri|path)/.test(field) && STREAM.test(value)) {
      return wording('found.path', { value });
    }
    if (
      field === 'header' &&
      header?.toLowerCase() === 'accept' &&
      value.includes('event-stream')
    ) {
      return wording('found.accept', { value });
    }
  }
  return name !== undefined && STREAM.test(name)
    ? wording('found.named', { value: name })
    : undefined;
}
