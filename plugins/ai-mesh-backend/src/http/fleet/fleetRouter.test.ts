import {
  joinValues,
  unknown,
  type FleetHurting,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { FleetService, type FleetEntities } from '../../fleet';
import { entity } from '../../fleet/__testUtils__/fleetOfNames';
import { unknownTraffic } from '../../telemetry';
import { fleetRouter } from './fleetRouter';

const olivia = mockCredentials.user('user:default/olivia');
const ravi = mockCredentials.user('user:default/ravi');

const meshAt = (message: string) => ({
  stateOf: () => ({
    traffic: unknownTraffic('no-traffic'),
    health: { status: 'failing' as const, message },
    encryption: unknown('no-traffic'),
  }),
  origins: async () => [],
});

/** Olivia sees two services and Ravi one; each look is a second later. */
function setUp(more: Parameters<typeof entity>[1] = {}) {
  const now = { mesh: meshAt('It fails.'), second: 0 };
  const seen = new Map<string, Awaited<ReturnType<FleetEntities['of']>>>([
    [olivia.principal.userEntityRef, [entity('a'), entity('b', more)]],
    [ravi.principal.userEntityRef, [entity('a')]],
  ]);
  const fleet = new FleetService({
    entities: {
      of: async ({ principal }: BackstageCredentials) =>
        seen.get((principal as typeof olivia.principal).userEntityRef)!,
    },
    look: async () => ({
      mesh: now.mesh,
      controlPlanes: [],
      sources: [{ name: 'prometheus', cluster: 'shop', status: 'ok' }],
      queries: [],
      past: async () => ({
        hours: { of: () => unknown('no-traffic') },
        queries: [],
      }),
    }),
    controlPlane: () => ({
      root: unknown('not-exported'),
      rejecting: unknown('not-exported'),
    }),
    levels: [],
    conceals: false,
    hiddenAmong: async () => [],
  });
  const app = express();
  app.use(
    fleetRouter({
      httpAuth: mockServices.httpAuth(),
      entities: { look: jest.fn() },
      permissions: mockServices.permissions(),
      ownershipsOf: jest.fn(),
      claims: 'unowned',
      fleet,
      canaries: () => {
        throw new ServiceUnavailableError('There is no database.');
      },
      now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, (now.second += 1))),
    }),
  );
  const ask = (path: string, who = olivia, tag = '') =>
    request(app)
      .get(path)
      .set({
        authorization: mockCredentials.user.header(who.principal.userEntityRef),
        // As browsers add it to what a script asks conditionally.
        ...(tag && { 'If-None-Match': tag, 'Cache-Control': 'no-cache' }),
      });
  return { now, ask };
}

it('finds by a value whatever signs it has', async () => {
  const model = '大, "large" 100 %2C\\';
  const { ask } = setUp({ modelNames: ['large', model] });
  const totalOf = async (...models: string[]) => {
    const query = new URLSearchParams({ model: joinValues(models) });
    return (await ask(`/v1/fleet?${query}`)).body.total;
  };
  expect(await totalOf(model)).toBe(1);
  expect(await totalOf('other', model)).toBe(1);
  expect(await totalOf('大', '"large" 100 %2C')).toBe(0);
});

describe.each(['/v1/fleet', '/v1/fleet/hurting?failing=true'])('%s', path => {
  it('is not sent again to whoever has it, as long as nothing changes', async () => {
    const { now, ask } = setUp();
    const first = await ask(path);
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      'cache-control': 'no-store',
      etag: expect.any(String),
    });
    const again = await ask(path, olivia, first.headers.etag);
    expect([again.status, again.text]).toEqual([304, '']);
    now.mesh = meshAt('It fails more.');
    const changed = await ask(path, olivia, again.headers.etag);
    expect(changed.status).toBe(200);
    // It is as old as its figures.
    expect((changed.body as FleetHurting).observedAt).toBe(
      '2026-01-01T00:00:03.000Z',
    );
  });

  it('is another for whoever sees something else', async () => {
    const { ask } = setUp();
    const { headers } = await ask(path);
    const { status, body } = await ask(path, ravi, headers.etag);
    expect(status).toBe(200);
    expect(body.total ?? body.entities).toBe(1);
  });
});
