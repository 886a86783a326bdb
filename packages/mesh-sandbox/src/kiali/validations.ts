import { selects } from '../mesh';
import {
  DestinationRule,
  hostCovers,
  MeshModel,
  qualifyHost,
  VirtualService,
} from '../mesh';
import { KubeObject, ObjectStore } from '../store';

export interface Check {
  code: string;
  message: string;
  severity: 'error' | 'warning';
  path: string;
}

export interface Validation {
  object: KubeObject;
  /** Warnings leave an object valid. */
  valid: boolean;
  checks: Check[];
}

const GROUP = 'networking.istio.io';

/** A few of Kiali's checks on VirtualServices and DestinationRules, with its codes, severities and paths. */
export function validate(model: MeshModel, store: ObjectStore): Validation[] {
  const services = store.list<VirtualService>(GROUP, 'VirtualService');
  const rules = store.list<DestinationRule>(GROUP, 'DestinationRule');
  return [
    ...services.map(object =>
      judged(object, [
        ...routeChecks(object, rules, model),
        ...sharedHostChecks(object, services),
      ]),
    ),
    ...rules.map(object => judged(object, ruleChecks(object, model))),
  ];
}

function judged(object: KubeObject, checks: Check[]): Validation {
  return {
    object,
    valid: checks.every(({ severity }) => severity !== 'error'),
    checks,
  };
}

function routeChecks(
  { metadata, spec }: VirtualService,
  rules: DestinationRule[],
  model: MeshModel,
): Check[] {
  const namespace = metadata.namespace ?? '';
  const checks: Check[] = [];
  spec?.http?.forEach(({ route = [] }, i) => {
    route.forEach(({ destination, weight }, j) => {
      const path = `spec/http[${i}]/route[${j}]`;
      const host = qualifyHost(destination.host, namespace);
      if (!model.services.has(host)) {
        checks.push({
          code: 'KIA1101',
          message:
            "DestinationWeight on route doesn't have a valid service (host not found)",
          severity: 'error',
          path: `${path}/destination/host`,
        });
      }
      if (
        destination.subset &&
        !rules.some(rule => definesSubset(rule, host, destination.subset ?? ''))
      ) {
        checks.push({
          code: 'KIA1107',
          message: 'Subset not found',
          severity: 'warning',
          path: `${path}/destination`,
        });
      }
      if (route.length === 1 && weight !== undefined && weight !== 100) {
        checks.push({
          code: 'KIA1104',
          message:
            'The weight is assumed to be 100 because there is only one route destination',
          severity: 'warning',
          path: `${path}/weight`,
        });
      }
    });
  });
  return checks;
}

function definesSubset(
  { metadata, spec }: DestinationRule,
  host: string,
  subset: string,
): boolean {
  return (
    hostCovers(qualifyHost(spec?.host ?? '', metadata.namespace ?? ''), host) &&
    Boolean(spec?.subsets?.some(({ name }) => name === subset))
  );
}

function sharedHostChecks(own: VirtualService, all: VirtualService[]): Check[] {
  const hostsOf = ({ metadata, spec }: VirtualService) =>
    (spec?.gateways ?? ['mesh']).includes('mesh')
      ? (spec?.hosts ?? []).map(host =>
          qualifyHost(host, metadata.namespace ?? ''),
        )
      : [];
  const hosts = hostsOf(own);
  const shared = all.some(
    other => other !== own && hostsOf(other).some(host => hosts.includes(host)),
  );
  return shared
    ? [
        {
          code: 'KIA1106',
          message: 'More than one Virtual Service for same host',
          severity: 'warning',
          path: 'spec/hosts',
        },
      ]
    : [];
}

function ruleChecks(
  { metadata, spec }: DestinationRule,
  model: MeshModel,
): Check[] {
  const host = qualifyHost(spec?.host ?? '', metadata.namespace ?? '');
  if (host.includes('*')) {
    return [];
  }
  const service = model.services.get(host);
  if (!service) {
    return [
      {
        code: 'KIA0202',
        message:
          'This host has no matching entry in the service registry (service, workload or service entries)',
        severity: 'error',
        path: 'spec/host',
      },
    ];
  }
  const workloads = [...model.workloads.values()].filter(
    ({ namespace, labels }) =>
      namespace === service.namespace && selects(service.selector, labels),
  );
  return (spec?.subsets ?? []).flatMap(({ labels }, i): Check[] =>
    service.external ||
    workloads.some(workload => selects(labels, workload.labels))
      ? []
      : [
          {
            code: 'KIA0203',
            message: "This subset's labels are not found in any matching host",
            severity: 'error',
            path: `spec/subsets[${i}]`,
          },
        ],
  );
}
