import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';
import type { CanaryService } from '../../canary';
import { aCanary } from '../../canary/machine/__testUtils__/aCanary';
import { component } from '../../__testUtils__/startPortal';
import { chatRequest } from '../../__testUtils__/CanaryPortal';
import { worded } from '../../worded';
import { veilNeighbours } from '../veilNeighbours';
import { VeiledCanaryDesk } from './VeiledCanaryDesk';

const HIDDEN = 'a service you may not see';
const rita = mockCredentials.user('user:default/rita');
const page = { limit: 10 };
const { service } = aCanary();
/** A caller that the preflight found, in nothing but a sentence. */
const said = 'shop/web calls the service and drops the cookie chat.';
const told = { id: 'c1', service, state: 'progressing', message: said };

function deskOver(canaries: Partial<Record<keyof CanaryService, unknown>>) {
  return new VeiledCanaryDesk(
    {
      entities: {
        get: async () => component('chat', {}),
        look: async refs => ({ seen: new Set(refs), readable: new Set(refs) }),
      },
      resolveTarget: async () => ({ clusters: [], resolution: {} }) as never,
      permissions: mockServices.permissions.mock({
        authorize: async asked =>
          asked.map(() => ({ result: 'ALLOW' })) as never,
      }),
      auditor: mockServices.auditor.mock({
        createEvent: async () => ({
          success: async () => undefined,
          fail: async () => undefined,
        }),
      }),
      ownershipsOf: async services =>
        services.map(ref => ({
          ref,
          rule: 'service' as const,
          owners: [aCanary().entityRef],
          byOwners: [],
          claims: [],
        })) as never,
      claims: 'unowned',
      canaries: () =>
        ({
          rules: { defaults: {} },
          find: async () => aCanary(),
          othersOf: async () => [],
          subjects: async () => [aCanary()],
          ...canaries,
        }) as never,
    },
    veilNeighbours({
      among: async found =>
        found.filter(({ name }) => name === 'web' || name === service.name),
    }),
  );
}

/** The own Service is hidden by that veil, were it not known as the canary's. */
const expected = (answer: unknown) => {
  const text = JSON.stringify(answer);
  expect(text).not.toMatch(/web/);
  expect(text).toContain(HIDDEN);
  expect(text).toContain(service.name);
};

describe('VeiledCanaryDesk', () => {
  it('names no hidden caller in what it tells of canaries', async () => {
    const desk = deskOver({
      list: async () => ({ canaries: [told] }),
      details: async () => ({ ...told, transitions: [{ reason: said }] }),
      options: async () => ({ services: [{ service, message: said }] }),
      preview: async () => ({ checks: [{ message: said }], service }),
      request: async () => ({ canary: told, created: true }),
      act: async () => told,
    });
    const { reason, ...asked } = chatRequest;
    expected(await desk.ofEntity('component:default/chat', page, rita));
    expected(await desk.list({}, page, rita));
    expected(await desk.options('component:default/chat', rita));
    expected(await desk.preview(asked, rita));
    const made = await desk.request(async () => chatRequest, rita, {} as never);
    expect(made.created).toBe(true);
    expected(made.canary);
    expected(await desk.details('c1', rita));
    expected(
      await desk.act(
        'c1',
        async () => ({ action: 'approve', version: 1 }),
        rita,
        {} as never,
      ),
    );
  });

  it('names none in the steps of a canary', async () => {
    const desk = deskOver({
      transitions: async () => ({ transitions: [{ reason: said }] }),
    });
    expect(await desk.transitions('c1', page, rita)).toEqual({
      transitions: [
        { reason: expect.stringMatching(`^hidden/${HIDDEN} .1. calls the`) },
      ],
    });
  });

  it('names none where it refuses', async () => {
    const refuse = async () => {
      throw Object.assign(
        worded(ConflictError, wording('verbatim', { text: said })),
        {
          preflight: { checks: [{ message: said }] },
          canary: told,
          since: [{ reason: said }],
        },
      );
    };
    const desk = deskOver({ request: refuse, preview: refuse, act: refuse });
    const { reason, ...asked } = chatRequest;
    for (const work of [
      desk.preview(asked, rita),
      desk.request(async () => chatRequest, rita, {} as never),
      desk.act(
        'c1',
        async () => ({ action: 'approve', version: 1 }),
        rita,
        {} as never,
      ),
    ]) {
      const error = await work.catch(thrown => thrown);
      expect(error.name).toBe('ConflictError');
      for (const part of ['message', 'words', 'preflight', 'canary', 'since']) {
        const text = JSON.stringify(error[part]);
        expect([part, text]).toEqual([part, expect.stringContaining(HIDDEN)]);
        expect([part, text]).not.toEqual([part, expect.stringMatching(/web/)]);
      }
    }
  });
});
