import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  mayCallSchema,
  securitySchema,
  type Security,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parse } from 'yaml';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

const MAY_CALL =
  'chat/security/may-call?cluster=shop&namespace=ai-services&service=ai-chat-service';

describeWithPrometheus(
  'security over a living mesh and a real Prometheus',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus;
    let portal: Portal;

    async function read(entity = 'chat'): Promise<Security> {
      const response = await portal.read(`${entity}/security`);
      expect(response.status).toBe(200);
      return securitySchema.parse(response.body);
    }

    function untilSecurity(isWanted: (answer: Security) => boolean) {
      return until(read, isWanted, 150_000);
    }

    beforeAll(async () => {
      sandbox = await startSandbox();
      prometheus = await startScrapingPrometheus(sandbox.metrics);
      portal = await startPortal(
        [
          clusterOn(sandbox, {
            prometheus: { url: prometheus.url, cacheTtl: '0s' },
          }),
        ],
        [
          component('chat', {
            'ai-mesh.io/service': 'ai-services/ai-chat-service',
          }),
          component('two', {
            'ai-mesh.io/service':
              'ai-services/ai-chat-service,ai-services/ai-orchestrator',
          }),
        ],
        { security: { lookBack: '1m' } },
      );
      await untilSecurity(
        ({ services: [{ mtls }], sources }) =>
          mtls.status === 'mixed' &&
          mtls.callers.length >= 2 &&
          // Of both sides one may be scraped before the other.
          mtls.callers.every(({ observed }) => observed.status === 'known') &&
          sources.every(({ status }) => status === 'ok') &&
          mtls.readiness.status === 'blocked',
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    async function playScene(name: string) {
      const response = await fetch(`${sandbox.control}/scene`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
      expect(response.ok).toBe(true);
    }

    /** As `kubectl apply` does it to an object that is there: a merge of what the file says. */
    async function apply(yaml: string) {
      const object = parse(yaml);
      const { namespace, name } = object.metadata;
      const response = await fetch(
        `${sandbox.kubernetes}/apis/${object.apiVersion}/namespaces/${namespace}/peerauthentications/${name}`,
        {
          method: 'PATCH',
          headers: {
            'content-type': 'application/merge-patch+json',
            authorization: `Bearer ${sandbox.tokens.writer}`,
          },
          body: JSON.stringify(object),
        },
      );
      expect(await response.text()).toContain('STRICT');
      expect(response.ok).toBe(true);
    }

    it('calls the chat service mixed, and names the batch job with its rate, when it was last seen, and why', async () => {
      const { services, sources, queries, lookBackSeconds } = await read();
      const [{ service, mtls, objects }] = services;
      expect(service.name).toBe('ai-chat-service');
      expect(lookBackSeconds).toBe(60);
      expect(mtls.status).toBe('mixed');
      expect(mtls.message).toContain('ai-services/nightly-embedding-job');
      const [batch, ...others] = mtls.callers;
      expect(batch).toMatchObject({
        caller: { namespace: 'ai-services', workload: 'nightly-embedding-job' },
        proxy: 'none',
        plaintextBecause: { kind: 'no-proxy' },
        observed: {
          status: 'known',
          value: {
            share: 0,
            plaintextPerSecond: {
              status: 'known',
              value: expect.any(Number),
            },
            lastPlaintextAt: expect.any(String),
          },
        },
      });
      expect(
        others.every(
          ({ observed }) =>
            observed.status === 'known' && observed.value.share === 1,
        ),
      ).toBe(true);
      expect(mtls.readiness).toMatchObject({
        status: 'blocked',
        by: [{ caller: { workload: 'nightly-embedding-job' } }],
      });
      expect(objects.map(({ ref }) => `${ref.kind} ${ref.name}`)).toEqual(
        expect.arrayContaining([
          'PeerAuthentication default',
          'AuthorizationPolicy ai-chat-service',
          'Telemetry ai-services',
        ]),
      );
      expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'kubernetes ok',
        'prometheus ok',
      ]);
      expect(sources.every(({ observedAt }) => observedAt)).toBe(true);
      expect(queries).toHaveLength(6);
    });

    it('asks as much for two services as for one', async () => {
      const { services, queries } = await read('two');
      expect(services.map(({ service }) => service.name)).toEqual([
        'ai-chat-service',
        'ai-orchestrator',
      ]);
      expect(queries).toHaveLength(6);
    });

    it('decides for each observed caller, by policy and rule', async () => {
      const [{ authorization }] = (await read()).services;
      const column = authorization.operations.findIndex(
        ({ label }) => label === 'POST /api/chat',
      );
      const row = (workload: string) =>
        authorization.callers.status === 'known'
          ? authorization.callers.value.find(
              ({ caller }) => caller.workload === workload,
            )?.decisions[column]
          : undefined;
      expect(row('ai-orchestrator')).toMatchObject({
        verdict: 'allowed',
        because: 'allow-rule',
        decidedBy: {
          object: { name: 'ai-chat-service' },
          path: 'spec.rules[0]',
        },
      });
      expect(row('nightly-embedding-job')).toMatchObject({
        verdict: 'denied',
        because: 'no-rule-matched',
      });
    });

    it.each([
      [
        'a workload',
        'callerNamespace=ai-services&callerWorkload=ai-orchestrator&method=post&path=/api/chat',
        'allowed',
        'encrypted',
      ],
      [
        'somebody in plaintext',
        'method=POST&path=/api/chat',
        'denied',
        'plaintext',
      ],
      [
        'somebody in plaintext on the open path',
        'method=POST&path=/api/batch-chat',
        'allowed',
        'plaintext',
      ],
      [
        'a strange principal',
        'principal=cluster.local/ns/elsewhere/sa/x&method=POST&path=/api/chat',
        'denied',
        'encrypted',
      ],
    ])('answers whether %s may call it', async (_, query, verdict, outcome) => {
      const response = await portal.read(`${MAY_CALL}&${query}`);
      const answer = mayCallSchema.parse(response.body);
      expect(answer.decision.verdict).toBe(verdict);
      expect(answer.decision.decidedBy?.object.name).toBe('ai-chat-service');
      expect(answer.mtls.map(entry => entry.outcome)).toEqual([outcome]);
    });

    it.each([
      ["'namespace' is missing", 'chat/security/may-call?cluster=shop'],
      ['an HTTP method such as POST', `${MAY_CALL}&method=GE%20T`],
      ['it must begin with a slash', `${MAY_CALL}&path=api`],
      ['at most 2048 characters', `${MAY_CALL}&path=/${'x'.repeat(2048)}`],
      ['at most 65535', `${MAY_CALL}&port=70000`],
      ['an IPv4 or IPv6 address', `${MAY_CALL}&ip=localhost`],
      ['callerWorkload needs it', `${MAY_CALL}&callerWorkload=x`],
      [
        "it has ai-services/ai-chat-service on 'shop'",
        MAY_CALL.replace('ai-chat-service', 'ai-orchestrator'),
      ],
    ])('refuses a question and says why: %s', async (message, path) => {
      const response = await portal.read(path);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toContain(message);
    });

    it('knows certificates and telemetry settings', async () => {
      const [{ certificates, telemetry }] = (await read()).services;
      expect(certificates.workloads).toHaveLength(2);
      expect(certificates.workloads).toEqual(
        certificates.workloads.map(() =>
          expect.objectContaining({
            soonest: {
              status: 'known',
              value: expect.objectContaining({ status: 'ok' }),
            },
          }),
        ),
      );
      expect(certificates.root).toMatchObject({
        status: 'known',
        value: { status: 'ok' },
      });
      expect(telemetry).toMatchObject({
        status: 'known',
        value: [
          {
            tracing: {
              samplingPercent: { status: 'known', value: 10 },
              modelTag: 'ai.model',
            },
            accessLog: { status: 'filtered' },
          },
          {},
        ],
      });
    });

    it('names the proxies that rejected their configuration, and none once they take it', async () => {
      const [before] = (await read()).services;
      expect(before.certificates.outOfSync).toEqual({
        status: 'known',
        value: [],
      });
      await playScene('configuration-rejected');
      const rejecting = await untilSecurity(
        ({ services: [{ certificates }] }) =>
          certificates.outOfSync.status === 'known' &&
          certificates.outOfSync.value.length > 0,
      );
      expect(rejecting.services[0].certificates.outOfSync).toMatchObject({
        value: [
          {
            proxy: expect.stringMatching(
              /^ai-chat-service-v2-.*\.ai-services$/,
            ),
            part: 'listeners',
            message: expect.stringContaining('virtualInbound'),
          },
        ],
      });
      await playScene('normal');
      await untilSecurity(
        ({ services: [{ certificates }] }) =>
          certificates.outOfSync.status === 'known' &&
          certificates.outOfSync.value.length === 0,
      );
    });

    it('shows who was refused lately, and that a policy did it', async () => {
      const policies = `${sandbox.kubernetes}/apis/security.istio.io/v1/namespaces/ai-services/authorizationpolicies`;
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${sandbox.tokens.writer}`,
      };
      const created = await fetch(policies, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          apiVersion: 'security.istio.io/v1',
          kind: 'AuthorizationPolicy',
          metadata: { namespace: 'ai-services', name: 'no-batches' },
          spec: {
            selector: { matchLabels: { app: 'ai-chat-service' } },
            action: 'DENY',
            rules: [{ to: [{ operation: { paths: ['/api/batch-chat'] } }] }],
          },
        }),
      });
      expect(created.status).toBe(201);
      const { services } = await untilSecurity(
        ({ services: [{ authorization }] }) =>
          authorization.denied.status === 'known' &&
          authorization.denied.value.length > 0,
      );
      expect(services[0].authorization.denied).toMatchObject({
        value: [
          {
            caller: { workload: 'nightly-embedding-job' },
            by: 'policy',
            count: expect.any(Number),
            lastAt: expect.any(String),
          },
        ],
      });
      const removed = await fetch(`${policies}/no-batches`, {
        method: 'DELETE',
        headers,
      });
      expect(removed.ok).toBe(true);
    });

    it('turns ready once the batch job has been silent for the look-back, and strict with the manifest that it shows', async () => {
      await playScene('plaintext-stops');
      const { services } = await untilSecurity(
        ({ services: [{ mtls }] }) => mtls.status !== 'mixed',
      );
      const { mtls } = services[0];
      expect(mtls.status).toBe('ready');
      if (mtls.readiness.status !== 'ready') {
        throw new Error(`It is ${mtls.readiness.status}`);
      }
      const [manifest] = mtls.readiness.manifests;
      expect(manifest.wouldRefuse).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            from: 'configuration',
            caller: expect.objectContaining({
              workload: 'nightly-embedding-job',
            }),
          }),
        ]),
      );
      await apply(manifest.yaml);
      const after = await untilSecurity(
        ({ services: [service] }) => service.mtls.status !== 'ready',
      );
      expect(after.services[0].mtls).toMatchObject({
        status: 'strict',
        readiness: { status: 'strict' },
      });
    });

    it('keeps what the configuration says where Prometheus goes away', async () => {
      await prometheus.stop();
      const { services, sources } = await read();
      const [{ mtls, authorization, certificates, telemetry }] = services;
      expect(mtls.workloads[0].ports[0].mode).toBe('STRICT');
      expect(mtls.observedShare).toMatchObject({
        status: 'unknown',
        reason: 'source-unreachable',
      });
      expect(authorization.policies).toHaveLength(1);
      expect(authorization.denied.status).toBe('unknown');
      expect(certificates.root.status).toBe('unknown');
      expect(telemetry.status).toBe('known');
      expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'kubernetes ok',
        'prometheus unreachable',
      ]);
    });
  },
);
