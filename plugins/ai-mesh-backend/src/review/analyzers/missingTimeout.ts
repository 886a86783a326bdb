import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { setValue, stepsOf } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { ROUTE_KINDS, type Analyzer, type Fix } from '../Analyzer';
import { plainRoute } from '../plainRoute';
import type { ReviewSubject } from '../ReviewSubject';
import {
  placeOf,
  requestRules,
  ruleOf,
  serviceName,
  type SubjectRule,
} from '../subjectRules';
import { timeoutFor } from '../suggestions';
import { slowestP99 } from '../slowestP99';

/** AIM101: a route to a model without a timeout; also a service that nothing routes, which has none either. */
export const missingTimeout: Analyzer = {
  codes: ['AIM101'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    const service = serviceName(subject);
    for (const entry of requestRules(subject)) {
      if (entry.rule.timeoutMs === null) {
        yield {
          key: 'AIM101',
          object: entry.object,
          path: entry.rule.path,
          params: { place: ruleOf(entry), service },
          ...fixFor(subject, entry),
        };
      }
    }
    if (subject.routes.rules.length === 0) {
      yield {
        key: 'AIM101',
        object: subject.object,
        path: '',
        params: { place: placeOf(subject.object, ''), service },
        ...plainRoute(subject),
      };
    }
  },
};

function fixFor(
  subject: ReviewSubject,
  { rule, object }: SubjectRule,
): { fix?: Fix } {
  const path = timeoutPath(object, rule.path);
  const { retries } = rule;
  const tries = retries?.perTryTimeoutMs
    ? retries.attempts * retries.perTryTimeoutMs
    : 0;
  const p99: Measured<number> = measured(slowestP99(subject, rule));
  return path === undefined
    ? {}
    : {
        fix: {
          object,
          operations: setValue(
            object,
            stepsOf(path),
            formatDuration(timeoutFor(p99, tries)),
          ),
        },
      };
}

function measured(p99Ms: number | undefined): Measured<number> {
  return p99Ms === undefined
    ? { status: 'unknown', reason: 'no-traffic' }
    : known(p99Ms);
}

/** Where a rule of this kind keeps its timeout; a GRPCRoute has none. */
export function timeoutPath(
  { kind }: ConfigObject,
  path: string,
): string | undefined {
  switch (kind) {
    case 'VirtualService':
      return `${path}.timeout`;
    case 'HTTPRoute':
      return `${path}.timeouts.request`;
    default:
      return undefined;
  }
}
