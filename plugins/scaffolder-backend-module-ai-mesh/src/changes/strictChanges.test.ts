import type { Security } from '@ai-mesh/plugin-ai-mesh-common';
import { stringify } from 'yaml';
import { planFixes } from '../fixes/planFixes';
import { strictChanges } from './strictChanges';

const service = { cluster: 'shop', namespace: 'ai', name: 'chat' };
const object = {
  cluster: 'shop',
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  namespace: 'ai',
  name: 'chat',
};
const manifestOf = (spec: object) => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: { name: 'chat', namespace: 'ai' },
  spec,
});
const selector = { matchLabels: { app: 'chat' } };
const strict = manifestOf({ selector, mtls: { mode: 'STRICT' } });

const security = (readiness: object, present?: object): Security =>
  ({
    entityRef: 'component:default/chat',
    services: [
      {
        service,
        mtls: { readiness },
        objects: present ? [{ ref: object, manifest: present }] : [],
      },
    ],
  }) as unknown as Security;

const ready = (creates: boolean) => ({
  status: 'ready',
  manifests: [
    {
      scope: 'workload',
      object,
      creates,
      yaml: stringify(strict),
      exceptions: [
        { port: 9090, mode: 'PERMISSIVE', message: 'Port 9090 stays open.' },
      ],
      workloads: [{ name: 'chat' }],
      wouldRefuse: [],
    },
  ],
});

it('makes a file of its own of a policy that is not there yet', () => {
  const changes = strictChanges(security(ready(true)), 'workload');
  const plan = planFixes(changes, new Map([['chat.yaml', 'kind: Service\n']]));
  expect([...plan.files]).toEqual([
    ['peerauthentication-chat.yaml', stringify(strict)],
  ]);
  expect(changes[0].message).toBe(
    'Only mutual TLS for chat. Port 9090 stays open.',
  );
});

it('changes the line of a policy that is there, and keeps its comments', () => {
  const present = manifestOf({ selector, mtls: { mode: 'PERMISSIVE' } });
  const text = `# Ours.\n${stringify(present).replace(
    'mode: PERMISSIVE',
    'mode: PERMISSIVE # until the batch jobs are gone',
  )}`;
  const changes = strictChanges(security(ready(false), present), 'workload');
  const plan = planFixes(changes, new Map([['chat.yaml', text]]));
  expect(plan.refused).toEqual([]);
  expect(plan.files.get('chat.yaml')).toBe(
    text.replace('PERMISSIVE', 'STRICT'),
  );
});

it('refuses a file that is not as the cluster has the policy', () => {
  const present = manifestOf({ selector, mtls: { mode: 'PERMISSIVE' } });
  const text = stringify(present).replace('PERMISSIVE', 'DISABLE');
  const plan = planFixes(
    strictChanges(security(ready(false), present), 'workload'),
    new Map([['chat.yaml', text]]),
  );
  expect(plan.files.size).toBe(0);
  expect(plan.refused[0].why).toMatch(/not written as the cluster has it/);
});

it.each([
  [{ status: 'strict' }, /STRICT already: there is nothing to change/],
  [
    {
      status: 'blocked',
      by: [{ message: 'batch calls in plaintext.' }],
      manifests: [],
    },
    /not ready for STRICT: batch calls in plaintext\./,
  ],
  [
    { status: 'unknown', message: 'Prometheus does not answer.' },
    /not known to be ready for STRICT: Prometheus does not answer\./,
  ],
  [{ status: 'ready', manifests: [] }, /choose the other scope/],
])('changes nothing where it is %j', (readiness, words) => {
  expect(() => strictChanges(security(readiness), 'workload')).toThrow(words);
});
