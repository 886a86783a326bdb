import { mockCredentials } from '@backstage/backend-test-utils';
import { byAction } from './byAction';

it('tells the auditor who acts, and through whom', () => {
  const olivia = mockCredentials.user('user:default/olivia', {
    actor: { subject: 'plugin:mcp-actions' },
  });
  expect(byAction('pause-canary', olivia)).toEqual({
    meta: {
      action: 'pause-canary',
      actor: 'user:default/olivia',
      through: 'plugin:mcp-actions',
    },
  });
  expect(
    byAction('pause-canary', mockCredentials.service('external:ci')),
  ).toEqual({ meta: { action: 'pause-canary', actor: 'external:ci' } });
});
