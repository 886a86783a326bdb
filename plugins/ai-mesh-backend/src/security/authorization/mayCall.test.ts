import { mayCallRequestSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../../kubernetes/kinds';
import { chatMesh } from '../__testUtils__/chatMesh';
import { chatPolicy } from './__testUtils__/chatPolicy';
import { mayCall } from './mayCall';

describe('may X call?', () => {
  function ask(question: object, yaml = chatPolicy) {
    const snapshot = snapshotFromYaml([chatMesh, yaml]);
    return mayCall(
      snapshot,
      snapshot.get('Service', 'ai', 'chat') as ServiceObject,
      mayCallRequestSchema.parse({
        cluster: 'test',
        namespace: 'ai',
        service: 'chat',
        ...question,
      }),
      { autoMtls: true },
    );
  }
  const gateway = { callerNamespace: 'ai', callerWorkload: 'gateway' };

  it('answers with the decision and the rule that made it', () => {
    expect(
      ask({ ...gateway, method: 'post', path: '/api/chat?x=1' }),
    ).toMatchObject({
      caller: { principal: 'cluster.local/ns/ai/sa/gateway' },
      decision: {
        verdict: 'allowed',
        because: 'allow-rule',
        decidedBy: { path: 'spec.rules[0]' },
      },
      mtls: [{ outcome: 'encrypted' }],
    });
  });

  it.each([
    ['another method', { ...gateway, method: 'GET', path: '/api/chat' }],
    [
      'a caller without a proxy',
      {
        callerNamespace: 'ai',
        callerWorkload: 'batch',
        method: 'POST',
        path: '/api/chat',
      },
    ],
    ['nobody in particular', { method: 'POST', path: '/api/chat' }],
  ])('no, for %s', (_, question) => {
    expect(ask(question).decision).toMatchObject({
      verdict: 'denied',
      because: 'no-rule-matched',
    });
  });

  it('yes, by principal, with the headers that a rule asks for', () => {
    const yaml = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: vip }
spec:
  rules:
  - from: [{ source: { namespaces: [shop] } }]
    when: [{ key: "request.headers[x-tier]", values: [vip] }]
---`;
    const principal = 'spiffe://cluster.local/ns/shop/sa/web';
    expect(ask({ principal }, yaml).decision.verdict).toBe('unknown');
    expect(
      ask({ principal, headers: 'X-Tier: vip' }, yaml).decision.verdict,
    ).toBe('allowed');
    expect(ask({ principal, headers: '' }, yaml).decision.verdict).toBe(
      'denied',
    );
  });

  it('says that STRICT refuses a caller without a proxy before any policy', () => {
    const strict = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ai, name: default }
spec: { mtls: { mode: STRICT } }
---`;
    expect(
      ask({ callerNamespace: 'ai', callerWorkload: 'batch' }, strict),
    ).toMatchObject({
      decision: { verdict: 'allowed' },
      mtls: [{ outcome: 'refused' }],
    });
  });
});

describe('ambient mode', () => {
  const ambient = chatMesh
    .replaceAll('  - name: istio-proxy', '')
    .replace(
      'metadata: { name: ai }',
      'metadata: { name: ai, labels: { istio.io/dataplane-mode: ambient } }',
    );

  function decideIn(mesh: string, yaml: string) {
    const snapshot = snapshotFromYaml([mesh, yaml]);
    return mayCall(
      snapshot,
      snapshot.get('Service', 'ai', 'chat') as ServiceObject,
      mayCallRequestSchema.parse({
        cluster: 'test',
        namespace: 'ai',
        service: 'chat',
        principal: 'cluster.local/ns/ai/sa/gateway',
        method: 'POST',
        path: '/api/chat',
      }),
      { autoMtls: true },
    ).decision.verdict;
  }

  it('without a waypoint nobody sees requests: a rule with methods allows nothing', () => {
    expect(decideIn(ambient, chatPolicy)).toBe('denied');
  });

  it('with a waypoint the policies that point at the service decide', () => {
    const waypoint = ambient.replace(
      'metadata: { namespace: ai, name: chat }',
      'metadata: { namespace: ai, name: chat, labels: { istio.io/use-waypoint: waypoint } }',
    );
    const targeted = chatPolicy.replace(
      'selector: { matchLabels: { app: chat } }',
      'targetRefs: [{ kind: Service, group: "", name: chat }]',
    );
    expect(decideIn(waypoint, targeted)).toBe('allowed');
    expect(decideIn(waypoint, targeted.replace('POST', 'GET'))).toBe('denied');
  });
});
