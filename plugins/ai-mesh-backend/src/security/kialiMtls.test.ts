import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';
import type { ClientMode, ServerMode } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { clientMtls } from './clientMtls';
import { mtlsOutcome } from './outcome';
import { peerLevels } from './peerLevels';
import { serverMtls } from './serverMtls';

/** What Kiali's own tests expect of its mTLS status, read in place where it is there. */
const root = resolve(__dirname, '../../../..');
const file = resolve(root, '../shared/fixtures/kiali-mtls/cases.json');
const agreement = resolve(root, 'docs/agreement.md');

type Status =
  | 'MTLS_ENABLED'
  | 'MTLS_PARTIALLY_ENABLED'
  | 'MTLS_NOT_ENABLED'
  | 'MTLS_DISABLED'
  | 'UNSET';

interface KialiCase {
  level: 'workload' | 'namespace' | 'mesh';
  case: string;
  peerAuthentications: {
    namespace: string;
    name: string;
    mode: string | null;
    selector: Record<string, string> | null;
    portLevelMtls: Record<string, { mode: string }> | null;
  }[];
  destinationRules: {
    namespace: string;
    name: string;
    host: string;
    tlsMode: string | null;
  }[];
  autoMtls: boolean;
  expected: Status;
  context: {
    namespace?: string;
    workloadLabels?: Record<string, string>;
    services?: {
      namespace: string;
      name: string;
      selector: Record<string, string>;
    }[];
    identityDomain?: string;
    rootNamespace?: string;
  };
}

/** Where we say something else on purpose; docs/agreement.md has the reasons in full. */
const differences: Record<string, Status> = {
  'TestWorkloadMtlsStatus/no-selector PA skipped': 'MTLS_ENABLED',
  TestNamespaceHasDestinationRuleEnabledDifferentNs: 'MTLS_PARTIALLY_ENABLED',
};

const domainOf = ({ context }: KialiCase) =>
  context.identityDomain ?? 'svc.cluster.local';

function snapshotFor(one: KialiCase): MeshSnapshot {
  const { context } = one;
  return snapshotOf(
    {
      PeerAuthentication: one.peerAuthentications.map(policy =>
        configObject('PeerAuthentication', policy, {
          ...(policy.selector && {
            selector: { matchLabels: policy.selector },
          }),
          ...(policy.mode && { mtls: { mode: policy.mode } }),
          ...(policy.portLevelMtls && { portLevelMtls: policy.portLevelMtls }),
        }),
      ),
      DestinationRule: one.destinationRules.map(rule =>
        configObject('DestinationRule', rule, {
          host: rule.host,
          ...(rule.tlsMode && {
            trafficPolicy: { tls: { mode: rule.tlsMode } },
          }),
        }),
      ),
    },
    {
      rootNamespace: context.rootNamespace ?? 'istio-system',
      clusterDomain: domainOf(one).replace(/^svc\./, ''),
    },
  );
}

function configObject(
  kind: string,
  { namespace, name }: { namespace: string; name: string },
  spec: Record<string, unknown>,
): ConfigObject {
  return {
    apiVersion: 'istio.io/v1',
    kind,
    metadata: { namespace, name },
    spec,
  };
}

interface Sides {
  server: ServerMode;
  client: ClientMode;
  /** Whether any object says so. */
  said: boolean;
}

/** What our core says of a call from the namespace to a service of it. */
function sidesOf(
  one: KialiCase,
  namespace: string,
  service: string,
  labels: Record<string, string> = { app: service },
): Sides {
  const snapshot = snapshotFor(one);
  const server = serverMtls(
    snapshot,
    'sidecar',
    peerLevels(snapshot, {
      name: { kind: 'Deployment', namespace, name: service },
      labels,
    }),
    8080,
  );
  const client = clientMtls(snapshot, {
    caller: { namespace, proxy: 'sidecar' },
    host: `${service}.${namespace}.${domainOf(one)}`,
    port: 80,
    autoMtls: one.autoMtls,
  });
  return {
    server: server.mode,
    client: client.mode,
    said: Boolean(server.decidedBy ?? client.decidedBy),
  };
}

const outcomeOf = ({ client, server }: Sides) =>
  mtlsOutcome(client, server).outcome;

/** Our answer in Kiali's coarser words. */
function inKialisWords(one: KialiCase): Status {
  const { namespace = 'default', workloadLabels, services = [] } = one.context;
  if (one.level === 'workload') {
    const own = services.filter(service => service.namespace === namespace);
    const sides = own.map(({ name }) =>
      sidesOf(one, namespace, name, workloadLabels),
    );
    if (sides.length === 0) {
      // Nobody reaches it by a Service: what it takes is all there is to say.
      const { server } = sidesOf(one, namespace, 'nobody', workloadLabels);
      return server === 'STRICT' ? 'MTLS_ENABLED' : 'MTLS_NOT_ENABLED';
    }
    if (sides.every(side => outcomeOf(side) === 'encrypted')) {
      return 'MTLS_ENABLED';
    }
    return sides.some(({ client }) => client === 'DISABLE')
      ? 'MTLS_DISABLED'
      : 'MTLS_NOT_ENABLED';
  }
  if (one.level === 'namespace') {
    const side = sidesOf(one, namespace, 'reviews');
    if (!side.said) {
      return 'UNSET';
    }
    if (side.server === 'STRICT' && outcomeOf(side) === 'encrypted') {
      return 'MTLS_ENABLED';
    }
    return side.server === 'DISABLE' && outcomeOf(side) === 'plaintext'
      ? 'MTLS_DISABLED'
      : 'MTLS_PARTIALLY_ENABLED';
  }
  const hosts: [string, string][] = [
    ['foo', 'sleep'],
    ['test', 'anything'],
  ];
  const sides = hosts.map(([place, service]) => sidesOf(one, place, service));
  const strict = sides.every(({ server }) => server === 'STRICT');
  if (!strict) {
    return 'MTLS_NOT_ENABLED';
  }
  return sides.every(side => outcomeOf(side) === 'encrypted')
    ? 'MTLS_ENABLED'
    : 'MTLS_PARTIALLY_ENABLED';
}

const cases: KialiCase[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : [];
const describeWithCases = cases.length > 0 ? describe : describe.skip;

describeWithCases('mTLS status beside what Kiali’s tests expect', () => {
  it.each(cases.length > 0 ? cases : [{ case: 'none' } as KialiCase])(
    'agrees on $case, or differs on purpose',
    one => {
      expect(inKialisWords(one)).toBe(differences[one.case] ?? one.expected);
    },
  );

  it('differs only where the agreement says so, and counts right', () => {
    const names = cases.map(one => one.case);
    expect(names).toEqual(expect.arrayContaining(Object.keys(differences)));
    for (const one of cases.filter(entry => entry.case in differences)) {
      expect(differences[one.case]).not.toBe(one.expected);
    }
    const text = readFileSync(agreement, 'utf8');
    const section = text.split('## mTLS status (Kiali)')[1].split('\n## ')[0];
    const differing = Object.keys(differences).length;
    expect(section).toContain(
      `${cases.length - differing} of ${cases.length} agree`,
    );
    for (const name of Object.keys(differences)) {
      expect(section).toContain(name);
    }
  });
});
