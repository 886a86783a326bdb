import {
  canaryPauseSchema,
  known,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  canary,
  canaryDetails,
  check,
  demoCanaries,
  gate,
  later,
  refusal,
  renderTab,
  TAB,
  transitions,
  weights,
} from '../../__testUtils__';

type Details = Parameters<typeof canaryDetails>[0];

/** The screen with one canary as given. */
function show(
  change: Details = {},
  options: Parameters<typeof renderTab>[1] = {},
) {
  const details = canaryDetails(change);
  return renderTab('/canary', {
    canaries: demoCanaries({
      canaries: jest.fn().mockResolvedValue({ canaries: [details] }),
      canary: jest.fn().mockResolvedValue(details),
    }),
    ...options,
  });
}

const article = () => screen.findByRole('article');

describe('a canary that runs', () => {
  it('says its state, its weights, its step, and what happens next and when', async () => {
    await show();
    const live = await article();
    expect(live).toHaveAccessibleName('ai-chat-service: v1 to v2');
    expect(live).toHaveTextContent('Progressing');
    expect(
      within(live).getByRole('img', {
        name: 'Present split: stable v1 75%, canary v2 25%',
      }),
    ).toBeVisible();
    expect(live).toHaveTextContent('Step 1 of 3');
    expect(within(live).getByRole('list', { name: 'Steps' })).toHaveTextContent(
      '100%waits for a confirmation',
    );
    expect(
      within(live).getByRole('region', { name: 'It goes on by itself.' }),
    ).toHaveTextContent(
      /Next: goes to 50% if the gates pass, in \d+ (min|sec)/,
    );
    expect(
      await within(live).findByRole('img', {
        name: 'The canary’s share over time: 10% → 25%',
      }),
    ).toBeVisible();
  });

  it('shows each gate with both versions, bounds and verdict, and the query to copy', async () => {
    await show();
    const gates = await screen.findByRole('table', { name: 'Gates' });
    const row = within(gates).getByRole('rowgroup', { name: 'Error rate' });
    expect(row).toHaveTextContent(
      'Error rate0.2%0.3%Passes0.2% of 420 requests failed.Advances whenbelow 1%Rolls back whenabove 5%',
    );
    await userEvent.click(
      within(row).getByRole('button', { name: 'Error rate of v2: 0.2%' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Where this number is from: Error rate of v2',
    });
    expect(dialog).toHaveTextContent('Stands on 420 requests.');
    expect(
      within(dialog).getByRole('button', { name: 'Copy PromQL' }),
    ).toBeVisible();
    expect(await axe(dialog)).toHaveNoViolations();
  });

  it('says of an unknown value why, and never a number', async () => {
    await show();
    const figure = await screen.findByRole('button', {
      name: /^Time to first token of v2: unknown\. Nothing exports/,
    });
    expect(figure).toHaveTextContent('–');
    expect(figure).toHaveAccessibleName(/v2 exports no such histogram\.$/);
  });

  it('names who did what in its history, with the weights and the evidence', async () => {
    await show();
    const history = await screen.findByRole('list', { name: 'History' });
    const rows = within(history).getAllByRole('listitem');
    expect(rows[0]).toHaveTextContent(/Step taken.*AI Mesh.*v2: 10% → 25%/);
    // The graph of today beside that of then.
    expect(
      within(history).getByRole('link', { name: 'Calls before and after' }),
    ).toHaveAttribute('href', `${TAB}/topology?with=${later(40)}`);
    expect(
      within(history).getByRole('link', { name: /amir/i }),
    ).toHaveAttribute('href', '/catalog/default/user/amir');
    await userEvent.click(
      within(rows[0]).getByRole('button', { name: 'Show the evidence' }),
    );
    expect(
      within(rows[0]).getByRole('table', { name: /^Evidence of/ }),
    ).toHaveTextContent('Passes');
  });

  it.each([
    ['between-thresholds', 'Held: neither good enough to advance'],
    ['insufficient-traffic', 'Held: too few requests to decide.'],
    ['no-data', 'Held: a value is unknown'],
    ['source-unreachable', 'Held: Prometheus or the cluster does not answer.'],
    ['write-conflict', 'Held: somebody else keeps changing the route.'],
  ] as const)('says why it holds: %s', async (reason, title) => {
    await show({
      hold: { reason, message: 'In figures.', since: later(20) },
    });
    const notice = await screen.findByRole('region', {
      name: new RegExp(`^${title}`),
    });
    expect(notice).toHaveTextContent('In figures.');
    expect(notice).toHaveTextContent('goes to 50% once the gates pass');
  });

  it.each(canaryPauseSchema.shape.cause.options)(
    'says who or what paused it: %s',
    async cause => {
      await show({
        state: 'paused',
        pause: {
          cause,
          by: cause === 'person' ? 'user:default/nora' : 'engine',
          message: 'The very reason.',
          since: later(20),
        },
        next: { action: 'wait-for-person', message: '' },
        actions: ['resume', 'rollBack'],
      });
      const live = await article();
      expect(live).toHaveTextContent('Paused');
      expect(live).toHaveTextContent('The very reason.');
      expect(live).toHaveTextContent('waits for a person');
    },
  );

  it('opens the evidence of a breach by itself', async () => {
    const breach = check({
      verdict: { outcome: 'breach', message: 'Error rate: 15% failed.' },
      gates: [
        gate({
          outcome: 'breach',
          message: '15% of 420 requests failed, more than 5%.',
          canary: { value: known(0.15), requests: known(420) },
        }),
      ],
    });
    await show({
      state: 'rolledBack',
      endedAt: later(60),
      next: { action: 'nothing', message: '' },
      actions: [],
      transitions: [
        ...transitions,
        {
          seq: 5,
          at: later(50),
          by: 'engine',
          from: 'progressing',
          to: 'rollingBack',
          what: 'breach',
          reason: 'Error rate: 15% failed.',
          evidence: breach,
          weightsBefore: weights(25),
          weightsAfter: weights(25),
        },
      ],
    });
    // It has ended, so it stands in the table; its page shows it.
    await userEvent.click(
      await screen.findByRole('link', { name: 'ai-chat-service: v1 to v2' }),
    );
    expect(
      await screen.findByRole('table', { name: /^Evidence of/ }),
    ).toHaveTextContent('15% of 420 requests failed, more than 5%.');
  });
});

describe('the screen', () => {
  it('keeps what is being written about a canary when another comes, or it ends', async () => {
    const other = canary({
      id: 'c-2',
      service: { ...canary().service, name: 'ai-orchestrator' },
    });
    let listed = [canary()];
    const canaries = jest
      .fn()
      .mockImplementation(async () => ({ canaries: listed }));
    await renderTab('/canary', { canaries: demoCanaries({ canaries }) });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back now' }),
    );
    const dialog = await screen.findByRole('dialog');
    const reason = within(dialog).getByLabelText(/^Reason/);
    await userEvent.type(reason, 'Complaints');
    const refreshed = async (now: typeof listed, cards: number) => {
      listed = now;
      // Behind a dialog nothing is there for roles.
      fireEvent.click(
        screen.getByRole('button', { name: 'Refresh now', hidden: true }),
      );
      await waitFor(() =>
        expect(document.querySelectorAll('article')).toHaveLength(cards),
      );
    };
    await refreshed([canary(), other], 2);
    await refreshed([canary({ state: 'promoted', actions: [] }), other], 0);
    expect(dialog).toBeInTheDocument();
    expect(reason).toHaveValue('Complaints');
  });

  it('shows several canaries as cards, each with its actions and the way to it', async () => {
    await renderTab('/canary', {
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({
          canaries: [
            canary(),
            canary({
              id: 'c-2',
              state: 'requested',
              service: { ...canary().service, name: 'ai-orchestrator' },
              actions: ['approve', 'reject', 'cancel'],
            }),
            canary({ id: 'c-0', state: 'promoted', actions: [] }),
          ],
        }),
      }),
    });
    const cards = await screen.findAllByRole('article');
    expect(cards).toHaveLength(2);
    expect(
      within(cards[1]).getByRole('link', { name: /ai-orchestrator/ }),
    ).toHaveAttribute('href', `${TAB}/canary/c-2`);
    expect(
      within(cards[0]).getByRole('button', { name: 'Roll back now' }),
    ).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Earlier canaries' }),
    ).toHaveTextContent('Promoted');
  });

  it('says that there is none, and how to ask for one', async () => {
    const { address } = await renderTab('/canary', {
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({ canaries: [] }),
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'No canary runs' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Request a canary' }),
    );
    expect(address()).toBe(`${TAB}/canary/new`);
  });

  it('leads from a notification’s link to the canary', async () => {
    const { address } = await renderTab('/canary?canary=c-1');
    expect(await article()).toBeVisible();
    expect(address()).toBe(`${TAB}/canary/c-1`);
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this entity’s mesh'],
    [503, 'ServiceUnavailableError', 'AI Mesh’s backend does not answer'],
  ])('says what kept it away: %s', async (status, name, title) => {
    const error = await refusal(status, { name, message: 'Said so.' });
    await renderTab('/canary', {
      canaries: demoCanaries({
        canaries: jest.fn().mockRejectedValue(error),
      }),
    });
    expect(await screen.findByRole('heading', { name: title })).toBeVisible();
    expect(screen.getByText(/Said so\./)).toBeVisible();
  });

  it('says that a canary does not exist', async () => {
    const error = await refusal(404, {
      name: 'NotFoundError',
      message: 'There is no canary gone.',
    });
    await renderTab('/canary/gone', {
      canaries: demoCanaries({ canary: jest.fn().mockRejectedValue(error) }),
    });
    expect(
      await screen.findByRole('heading', { name: 'There is no such canary' }),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'All canaries of this entity' }),
    ).toHaveAttribute('href', `${TAB}/canary`);
  });

  it('shows a skeleton first, and keeps what it has when a refresh fails', async () => {
    const error = await refusal(503, {
      name: 'ServiceUnavailableError',
      message: 'The database is away.',
    });
    const canaries = demoCanaries();
    await renderTab('/canary', { canaries });
    expect(await article()).toBeVisible();
    canaries.canaries.mockRejectedValue(error);
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'The database is away.',
      ),
    );
    expect(screen.getByRole('article')).toBeVisible();
  });

  it.each([
    ['/canary', 'light'],
    ['/canary', 'dark'],
    ['/canary/c-1', 'light'],
    ['/canary/new', 'light'],
    ['/canary/new', 'dark'],
  ] as const)('has no accessibility fault at %s, %s', async (at, theme) => {
    const { container } = await renderTab(at, { theme });
    await screen.findAllByRole('heading', {
      level: at.endsWith('new') ? 3 : 2,
    });
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('what is unknown', () => {
  it('is said where the check has measured nothing yet', async () => {
    await show({ check: undefined });
    expect(
      await screen.findByText('Nothing has been measured yet.'),
    ).toBeVisible();
  });

  it('is a dash in the stable version too', async () => {
    await show({
      check: check({
        gates: [
          gate({
            outcome: 'hold',
            holdReason: 'source-unreachable',
            message: 'Prometheus did not answer.',
            stable: {
              value: unknown('source-unreachable'),
              requests: unknown('source-unreachable'),
            },
          }),
        ],
      }),
    });
    expect(
      await screen.findByRole('button', { name: /^Error rate of v1: unknown/ }),
    ).toHaveTextContent('–');
  });
});

describe('a long history', () => {
  it('shows its earlier rows when asked', async () => {
    const [first, ...rest] = transitions;
    const canaryTransitions = jest.fn().mockResolvedValue({
      transitions: [first],
    });
    const details = canaryDetails({
      transitions: rest,
      earlierTransitions: '2',
    });
    await renderTab('/canary', {
      canaries: demoCanaries({
        canaries: jest.fn().mockResolvedValue({ canaries: [details] }),
        canary: jest.fn().mockResolvedValue(details),
        canaryTransitions,
      }),
    });
    const history = await screen.findByRole('list', { name: 'History' });
    const rows = () => within(history).getAllByRole('listitem');
    const before = rows().length;
    await userEvent.click(
      screen.getByRole('button', { name: 'Show earlier rows' }),
    );
    await waitFor(() => expect(rows().length).toBeGreaterThan(before));
    expect(canaryTransitions).toHaveBeenCalledWith(
      details.id,
      { cursor: '2', limit: 200 },
      expect.anything(),
    );
    expect(
      screen.queryByRole('button', { name: 'Show earlier rows' }),
    ).not.toBeInTheDocument();
  });
});

describe('a Service that others claim too', () => {
  it('is said so on the canary’s screen', async () => {
    const details = canaryDetails();
    const ownership = [
      {
        service: details.service,
        proven: true,
        owners: [],
        claims: ['component:default/evil'],
        hidden: 0,
        withheld: false,
      },
    ];
    await renderTab('/canary', {
      canaries: demoCanaries({
        canaries: jest
          .fn()
          .mockResolvedValue({ canaries: [details], ownership }),
        canary: jest.fn().mockResolvedValue(details),
      }),
    });
    expect(await screen.findByText('evil')).toBeVisible();
  });
});

describe('a canary of a request for several clusters', () => {
  const group = {
    id: 'g-1',
    order: 'one-after-another' as const,
    clusters: ['demo', 'west', 'north', 'hidden'],
  };
  const inCluster = (
    cluster: string,
    change: Parameters<typeof canary>[0] = {},
  ) =>
    canary({
      id: `c-${cluster}`,
      group,
      service: { ...canary().service, cluster },
      ...change,
    });
  const details: Details = {
    group,
    state: 'promoted',
    weights: weights(100),
    step: 2,
    actions: ['rollBack'],
    next: { action: 'nothing', message: 'It has ended.' },
    others: [
      inCluster('west'),
      inCluster('north', {
        state: 'approved',
        weights: undefined,
        step: -1,
        actions: ['cancel'],
        next: {
          action: 'wait-for-cluster',
          message: "Starts when the canary in cluster 'west' is promoted.",
        },
      }),
    ],
  };

  it('shows each cluster with its step and verdict', async () => {
    await show(details);
    const table = await screen.findByRole('table', {
      name: 'In all clusters of the request',
    });
    const row = (name: string | RegExp) =>
      within(table).getByRole('row', { name });
    expect(row(/^demo/)).toHaveTextContent('Promoted100% · Step 3 of 3');
    expect(row(/^west/)).toHaveTextContent(
      'Progressing25% · Step 1 of 3Every gate is within its bound to advance.',
    );
    expect(row(/^north/)).toHaveTextContent(
      'not startedNext: starts when the canary of the cluster before it is promoted.',
    );
    expect(row(/^hidden/)).toHaveTextContent('You may not see it.');
    expect(
      within(row(/^west/)).getByRole('link', { name: 'west' }),
    ).toHaveAttribute('href', `${TAB}/canary/c-west`);
    expect(await axe(await article())).toHaveNoViolations();
  });

  it('has one way back for all, by the one that still runs', async () => {
    const actOnCanary = jest.fn().mockResolvedValue(canary({ version: 5 }));
    await show(details, {
      canaries: demoCanaries({
        canary: jest.fn().mockResolvedValue(canaryDetails(details)),
        actOnCanary,
      }),
    });
    await article();
    expect(
      screen.queryByRole('button', { name: 'Roll back now' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back in all clusters' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Roll back now?',
    });
    expect(dialog).toHaveTextContent(
      'This is for all clusters of the request: demo, west, north, hidden.',
    );
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), 'Worse');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back now' }),
    );
    await waitFor(() =>
      expect(actOnCanary).toHaveBeenCalledWith('c-west', {
        action: 'rollBack',
        version: 4,
        reason: 'Worse',
      }),
    );
  });
});

it('says at the button that nothing can be asked for where the portal may only read', async () => {
  await show(
    {},
    {
      canaries: demoCanaries({
        canaries: jest
          .fn()
          .mockResolvedValue({ canaries: [], readOnly: ['west'] }),
      }),
    },
  );
  const button = await screen.findByRole('button', {
    name: 'Request a canary',
  });
  await waitFor(() =>
    expect(button).toHaveAccessibleDescription(
      /^The portal may only read the cluster west/,
    ),
  );
  expect(button).toHaveAttribute('aria-disabled', 'true');
});
