import type { ConfigObject } from '../kubernetes/kinds';
import { setValue, stepsOf } from '../manifest';
import type { Fix } from './Analyzer';
import type { ReviewSubject } from './ReviewSubject';

/** The DestinationRule that callers without one of their own get; undefined where there is none. */
export function ownRule({
  routes,
  service,
  snapshot,
}: ReviewSubject): ConfigObject | undefined {
  const homes = [service.namespace, snapshot.rootNamespace];
  return homes
    .flatMap(home =>
      routes.objects.filter(
        ({ kind, metadata }) =>
          kind === 'DestinationRule' && metadata.namespace === home,
      ),
    )
    .find(({ spec }) => concerns(spec?.host, routes.host, service));
}

/** Whether more than the callers of its own namespace can see a rule: one that lies elsewhere protects nobody but those. */
export function isForOthers(
  { service, snapshot }: Pick<ReviewSubject, 'service' | 'snapshot'>,
  { namespace }: { namespace?: string },
): boolean {
  return (
    namespace === service.namespace || namespace === snapshot.rootNamespace
  );
}

function concerns(
  host: unknown,
  wanted: string,
  { name }: { name: string },
): boolean {
  return host === wanted || host === name;
}

/**
 * Puts a part of a traffic policy where every caller gets it: into the service's own DestinationRule, else into a new
 * one. A rule with a wildcard is left alone, since it is for other hosts too.
 */
export function policyFix(
  subject: ReviewSubject,
  part: 'connectionPool' | 'outlierDetection',
  value: Record<string, unknown>,
): { fix?: Fix } {
  const object = ownRule(subject);
  if (object) {
    return {
      fix: {
        object,
        operations: setValue(
          object,
          stepsOf(`spec.trafficPolicy.${part}`),
          value,
        ),
      },
    };
  }
  const { namespace, name } = subject.service;
  const covered = subject.routes.objects.some(
    ({ kind, metadata }) =>
      kind === 'DestinationRule' && isForOthers(subject, metadata),
  );
  // A new rule would replace one with a wildcard, and all that it says.
  return covered ||
    subject.snapshot.get('DestinationRule', namespace, name) !== undefined
    ? {}
    : {
        fix: {
          create: {
            apiVersion:
              subject.snapshot.state('DestinationRule').apiVersion ??
              'networking.istio.io/v1',
            kind: 'DestinationRule',
            metadata: { name, namespace },
            spec: {
              host: subject.routes.host,
              trafficPolicy: { [part]: value },
            },
          },
        },
      };
}
