import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  canary,
  canaryDetails,
  demoCanaries,
  deployment,
  later,
  type Reader,
  refusal,
  renderTab,
  weights,
} from '../../../__testUtils__';

/** The screen with one canary, and the API behind it. */
async function show(
  change: Parameters<typeof canaryDetails>[0] = {},
  reader?: Reader,
) {
  const details = canaryDetails(change);
  const canaries = demoCanaries({
    canaries: jest.fn().mockResolvedValue({ canaries: [details] }),
    canary: jest.fn().mockResolvedValue(details),
  });
  await renderTab('/canary/c-1', { canaries, reader });
  await screen.findByRole('article');
  return canaries;
}

const button = (name: string) => screen.findByRole('button', { name });

/** Opens an action's question. */
async function ask(action: string, question: string) {
  await userEvent.click(await button(action));
  return screen.findByRole('dialog', { name: question });
}

const stale = (present: Canary, since: object[] = []) =>
  refusal(409, {
    name: 'ConflictError',
    message: 'It has moved on.',
    canary: present,
    since,
  });

/** The engine's step to 50 %. */
const stepped = {
  seq: 5,
  at: later(60),
  by: 'engine',
  from: 'progressing',
  to: 'progressing',
  what: 'step',
  reason: 'Every gate passed.',
  weightsBefore: weights(25),
  weightsAfter: weights(50),
};

describe('what takes something back', () => {
  it('says what will change in weights, asks for a reason, and does it', async () => {
    const canaries = await show();
    const dialog = await ask('Roll back now', 'Roll back now?');
    const table = within(dialog).getByRole('table', { name: 'What changes' });
    expect(
      within(table).getByRole('row', { name: /^v2 \(canary\)/ }),
    ).toHaveTextContent('25%10%');
    expect(await axe(dialog)).toHaveNoViolations();

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back now' }),
    );
    expect(canaries.actOnCanary).not.toHaveBeenCalled();
    const reason = within(dialog).getByLabelText(/^Reason/);
    expect(reason).toBeInvalid();
    expect(reason).toHaveAccessibleDescription(/Say why/);

    await userEvent.type(reason, 'Customers complain');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back now' }),
    );
    expect(canaries.actOnCanary).toHaveBeenCalledWith('c-1', {
      action: 'rollBack',
      version: 4,
      reason: 'Customers complain',
    });
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('can be left with the keyboard', async () => {
    const canaries = await show();
    (await button('Roll back now')).focus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('dialog', { name: 'Roll back now?' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(canaries.actOnCanary).not.toHaveBeenCalled();
  });

  it('says what the engine did where that was faster, and asks again with the fresh change', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await stale(canary({ version: 5, step: 1, weights: weights(50) }), [
        stepped,
      ]),
    );
    const dialog = await ask('Advance now', 'Advance now?');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent(
      /nothing was done yet.*Now: Progressing.*Is that still what you want\?/,
    );
    expect(
      within(alert).getByRole('list', {
        name: 'What happened since you looked',
      }),
    ).toHaveTextContent(/^Step taken · .*v2: 25% → 50% Every gate passed\.$/);
    expect(await axe(dialog)).toHaveNoViolations();
    expect(
      within(dialog).getByRole('row', { name: /^v2 \(canary\)/ }),
    ).toHaveTextContent('50%');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    expect(canaries.actOnCanary).toHaveBeenLastCalledWith('c-1', {
      action: 'advance',
      version: 5,
      reason: undefined,
    });
  });

  it('says why it was not done where nothing has happened since', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await refusal(409, {
        name: 'ConflictError',
        message: 'Since its promotion canary c-2 has begun on its route.',
        canary: canary(),
      }),
    );
    const dialog = await ask('Advance now', 'Advance now?');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /Since its promotion canary c-2 has begun on its route\. ?Now: Progressing/,
    );
  });

  it('is no longer offered where the present state does not allow it', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await stale(canary({ version: 6, state: 'rolledBack', actions: [] })),
    );
    const dialog = await ask('Advance now', 'Advance now?');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    expect(
      await within(dialog).findByText(
        'In this state it can no longer be done.',
      ),
    ).toBeVisible();
    expect(
      within(dialog).queryByRole('button', { name: 'Advance now' }),
    ).not.toBeInTheDocument();
  });

  it('shows what the backend refuses, in its words', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await refusal(403, { name: 'NotAllowedError', message: 'Not you.' }),
    );
    await userEvent.click(await button('Pause'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not you.');
  });
});

describe('a state that is later than the one on the page', () => {
  it('counts where the action does just the same in it', async () => {
    const details = canaryDetails();
    const api = jest.fn().mockResolvedValue(details);
    const canaries = demoCanaries({ canary: api });
    await renderTab('/canary/c-1', { canaries });
    const dialog = await ask('Advance now', 'Advance now?');
    // A row of the history that leaves state and weights as they are.
    api.mockResolvedValue(canaryDetails({ version: 5 }));
    await waitFor(() => expect(api.mock.calls.length).toBeGreaterThan(1), {
      timeout: 8_000,
    });
    await waitFor(async () => {
      canaries.actOnCanary.mockRejectedValueOnce(new Error('Only looking'));
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Advance now' }),
      );
      expect(canaries.actOnCanary).toHaveBeenLastCalledWith('c-1', {
        action: 'advance',
        version: 5,
        reason: undefined,
      });
    });
  }, 20_000);

  it('counts as soon as an action has been answered', async () => {
    const canaries = await show({
      state: 'paused',
      pause: {
        cause: 'person',
        by: 'user:default/olivia',
        message: 'Look',
        since: later(50),
      },
      actions: ['resume', 'advance'],
    });
    canaries.actOnCanary.mockResolvedValueOnce(
      canary({ version: 6, actions: ['pause', 'advance'] }),
    );
    await userEvent.click(await button('Resume'));
    const dialog = await ask('Advance now', 'Advance now?');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    expect(canaries.actOnCanary).toHaveBeenLastCalledWith(
      'c-1',
      expect.objectContaining({ action: 'advance', version: 6 }),
    );
  });
});

describe('what is harmless', () => {
  it('asks where something came in between, and does it then', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await stale(canary({ version: 5, step: 1, weights: weights(50) }), [
        stepped,
      ]),
    );
    await userEvent.click(await button('Pause'));
    const dialog = await screen.findByRole('dialog', {
      name: 'Pause this canary?',
    });
    expect(dialog).toHaveTextContent('v2: 25% → 50%');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause' }),
    );
    expect(canaries.actOnCanary).toHaveBeenLastCalledWith('c-1', {
      action: 'pause',
      version: 5,
      reason: undefined,
    });
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is done at one click: pause', async () => {
    const canaries = await show();
    await userEvent.click(await button('Pause'));
    expect(canaries.actOnCanary).toHaveBeenCalledWith('c-1', {
      action: 'pause',
      version: 4,
      reason: undefined,
    });
  });
});

describe('who may', () => {
  it.each([
    ['Pause', 'ai-mesh.canary.control'],
    ['Roll back now', 'ai-mesh.canary.control'],
  ])(
    'is said by a button that may not be used: %s',
    async (name, permission) => {
      const canaries = await show({}, { denied: [permission] });
      const disabled = await button(name);
      await waitFor(() =>
        expect(disabled).toHaveAccessibleDescription(
          `You lack the permission ${permission} on component:default/ai-chat-service. Ask the people who look after the portal’s permission policy.`,
        ),
      );
      expect(disabled).toHaveAttribute('aria-disabled', 'true');
      await userEvent.click(disabled);
      expect(canaries.actOnCanary).not.toHaveBeenCalled();
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    },
  );

  const requested = {
    state: 'requested',
    weights: undefined,
    weightsBefore: undefined,
    step: -1,
    actions: ['approve', 'reject', 'cancel'],
    next: { action: 'wait-for-approval', message: '' },
  } as const;

  it('says to the requester why he may not approve his own', async () => {
    await show(
      { ...requested, actions: [...requested.actions] },
      { userEntityRef: 'user:default/olivia' },
    );
    const approve = await button('Approve');
    await waitFor(() =>
      expect(approve).toHaveAccessibleDescription(
        'You asked for this canary yourself: somebody else has to approve it. Where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
      ),
    );
    expect(await button('Reject')).not.toHaveAttribute('aria-disabled');
  });

  it.each([
    [true, 'user:default/olivia'],
    [false, 'user:default/amir'],
  ])(
    'lets approve where the portal does: requesters %s, as %s',
    async (requesterMayApprove, userEntityRef) => {
      const canaries = await show(
        { ...requested, actions: [...requested.actions], requesterMayApprove },
        { userEntityRef },
      );
      const dialog = await ask('Approve', 'Approve this canary?');
      expect(
        within(dialog).getByRole('row', { name: /^v2 \(canary\)/ }),
      ).toHaveTextContent('10%25%');
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Approve' }),
      );
      expect(canaries.actOnCanary).toHaveBeenCalledWith(
        'c-1',
        expect.objectContaining({ action: 'approve', version: 4 }),
      );
    },
  );

  it('asks for a reason to reject, and shows plan, preflight and patch to decide on', async () => {
    await show({ ...requested, actions: [...requested.actions] });
    expect(
      await screen.findByRole('img', { name: /^Steps 25% → 50% → 100%/ }),
    ).toBeVisible();
    expect(screen.getByRole('list', { name: 'Checks' })).toHaveTextContent(
      'Warning: Argo CD manages the route.',
    );
    expect(
      screen.getByRole('table', { name: 'The first change, exactly' }),
    ).toHaveTextContent('spec.http[2].route[1].weight- 10+ 25');
    const dialog = await ask('Reject', 'Reject this canary?');
    expect(dialog).toHaveTextContent('No weight changes.');
    expect(within(dialog).getByLabelText(/^Reason/)).toBeRequired();
  });
});

describe('drift', () => {
  const drifted = {
    state: 'paused' as const,
    pause: {
      cause: 'drift' as const,
      by: 'engine',
      message: 'v2 has 45, and 25 was written.',
      since: later(50),
    },
    drift: {
      message: 'v2 has 45, and 25 was written.',
      expected: weights(25),
      found: weights(45),
      choices: [
        'adoptDrift' as const,
        'restoreDrift' as const,
        'rollBack' as const,
      ],
    },
    next: { action: 'wait-for-person' as const, message: '' },
  };

  it.each([
    [
      'Adopt what was found',
      'Adopt the weights that were found?',
      'v2 (canary)45%45%',
    ],
    [
      'Restore the canary’s weights',
      'Write the canary’s weights again?',
      'v2 (canary)45%25%',
    ],
    ['Roll back now', 'Roll back now?', 'v2 (canary)45%10%'],
  ])(
    'offers to choose, and says what changes: %s',
    async (action, question, row) => {
      await show({ ...drifted, actions: [...drifted.drift.choices] });
      expect(
        await screen.findByRole('table', { name: 'Drift' }),
      ).toHaveTextContent('v2 (canary)25%45%');
      const dialog = await ask(action, question);
      expect(
        within(dialog).getByRole('table', { name: 'What changes' }),
      ).toHaveTextContent(row);
    },
  );

  it('says what is not in the route any more', async () => {
    await show({
      ...drifted,
      drift: { ...drifted.drift, found: undefined, choices: ['rollBack'] },
      actions: ['rollBack'],
    });
    expect(
      await screen.findByRole('table', { name: 'Drift' }),
    ).toHaveTextContent('v2 (canary)25%not in the route');
  });
});

describe('the clean-up', () => {
  const promoted = (
    status: 'offered' | 'done',
    action: 'cleanUp' | 'undoCleanUp',
  ) => ({
    state: 'promoted' as const,
    endedAt: later(60),
    cleanUp: {
      status,
      workloads: [deployment],
      reversibleUntil: new Date(Date.now() + 3_600_000).toISOString(),
    },
    next: { action: 'nothing' as const, message: '' },
    actions: [action],
  });

  it.each([
    [
      promoted('offered', 'cleanUp'),
      'Scale the old version down',
      'Scale the old version down?',
      '3 → 0',
    ],
    [
      promoted('done', 'undoCleanUp'),
      'Scale it up again',
      'Scale the old version up again?',
      '0 → 3',
    ],
  ])(
    'has a confirmation of its own: %#',
    async (change, action, question, replicas) => {
      const canaries = await show(change);
      const dialog = await ask(action, question);
      expect(dialog).toHaveTextContent(
        `Deployment ai-chat-service-v1: ${replicas} replicas`,
      );
      await userEvent.click(
        within(dialog).getByRole('button', { name: action }),
      );
      expect(canaries.actOnCanary).toHaveBeenCalledWith(
        'c-1',
        expect.objectContaining({ action: change.actions[0] }),
      );
    },
  );
});
