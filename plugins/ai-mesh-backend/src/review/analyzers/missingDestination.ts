import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { EffectiveDestination } from '../../routes/EffectiveRoutes';
import { setValue, stepsOf, valueAt } from '../../manifest';
import { subsetGaps } from '../../routes/resolveDestination';
import { routeCallers } from '../../routes/routeCallers';
import { ROUTE_KINDS, type Analyzer, type Draft, type Fix } from '../Analyzer';
import { portsOfHost } from '../portsOfHost';
import { readyElsewhere } from '../readyElsewhere';
import type { ReviewSubject } from '../ReviewSubject';
import {
  isAligned,
  objectOf,
  routeField,
  ruleOf,
  type SubjectRule,
} from '../subjectRules';
import { unknownKind } from '../../kubernetes/unknownKind';

/** AIM301: a destination whose host, subset, port or endpoints are missing. */
export const missingDestination: Analyzer = {
  codes: ['AIM301'],
  needs: [...ROUTE_KINDS, 'Service'],
  *analyze(subject) {
    for (const rule of subject.routes.rules) {
      const object = objectOf(subject.routes.objects, rule.object);
      if (!object || !rule.reachable) {
        continue;
      }
      const aligned = isAligned({ rule, object });
      for (const [index, destination] of rule.destinations.entries()) {
        const field = `${rule.path}.${routeField(object.kind)}`;
        const path = aligned ? `${field}[${index}]` : field;
        yield* judge(subject, { rule, object }, destination, path);
      }
    }
  },
};

function* judge(
  subject: ReviewSubject,
  entry: SubjectRule,
  destination: EffectiveDestination,
  path: string,
): Iterable<Draft> {
  const { object } = entry;
  const { host, subset, subsetLabels, kind, endpoints } = destination;
  const place = ruleOf(entry);
  const common = { object, path: destinationPath(object.kind, path) };
  const namespaces = definedFor(subject, entry, destination);
  if (kind === 'unknown') {
    yield {
      ...common,
      key: 'AIM301.host',
      params: { place, host },
      ...qualified(subject, entry, host, path),
    };
  } else if (
    subset !== undefined &&
    subsetLabels === undefined &&
    kind !== 'InferencePool'
  ) {
    if (!unknownKind(subject.snapshot, 'DestinationRule')) {
      yield {
        ...common,
        key: 'AIM301.subset',
        params: { place, host, subset },
        ...defined(subject, host, subset),
      };
    }
  } else if (subset !== undefined && namespaces) {
    yield {
      ...common,
      key: 'AIM301.unseenSubset',
      params: {
        place,
        host,
        subset,
        namespaces: namespaces.join(', '),
      },
    };
  } else if (lacksPort(subject, destination)) {
    yield {
      ...common,
      key: 'AIM301.port',
      params: {
        place,
        host,
        port: destination.port!,
        ports: portsOfHost(subject.snapshot, host)!.join(', '),
      },
      ...onlyPort(subject, entry, host, common.path),
    };
  } else if (
    endpoints.status === 'known' &&
    endpoints.value.ready === 0 &&
    !(host === subject.routes.host && readyElsewhere(subject, subsetLabels))
  ) {
    yield {
      ...common,
      key: 'AIM301.endpoints',
      params: {
        place,
        target:
          subset === undefined
            ? host
            : wording('found.subset', { subset, host }),
      },
    };
  }
}

/** The namespaces that alone see a definition of the subset, of a rule that is for all; undefined where it is not so. */
function definedFor(
  { snapshot }: ReviewSubject,
  { object }: SubjectRule,
  { host, subset, problem }: EffectiveDestination,
): string[] | undefined {
  if (subset === undefined || problem === undefined) {
    return undefined;
  }
  const gaps = subsetGaps(
    snapshot,
    { host, subset },
    routeCallers(snapshot, object),
  );
  return gaps?.missing.includes('others') ? gaps.definedFor : undefined;
}

function lacksPort(
  { snapshot }: ReviewSubject,
  { host, port, kind }: EffectiveDestination,
): boolean {
  const ports =
    kind === 'InferencePool' ? undefined : portsOfHost(snapshot, host);
  return port !== undefined && ports !== undefined && !ports.includes(port);
}

/** Where the host has one port, that one was meant. */
function onlyPort(
  { snapshot }: ReviewSubject,
  { object }: SubjectRule,
  host: string,
  path: string,
): { fix?: Fix } {
  const [port, ...others] = portsOfHost(snapshot, host) ?? [];
  const steps = stepsOf(
    object.kind === 'VirtualService' ? `${path}.port.number` : `${path}.port`,
  );
  return others.length === 0 && typeof valueAt(object, steps) === 'number'
    ? { fix: { object, operations: setValue(object, steps, port) } }
    : {};
}

function destinationPath(kind: string, path: string): string {
  return kind === 'VirtualService' && path.endsWith(']')
    ? `${path}.destination`
    : path;
}

/** `name.namespace` is no full name for Istio: the full one is what was meant. */
function qualified(
  { snapshot }: ReviewSubject,
  { object }: SubjectRule,
  host: string,
  path: string,
): { fix?: Fix } {
  const [name, namespace, ...more] = host.split('.');
  const half =
    namespace !== undefined &&
    (more.length === 0 || (more.length === 1 && more[0] === 'svc'));
  const steps = stepsOf(`${path}.destination.host`);
  return half &&
    object.kind === 'VirtualService' &&
    snapshot.get('Service', namespace, name) &&
    valueAt(object, steps) === host
    ? {
        fix: {
          object,
          operations: setValue(
            object,
            steps,
            `${name}.${namespace}.svc.${snapshot.clusterDomain}`,
          ),
        },
      }
    : {};
}

/** Where pods carry the subset's name as their version, the DestinationRule only forgot it. */
function defined(
  { routes, snapshot, service, object }: ReviewSubject,
  host: string,
  subset: string,
): { fix?: Fix } {
  const rule = routes.objects.find(
    ({ kind, spec }) =>
      kind === 'DestinationRule' &&
      Array.isArray(spec?.subsets) &&
      (spec.host === routes.host || spec.host === service.name),
  );
  const selector = object.spec?.selector ?? {};
  const pods = snapshot
    .inNamespace('Pod', service.namespace)
    .some(
      ({ metadata }) =>
        metadata.labels?.version === subset &&
        Object.entries(selector).every(
          ([name, value]) => metadata.labels?.[name] === value,
        ),
    );
  return rule && pods && host === routes.host
    ? {
        fix: {
          object: rule,
          operations: [
            {
              op: 'add',
              path: '/spec/subsets/-',
              value: { name: subset, labels: { version: subset } },
            },
          ],
        },
      }
    : {};
}
