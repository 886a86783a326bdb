import type { ConfigObject } from '../../kubernetes/kinds';
import { pointer, stepsOf } from '../../manifest';
import { gap, type Analyzer, type Draft, type Fix } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { placeOf, serviceName } from '../subjectRules';

/** AIM404: no AuthorizationPolicy, or a rule that allows all. */
export const openAccess: Analyzer = {
  codes: ['AIM404'],
  needs: ['AuthorizationPolicy'],
  *analyze(subject) {
    const { security, snapshot } = subject;
    const service = serviceName(subject);
    if (security.unknownPolicies?.status === 'unknown') {
      yield gap('AIM404', security.unknownPolicies);
      return;
    }
    const inForce = security.policies.filter(
      ({ action, dryRun, effect }) =>
        action !== 'AUDIT' && !dryRun && effect !== 'none',
    );
    if (inForce.length === 0) {
      const missing: Draft = {
        key: 'AIM404.missing',
        object: subject.object,
        path: '',
        params: { service },
        ...newPolicy(subject),
      };
      yield missing;
    }
    for (const { object: ref, path } of security.openRules) {
      const object = snapshot.get(
        'AuthorizationPolicy',
        ref.namespace ?? '',
        ref.name,
      );
      if (object) {
        yield {
          key: 'AIM404.allowsAll',
          object,
          path,
          params: { place: placeOf(object, path), service },
          ...closedRule(subject, object, path),
        };
      }
    }
  },
};

/**
 * Those who were seen calling, and nobody else. Not where somebody calls in plaintext: the policy would shut out, or
 * have to let in, whoever has no identity.
 */
function callers({
  security,
}: ReviewSubject): { source: Record<string, string[]> }[] | undefined {
  const plaintext = security.mtls.callers.some(
    ({ plaintextBecause }) => plaintextBecause,
  );
  return security.principals.length === 0 ||
    plaintext ||
    security.callersAre !== 'encrypted'
    ? undefined
    : [{ source: { principals: [...security.principals].sort() } }];
}

function newPolicy(subject: ReviewSubject): { fix?: Fix } {
  const from = callers(subject);
  const { namespace, name } = subject.service;
  const selector = subject.object.spec?.selector ?? {};
  return !from ||
    Object.keys(selector).length === 0 ||
    subject.snapshot.get('AuthorizationPolicy', namespace, name)
    ? {}
    : {
        fix: {
          create: {
            apiVersion:
              subject.snapshot.state('AuthorizationPolicy').apiVersion ??
              'security.istio.io/v1',
            kind: 'AuthorizationPolicy',
            metadata: { name, namespace },
            spec: {
              selector: { matchLabels: selector },
              action: 'ALLOW',
              rules: [{ from }],
            },
          },
        },
      };
}

function closedRule(
  subject: ReviewSubject,
  object: ConfigObject,
  path: string,
): { fix?: Fix } {
  const from = callers(subject);
  return from
    ? {
        fix: {
          object,
          operations: [
            { op: 'replace', path: pointer(stepsOf(path)), value: { from } },
          ],
        },
      }
    : {};
}
