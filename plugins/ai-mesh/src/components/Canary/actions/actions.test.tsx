import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  canary,
  canaryDetails,
  CLUSTER,
  demoCanaries,
  later,
  type Reader,
  refusal,
  renderTab,
  weights,
} from '../../../__testUtils__';

const deployment = {
  object: {
    cluster: CLUSTER,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'ai-services',
    name: 'ai-chat-service-v1',
  },
  replicas: 3,
};

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

const stale = (present: Canary) =>
  refusal(409, {
    name: 'ConflictError',
    message: 'It has moved on.',
    canary: present,
  });

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

  it('shows how it stands now where somebody was faster, and lets one decide anew', async () => {
    const canaries = await show();
    canaries.actOnCanary.mockRejectedValueOnce(
      await stale(canary({ version: 5, step: 1, weights: weights(50) })),
    );
    const dialog = await ask('Advance now', 'Advance now?');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Advance now' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /Somebody was faster.*Progressing.*Nothing was done/,
    );
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

describe('what is harmless', () => {
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
          `You lack the permission ${permission} on component:default/ai-chat-service.`,
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
        'You asked for this canary yourself: somebody else has to approve it.',
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
