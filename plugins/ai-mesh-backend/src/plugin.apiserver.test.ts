import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { securitySchema, type Source } from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  readAll,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const chat = component('chat', {
  'ai-mesh.io/service': 'ai-services/ai-chat-service',
});

/** What passes at an API server, and its objects are there all the same. */
const passing = {
  'that starts again': { type: 'starting', seconds: 6 },
  'that serves no VirtualServices for a while': {
    type: 'unserved',
    resource: 'virtualservices.networking.istio.io',
  },
  'that serves no DestinationRules for a while': {
    type: 'unserved',
    resource: 'destinationrules.networking.istio.io',
  },
  'that serves no AuthorizationPolicies for a while': {
    type: 'unserved',
    resource: 'authorizationpolicies.security.istio.io',
  },
};

/** What each view shows of Kubernetes' objects, and what it says of its source. */
async function look(portal: Portal) {
  const [{ overview, topology, routes }, { body, status }] = await Promise.all([
    readAll(portal),
    portal.read('chat/security'),
  ]);
  expect(status).toBe(200);
  const security = securitySchema.parse(body);
  const sourceOf = ({ sources }: { sources: Source[] }) =>
    sources.find(({ name }) => name === 'kubernetes')!;
  return {
    objects: {
      overview: overview.services,
      topology: topology.nodes
        .filter(({ relation }) => relation === 'own')
        .map(({ id, proxy, endpoints, badges }) => ({
          id,
          proxy,
          endpoints,
          badges: badges.map(({ kind, objects }) => ({ kind, objects })),
        })),
      routes: routes.services.map(
        ({ rules, breakers, endpoints, objects }) => ({
          breakers,
          endpoints,
          objects,
          destinations: rules.map(rule =>
            rule.destinations.map(({ weightPercent, endpoints: ready }) => [
              weightPercent,
              ready,
            ]),
          ),
        }),
      ),
      security: security.services.map(({ mtls, authorization, objects }) => ({
        mtls: mtls.workloads,
        authorization: authorization.policies,
        objects,
      })),
    },
    sources: {
      overview: sourceOf(overview),
      topology: sourceOf(topology),
      routes: sourceOf(routes),
      security: sourceOf(security),
    },
  };
}

describe('the views of an API server', () => {
  let sandbox: RunningSandbox;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    portal = await startPortal([clusterOn(sandbox)], [chat]);
    await until(
      () => look(portal),
      ({ sources }) =>
        Object.values(sources).every(({ status }) => status === 'ok'),
      20_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
  });

  async function faults(method: 'POST' | 'DELETE', body?: object) {
    const { ok } = await fetch(`${sandbox.control}/faults`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(ok).toBe(true);
  }

  it.each(Object.entries(passing))(
    '%s keep their objects and say their age',
    async (_, fault) => {
      const before = await look(portal);
      expect(before.objects.routes[0].objects).not.toEqual([]);
      expect(before.objects.security[0].objects).not.toEqual([]);
      await faults('POST', { target: 'kubernetes', ...fault });
      const aged = new Map<string, string>();
      const recovered = await until(
        async () => {
          const { objects, sources } = await look(portal);
          expect(objects).toEqual(before.objects);
          for (const [view, source] of Object.entries(sources)) {
            expect(['ok', 'stale']).toContain(source.status);
            expect(Date.parse(source.observedAt!)).toBeLessThanOrEqual(
              Date.now(),
            );
            if (source.status === 'stale') {
              aged.set(view, source.message ?? '');
            }
          }
          if (aged.size === 4 && fault.type === 'unserved') {
            await faults('DELETE');
          }
          return Object.values(sources);
        },
        sources =>
          aged.size === 4 && sources.every(({ status: now }) => now === 'ok'),
        60_000,
      );
      expect(recovered).toHaveLength(4);
      for (const message of aged.values()) {
        expect(message).toContain('shop');
      }
    },
  );
});
