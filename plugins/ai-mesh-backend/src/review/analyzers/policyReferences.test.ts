import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { subjectOf } from '../__testUtils__/reviewOf';
import { policyReferences } from './policyReferences';

const mesh = (domain: string, alias: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { namespace: istio-system, name: istio }
data:
  mesh: |
    trustDomain: ${domain}
    trustDomainAliases: [${alias}]
---
`;
const account = (name: string) => `
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: ${name}, labels: { app: ${name} } }
spec: { serviceAccountName: ${name}, containers: [{ name: app }, { name: istio-proxy }] }
---
`;
const policy = (principals: readonly string[]) => `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec: { selector: { app: chat }, ports: [{ name: http, port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: callers }
spec: { rules: [{ from: [{ source: { principals: ${JSON.stringify(principals)} } }] }] }
---
`;

function judge(
  here: string,
  there: string,
  principals: readonly string[],
): string[] {
  const subject = subjectOf(
    snapshotOfObjects(objectsFromYaml(here + policy(principals))),
    {
      others: [
        {
          cluster: 'west',
          snapshot: snapshotOfObjects(objectsFromYaml(there)),
        },
      ],
    },
  );
  return [...policyReferences.analyze(subject)].map(found =>
    'gap' in found
      ? found.message
      : `${found.key} ${found.path.match(/principals\[(\d+)\]/)?.[1]}${
          found.params.cluster ? ` ${found.params.cluster}` : ''
        }`,
  );
}

/** What Kiali says of the same in business/checkers/authorization/principals_checker_test.go. */
describe('a principal of a policy', () => {
  it('may be of an account that runs in another cluster alone (KIA0107)', () => {
    expect(
      judge(account('batch'), account('chat'), [
        'cluster.local/ns/ai/sa/chat',
        'cluster.local/ns/ai/sa/batch',
      ]),
    ).toEqual(['AIM414.remote 0 west']);
  });

  it('is told from one of another trust domain and from nobody, where each cluster has domains of its own', () => {
    expect(
      judge(
        mesh('east.example', 'south.example') +
          account('gateway') +
          account('chat'),
        mesh('west.example', 'north.example') +
          account('chat') +
          account('gateway'),
        [
          'east.example/ns/ai/sa/gateway',
          'cluster.local/ns/ai/sa/gateway',
          'south.example/ns/ai/sa/gateway',
          'wrong.example/ns/ai/sa/gateway',
          'west.example/ns/ai/sa/chat',
          'north.example/ns/ai/sa/chat',
          'west.example/ns/ai/sa/wrong',
          'wrong',
        ],
      ),
    ).toEqual([
      'AIM414.foreign 3',
      'AIM414.remote 4 west',
      'AIM414.remote 5 west',
      'AIM414.principal 6',
      'AIM414.principal 7',
    ]);
  });

  it('is taken for what its account is where no configuration says which trust domain is the mesh’s', () => {
    expect(
      judge(account('gateway'), '', ['td1.example/ns/ai/sa/gateway']),
    ).toEqual([]);
  });

  it('is somebody’s with a wildcard that somebody fits, here or there', () => {
    expect(
      judge(account('gateway'), account('batch'), [
        '*',
        '*/ns/ai/sa/gateway',
        '*/ns/ai/sa/batch',
        '*/ns/ai/sa/nobody',
      ]),
    ).toEqual(['AIM414.remote 2 west', 'AIM414.principal 3']);
  });
});
