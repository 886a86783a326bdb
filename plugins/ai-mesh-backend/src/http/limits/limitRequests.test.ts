import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { presentAsker } from '../../target/asker';
import { AskerLimits } from './AskerLimits';
import { limitRequests } from './limitRequests';

describe('limitRequests', () => {
  const limit = { perMinute: 60, open: 5 };
  const app = express();
  app.use(
    limitRequests(
      mockServices.httpAuth(),
      new AskerLimits({ user: limit, entity: limit, service: limit }),
    ),
  );
  app.get('/', async (_, response) => {
    await new Promise(resolve => setTimeout(resolve, 5));
    response.send(presentAsker());
  });

  it('lets what a route does know on whose behalf it is done', async () => {
    const asked = (authorization: string) =>
      request(app).get('/').set('Authorization', authorization);
    const [ada, olivia, service] = await Promise.all([
      asked(mockCredentials.user.header('user:default/ada')),
      asked(mockCredentials.user.header('user:default/olivia')),
      asked(
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:other'),
          targetPluginId: 'test',
        }),
      ),
    ]);
    expect([ada.text, olivia.text, service.text]).toEqual([
      'user user:default/ada',
      'user user:default/olivia',
      'service plugin:other',
    ]);
  });
});
