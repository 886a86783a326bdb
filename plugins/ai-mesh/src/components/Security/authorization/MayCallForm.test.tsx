import type { AiMeshApi } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { demoApi, mayCall, renderTab } from '../../../__testUtils__';
import { emptyQuestion, requestOf, type Question } from './question';

const service = {
  cluster: 'demo',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

async function openForm(api = demoApi()) {
  const user = userEvent.setup();
  const { container } = await renderTab('/security', {
    api: api as Partial<AiMeshApi>,
  });
  const form = await screen.findByRole('form', { name: 'May X call it?' });
  return { user, api, form: within(form), container };
}

describe('the form', () => {
  it('asks about a workload, and shows the answer with its rule', async () => {
    const { user, api, form, container } = await openForm();
    await user.type(
      form.getByLabelText(/^Namespace\/workload/),
      'ai-services/ai-orchestrator',
    );
    await user.clear(form.getByLabelText(/^Path/));
    await user.type(form.getByLabelText(/^Path/), '/api/chat');
    await user.click(form.getByRole('button', { name: 'Ask' }));
    const answer = await form.findByText('allowed');
    expect(answer).toBeVisible();
    expect(form.getByRole('status')).toHaveTextContent(
      'ai-services/ai-orchestrator calls as cluster.local/ns/ai-services/sa/ai-orchestratorencrypted Both sides speak mutual TLS.allowedThis rule allows it: AuthorizationPolicy ai-chat-service spec.rules[0]',
    );
    expect(api.mayCall).toHaveBeenCalledWith(
      'component:default/ai-chat-service',
      {
        cluster: 'demo',
        namespace: 'ai-services',
        service: 'ai-chat-service',
        callerNamespace: 'ai-services',
        callerWorkload: 'ai-orchestrator',
        method: 'POST',
        path: '/api/chat',
      },
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks about somebody in plaintext, with what else is known of the request', async () => {
    const { user, api, form } = await openForm(
      demoApi({
        mayCall: jest.fn().mockImplementation(async () =>
          mayCall({
            caller: { cluster: 'demo', id: 'unknown' },
            mtls: [{ outcome: 'refused', message: 'Nothing but mutual TLS.' }],
          }),
        ),
      }),
    );
    await user.click(form.getByLabelText('Caller'));
    await user.click(
      await screen.findByRole('option', { name: 'somebody in plaintext' }),
    );
    await user.click(form.getByRole('button', { name: 'More details' }));
    await user.type(form.getByLabelText('Workload’s port'), '8080');
    await user.type(form.getByLabelText('Headers, one a line'), 'x-a: 1');
    await user.click(form.getByRole('button', { name: 'Ask' }));
    expect(await form.findByText('refused')).toBeVisible();
    expect(form.getByRole('status')).toHaveTextContent(
      'a caller that Istio cannot name calls as nobody: without an identity',
    );
    expect(api.mayCall?.mock.calls[0][1]).toEqual({
      cluster: 'demo',
      namespace: 'ai-services',
      service: 'ai-chat-service',
      method: 'POST',
      path: '/',
      port: 8080,
      headers: 'x-a: 1',
    });
  });

  it('shows why the backend refuses the question', async () => {
    const { user, form } = await openForm(
      demoApi({
        mayCall: jest
          .fn()
          .mockRejectedValue(new Error("The parameter 'ip' is 'x'.")),
      }),
    );
    await user.type(form.getByLabelText(/^Namespace\/workload/), 'a/b');
    await user.click(form.getByRole('button', { name: 'Ask' }));
    expect(await form.findByText("The parameter 'ip' is 'x'.")).toBeVisible();
  });
});

describe('the question', () => {
  it.each<[string, Partial<Question>, object]>([
    [
      'a workload',
      { workload: ' ai/chat ' },
      { callerNamespace: 'ai', callerWorkload: 'chat' },
    ],
    [
      'an identity, and forgets the workload that was written',
      { caller: 'principal', principal: 'td/ns/a/sa/b ', workload: 'ai/chat' },
      { principal: 'td/ns/a/sa/b' },
    ],
    ['nobody', { caller: 'nobody', ip: ' 10.0.0.1' }, { ip: '10.0.0.1' }],
  ])('names %s', (_, part, expected) => {
    expect(requestOf({ ...emptyQuestion, ...part }, service)).toEqual({
      cluster: 'demo',
      namespace: 'ai-services',
      service: 'ai-chat-service',
      method: 'POST',
      path: '/',
      ...expected,
    });
  });
});
