import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { AskerLimits } from './AskerLimits';
import { limitRequests } from './limitRequests';

describe('limitRequests by entity', () => {
  const many = { perMinute: 1000, open: 100 };
  const portal = () =>
    express().use(
      Router().use(
        limitRequests(
          mockServices.httpAuth(),
          new AskerLimits({
            user: many,
            entity: { perMinute: 2, open: 5 },
            service: many,
          }),
        ),
      ),
      ((_, response) => {
        response.sendStatus(204);
      }) satisfies express.RequestHandler,
      ((error, _request, response, _next) => {
        response.sendStatus(error.statusCode ?? 500);
      }) satisfies express.ErrorRequestHandler,
    );
  const statuses = async (...paths: string[]) => {
    const app = portal();
    const found: number[] = [];
    for (const path of paths) {
      const { status } = await request(app)
        .get(path)
        .set('Authorization', mockCredentials.user.header());
      found.push(status);
    }
    return found;
  };

  it('counts an entity as one, however its path is written', async () => {
    expect(
      await statuses(
        '/entities/component/default/chat/topology',
        '/entities/Component/Default/CHAT/slo',
        '/Entities/component/default/ch%61t/topology',
        '/entities/c%6Fmponent/default/%43hat/topology',
        '/entities/component/default/other/topology',
      ),
    ).toEqual([204, 204, 429, 429, 204]);
  });

  it('tells whoever asks too much when to ask again', async () => {
    const app = portal();
    const ask = () =>
      request(app)
        .get('/entities/component/default/chat/topology')
        .set('Authorization', mockCredentials.user.header());
    await ask();
    await ask();
    const refused = await ask();
    expect(refused.status).toBe(429);
    // Two in a minute: the next half a minute later.
    expect(refused.headers['retry-after']).toMatch(/^(29|30)$/);
  });

  it('counts a part that cannot be decoded as it is written', async () => {
    const path = '/entities/component/default/%E0%A4%A/topology';
    expect(await statuses(path, path, path)).toEqual([204, 204, 429]);
  });
});
