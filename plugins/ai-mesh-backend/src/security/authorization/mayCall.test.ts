import { mayCallRequestSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../../kubernetes/kinds';
import { chatMesh } from '../__testUtils__/chatMesh';
import { chatPolicy } from './__testUtils__/chatPolicy';
import { mayCall } from './mayCall';

describe('may X call?', () => {
  const chatPrincipal = 'cluster.local/ns/ai/sa/gateway';

  function ask(
    question: object,
    yaml = chatPolicy,
    options: { seenPrincipals?: string[] } = {},
  ) {
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
      { autoMtls: true, ...options },
    );
  }
  const gateway = { callerNamespace: 'ai', callerWorkload: 'gateway' };

  const meshOf = (trustDomain: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { namespace: istio-system, name: istio }
data: { mesh: "trustDomain: ${trustDomain}" }
---`;

  it('answers with the decision and the rule that made it', () => {
    expect(
      ask(
        { ...gateway, method: 'post', path: '/api/chat?x=1' },
        meshOf('cluster.local') + chatPolicy,
      ),
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

  describe('in a mesh of another trust domain', () => {
    const allowing = (principal: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: p }
spec: { rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
---`;
    const td1 = 'td1.example/ns/ai/sa/gateway';

    it.each<[string, string, string]>([
      ['its own name', td1, 'allowed'],
      ['cluster.local, which stands for it', chatPrincipal, 'allowed'],
      ["somebody else's", 'td2.example/ns/ai/sa/gateway', 'denied'],
    ])('a workload matches %s', (_, principal, verdict) => {
      const { caller, decision } = ask(
        gateway,
        meshOf('td1.example') + allowing(principal),
      );
      expect(decision.verdict).toBe(verdict);
      expect(caller.principal).toBe(td1);
    });

    it.each<[string, string, string[], string]>([
      ['nothing tells', td1, [], 'unknown'],
      ['nothing has to tell', chatPrincipal, [], 'allowed'],
      [
        'observed principals tell',
        td1,
        ['td1.example/ns/ai/sa/chat'],
        'allowed',
      ],
      [
        'observed principals do not agree',
        td1,
        ['td1.example/ns/ai/sa/chat', 'td2.example/ns/ai/sa/chat'],
        'unknown',
      ],
      [
        'observed principals tell, but an alias is not told of',
        'td2.example/ns/ai/sa/gateway',
        ['td1.example/ns/ai/sa/chat'],
        'unknown',
      ],
    ])('where %s: %s', (_, principal, seenPrincipals, verdict) => {
      const { caller, decision } = ask(gateway, allowing(principal), {
        seenPrincipals,
      });
      expect(decision.verdict).toBe(verdict);
      expect(caller.principal).toBe(
        seenPrincipals.length === 1 ? td1 : undefined,
      );
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
    const waypoint = `${ambient.replace(
      'metadata: { namespace: ai, name: chat }',
      'metadata: { namespace: ai, name: chat, labels: { istio.io/use-waypoint: waypoint } }',
    )}---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: ai, name: waypoint }
spec: { gatewayClassName: istio-waypoint }
status: { addresses: [{ value: 10.0.0.9 }] }
---`;
    const targeted = chatPolicy.replace(
      'selector: { matchLabels: { app: chat } }',
      'targetRefs: [{ kind: Service, group: "", name: chat }]',
    );
    expect(decideIn(waypoint, targeted)).toBe('allowed');
    expect(decideIn(waypoint, targeted.replace('POST', 'GET'))).toBe('denied');
  });
});
