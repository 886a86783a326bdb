import {
  type CanaryOutlook,
  known,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Settings } from 'luxon';
import {
  canaryOptions,
  demoCanaries,
  outlook,
  power,
  preflight,
  refusal,
  renderTab,
  TAB,
} from '../../../__testUtils__';

async function show(
  change: Parameters<typeof demoCanaries>[0] = {},
  options: { at?: string; denied?: string[] } = {},
) {
  const canaries = demoCanaries(change);
  const { address } = await renderTab(options.at ?? '/canary/new', {
    canaries,
    reader: { denied: options.denied },
  });
  const form = await screen.findByRole('form', { name: 'Request a canary' });
  return { canaries, form, address };
}

/** The same with all settings shown. */
async function showAll(...of: Parameters<typeof show>) {
  const shown = await show(...of);
  await userEvent.click(
    within(shown.form).getByRole('button', { name: 'Show all settings' }),
  );
  return shown;
}

/** Replaces what a field holds. */
async function fill(form: HTMLElement, label: string | RegExp, text: string) {
  const field = within(form).getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
  return field;
}

const send = (form: HTMLElement) =>
  within(form).getByRole('button', { name: 'Send the request' });

describe('the form', () => {
  it('stays as it is filled in while no cluster answers', async () => {
    const canaryOptionsOf = jest
      .fn()
      .mockResolvedValueOnce(canaryOptions())
      .mockResolvedValue(
        canaryOptions({
          services: [],
          sources: [
            { name: 'kubernetes', cluster: 'demo', status: 'unreachable' },
          ],
        }),
      );
    const { form } = await show({ canaryOptions: canaryOptionsOf });
    await fill(form, /^Reason/, 'A quicker model');
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    expect(await screen.findByText(/unreachable/i)).toBeVisible();
    expect(form).toBeInTheDocument();
    expect(within(form).getByLabelText(/^Reason/)).toHaveValue(
      'A quicker model',
    );
  });

  it('begins with the route, the versions and the plan that offer themselves', async () => {
    const { canaries, form } = await showAll();
    expect(form).toHaveTextContent(
      'VirtualService ai-chat-service · rule split · v1 90% / v2 10%',
    );
    expect(within(form).getByLabelText('First weight, %')).toHaveValue('5');
    expect(within(form).getByLabelText('Interval, seconds')).toHaveValue('300');
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenCalledWith(
        expect.objectContaining({
          entityRef: 'component:default/ai-chat-service',
          route: {
            kind: 'VirtualService',
            namespace: 'ai-services',
            name: 'ai-chat-service',
            rule: 'split',
          },
          stable: { subset: 'v1' },
          canary: { subset: 'v2' },
        }),
        expect.anything(),
      ),
    );
  });

  it('shows the stairs, the checks and the exact patch before anything is asked for', async () => {
    const { form } = await show();
    expect(
      await within(form).findByRole('img', {
        name: 'Steps 25% → 50% → 100%, promoted after 15 min at the earliest',
      }),
    ).toBeVisible();
    expect(
      within(form).getByRole('list', { name: 'Checks' }),
    ).toHaveTextContent('Warning: Argo CD manages the route.');
    expect(
      within(form).getByRole('button', { name: 'Copy the JSON Patch' }),
    ).toBeVisible();
  });

  it('takes the route along that the traffic screen chose', async () => {
    const { form } = await show(
      {},
      {
        at: '/canary/new?service=demo%2Fai-services%2Fai-chat-service&route=VirtualService%2Fai-services%2Fai-chat-service%2Fvip',
      },
    );
    expect(form).toHaveTextContent('rule vip');
  });

  it('takes nothing else in the place of a version that is gone, and does not ask', async () => {
    const offered = canaryOptions();
    const [service] = offered.services;
    const [v1, v2] = service.versions;
    const v3 = { version: { subset: 'v3' }, label: 'v3' };
    const canaryOptionsOf = jest
      .fn()
      .mockResolvedValueOnce(
        canaryOptions({ services: [{ ...service, versions: [v1, v2, v3] }] }),
      )
      .mockResolvedValue(
        canaryOptions({ services: [{ ...service, versions: [v1, v3] }] }),
      );
    const { canaries, form } = await show({ canaryOptions: canaryOptionsOf });
    await fill(form, /^Reason/, 'A quicker model');
    await waitFor(() =>
      expect(send(form)).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    expect(
      await within(form).findByText(/^v2 is not there any more/),
    ).toBeVisible();
    await userEvent.click(send(form));
    expect(canaries.requestCanary).not.toHaveBeenCalled();
  });

  it.each([
    [
      'service=demo%2Fai-services%2Fgone',
      /^demo\/ai-services\/gone is not there any more, or is not offered here/,
    ],
    [
      'service=demo%2Fai-services%2Fai-chat-service&route=VirtualService%2Fai-services%2Fgone',
      /^VirtualService\/ai-services\/gone is not there any more/,
    ],
  ])(
    'says that what the address names is not offered: %s',
    async (at, said) => {
      const { form } = await show({}, { at: `/canary/new?${at}` });
      expect(within(form).getByText(said)).toBeVisible();
      expect(send(form)).toHaveAttribute('aria-disabled', 'true');
    },
  );

  it.each([
    ['First weight, %', '0', 'A whole number from 1 to 100.'],
    ['Step, %', '2.5', 'A whole number from 1 to 100.'],
    ['Target, %', '101', 'A whole number from 1 to 100.'],
    ['First weight, %', '', 'A whole number from 1 to 100.'],
    ['Interval, seconds', '0', 'A whole number from 5 to 86,400.'],
    [
      'Interval, seconds',
      '20',
      'At least 60: four scrapes of this cluster’s metrics, which a step is judged by.',
    ],
    ['Breach check, seconds', '301', 'A whole number from 1 to 300.'],
    ['Longest hold, seconds', '60', 'Must not be shorter than the interval.'],
    [
      'Least requests to advance',
      'many',
      'A whole number from 1 to 1,000,000.',
    ],
    ['Error rate: below, %', '50', 'Must not be above the bound to roll back.'],
    ['p99 latency: above × stable', '0.5', /A number: 0 to 100/],
    [
      'p99 latency: slow below, %',
      '50',
      'Must not be above the bound to roll back.',
    ],
    ['p99 latency: slow above, %', '101', /A number: 0 to 100/],
    [
      'Error rate: at most worse, % points',
      '0',
      'A number from 0.1 to 50, in percentage points.',
    ],
    [
      'p99 latency: at most worse, % points',
      '',
      'A number from 0.1 to 50, in percentage points.',
    ],
  ])(
    'says at the field %s what is wrong with "%s"',
    async (label, text, message) => {
      const { form } = await showAll();
      const field = within(form).getByLabelText(label);
      await userEvent.clear(field);
      if (text) {
        await userEvent.type(field, text);
      }
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(message);
      expect(send(form)).toHaveAccessibleDescription(
        'The form is not complete; see the fields.',
      );
    },
  );

  it('wants named steps to ascend', async () => {
    const { form } = await showAll();
    await userEvent.click(
      within(form).getByRole('radio', { name: 'Named steps' }),
    );
    const steps = await fill(form, 'Weights, %', '50, 25');
    expect(steps).toHaveAccessibleDescription(
      'Every step must be above the one before it.',
    );
  });

  it('says which permission is missing', async () => {
    const { form } = await show({}, { denied: ['ai-mesh.canary.request'] });
    await waitFor(() =>
      expect(send(form)).toHaveAccessibleDescription(
        'You lack the permission ai-mesh.canary.request on component:default/ai-chat-service. Ask the people who look after the portal’s permission policy.',
      ),
    );
  });

  it('sends nothing that the preflight blocks', async () => {
    const { form } = await show({
      previewCanary: jest.fn().mockResolvedValue(
        preflight({
          checks: [
            {
              code: 'canary-endpoints',
              outcome: 'blocks',
              message: 'v2 has no ready endpoint.',
            },
          ],
        }),
      ),
    });
    await waitFor(() =>
      expect(send(form)).toHaveAccessibleDescription(
        'The preflight blocks it; see its results.',
      ),
    );
    expect(form).toHaveTextContent('Blocks: v2 has no ready endpoint.');
  });

  it('says why there is no preflight, and does not take that for a yes', async () => {
    const { form } = await show({
      previewCanary: jest.fn().mockRejectedValue(
        await refusal(503, {
          name: 'Error',
          message: 'The cluster is away.',
        }),
      ),
    });
    expect(await within(form).findByRole('alert')).toHaveTextContent(
      'The preflight could not be made: The cluster is away.',
    );
  });
});

describe('the window to start in', () => {
  beforeEach(() => {
    Settings.defaultZone = 'Europe/Berlin';
  });
  afterEach(() => {
    Settings.defaultZone = 'system';
  });

  const windowAsked = async (
    previewCanary: jest.Mock,
    window: { notBefore?: string; notAfter?: string } | undefined,
  ) =>
    waitFor(() =>
      expect(previewCanary.mock.lastCall[0].plan.startWindow).toEqual(window),
    );

  it('begins at either of the two times where the clocks go back', async () => {
    const { canaries, form } = await showAll();
    const field = within(form).getByLabelText('Start not before');
    fireEvent.change(field, { target: { value: '2026-10-25T02:30' } });
    await windowAsked(canaries.previewCanary as jest.Mock, {
      notBefore: '2026-10-25T00:30:00.000Z',
    });
    const twice = within(form).getByLabelText('This time comes twice');
    expect(twice).toHaveTextContent('Before the clocks go back (UTC+2)');
    await userEvent.click(twice);
    await userEvent.click(
      await screen.findByRole('option', {
        name: 'After the clocks go back (UTC+1)',
      }),
    );
    await windowAsked(canaries.previewCanary as jest.Mock, {
      notBefore: '2026-10-25T01:30:00.000Z',
    });
    expect(field).toHaveValue('2026-10-25T02:30');
  });

  it('is taken back, and wants to begin before it ends', async () => {
    const { canaries, form } = await showAll();
    const from = within(form).getByLabelText('Start not before');
    const until = within(form).getByLabelText('Start not after');
    fireEvent.change(from, { target: { value: '2026-12-01T10:00' } });
    fireEvent.change(until, { target: { value: '2026-12-01T09:00' } });
    expect(until).toHaveAccessibleDescription(
      'The window ends before it begins.',
    );
    fireEvent.change(until, { target: { value: '' } });
    await windowAsked(canaries.previewCanary as jest.Mock, {
      notBefore: '2026-12-01T09:00:00.000Z',
    });
    fireEvent.change(from, { target: { value: '' } });
    await windowAsked(canaries.previewCanary as jest.Mock, undefined);
  });
});

describe('the presets', () => {
  const preset = (form: HTMLElement, name: RegExp) =>
    within(form).getByRole('radio', { name });
  const seen = (of: CanaryOutlook) => ({
    previewCanary: jest
      .fn()
      .mockResolvedValue(preflight({ outlook: known(of) })),
  });

  it('come first, with what each takes and notices at today’s traffic', async () => {
    const { form } = await show(seen(outlook()));
    expect(within(form).queryByLabelText('First weight, %')).toBeNull();
    expect(preset(form, /^Usual/)).toBeChecked();
    await waitFor(() =>
      expect(preset(form, /^Fast/)).toHaveAccessibleName(
        'Fast · 10% → 50% → 100%, a step every 30 sec, 99% sure At today’s traffic about 25 min and 9,000 requests of the canary. Notices 15% of errors after about 8 sec.',
      ),
    );
  });

  it('say of the plan what it would notice, and when', async () => {
    const { form } = await show(seen(outlook()));
    const list = await within(form).findByRole('list', {
      name: 'What it comes to at today’s traffic',
    });
    expect(list).toHaveTextContent(
      'The whole plan takes about 25 min and 9,000 requests of the canary',
    );
    expect(list).toHaveTextContent(
      'If 15% of its requests fail, that is noticed after about 8 sec and 9 requests that failed, and rolled back.',
    );
    expect(list).toHaveTextContent(
      'If 2 percentage points more fail than of the stable version’s, that is noticed after about 6 min and 40 requests that failed, at 15%.',
    );
    expect(list).toHaveTextContent(
      'If its share of errors is between its bounds, it is decided on after about 940 requests at one weight: about 16 min at 5%.',
    );
    expect(list).toHaveTextContent('the route carries about 20 req/s');
  });

  it('are foreseen anew with the margin that was typed', async () => {
    const { canaries, form } = await showAll(seen(outlook()));
    await fill(form, 'Error rate: at most worse, % points', '2.5');
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenLastCalledWith(
        expect.objectContaining({
          plan: expect.objectContaining({
            gates: expect.objectContaining({
              errorRate: expect.objectContaining({
                nonInferiorityMargin: 0.025,
              }),
            }),
          }),
        }),
        expect.anything(),
      ),
    );
  });

  it('warn where today’s traffic can never decide', async () => {
    const { noWorse } = power();
    const never = power({
      noWorse: { ...noWorse, outcome: 'held', percent: 5, seconds: 3660 },
    });
    const { form } = await show(seen(outlook(never, never)));
    expect(
      await within(form).findByRole('region', {
        name: 'Today’s traffic can never decide this plan by itself',
      }),
    ).toHaveTextContent(
      'it would be paused at 5% after about 61 min, and a person would decide.',
    );
    expect(preset(form, /^Fast/)).toHaveAccessibleName(
      /Today’s traffic cannot decide it: it would be paused at 5%\.$/,
    );
  });

  it('warn of a plan that would promote a worse canary', async () => {
    const { noWorse } = power();
    const { form } = await show(
      seen(outlook(power({ worse: { ...noWorse, errorRatio: 0.022 } }))),
    );
    expect(
      await within(form).findByRole('region', {
        name: 'This plan would promote a worse canary',
      }),
    ).toBeVisible();
  });

  it('say where the traffic is not known, and why', async () => {
    const { form } = await show({
      previewCanary: jest.fn().mockResolvedValue(
        preflight({
          outlook: unknown('no-traffic', 'No request of v1 was counted.'),
        }),
      ),
    });
    expect(
      await within(form).findByRole('region', {
        name: 'How long it takes, and what it would notice, is not known',
      }),
    ).toHaveTextContent('No request of v1 was counted.');
  });

  it('fill in the plan, no faster than the cluster can judge', async () => {
    const { canaries, form } = await showAll();
    await userEvent.click(
      within(form).getByRole('checkbox', { name: /^Offer to scale/ }),
    );
    await userEvent.click(preset(form, /^Fast/));
    expect(within(form).getByLabelText('Weights, %')).toHaveValue(
      '10, 50, 100',
    );
    expect(within(form).getByLabelText('Interval, seconds')).toHaveValue('60');
    expect(preset(form, /^Fast/)).toBeChecked();
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenLastCalledWith(
        expect.objectContaining({
          plan: expect.objectContaining({
            steps: [10, 50, 100],
            intervalSeconds: 60,
            cleanUp: { soakSeconds: 3600, reversibleSeconds: 86_400 },
          }),
        }),
        expect.anything(),
      ),
    );
  });

  it('are left for a plan of its own once a setting is another', async () => {
    const { form } = await show();
    await userEvent.click(preset(form, /^A plan of its own/));
    await fill(form, 'Step, %', '20');
    expect(preset(form, /^A plan of its own/)).toBeChecked();
  });

  it('do not hide a field that is wrong', async () => {
    const { form } = await showAll();
    await fill(form, 'Step, %', '2.5');
    await userEvent.click(
      within(form).getByRole('button', { name: 'Hide the settings' }),
    );
    expect(within(form).getByLabelText('Step, %')).toBeInvalid();
  });
});

describe('a request', () => {
  it('carries all that was chosen, and leads to the canary', async () => {
    const { canaries, form, address } = await showAll();
    await userEvent.click(
      within(form).getByRole('radio', { name: 'Named steps' }),
    );
    await fill(form, 'Weights, %', '25, 50, 100');
    await userEvent.click(within(form).getByRole('checkbox', { name: '100%' }));
    await userEvent.click(
      within(form).getByRole('checkbox', { name: /^Header phase/ }),
    );
    await userEvent.click(
      within(form).getByRole('checkbox', { name: /^Offer to scale/ }),
    );
    await userEvent.click(
      within(form).getByRole('checkbox', { name: 'Throttled (429)' }),
    );
    await fill(form, 'p99 latency: slow above, %', '8');
    await fill(form, 'p99 latency: at most worse, % points', '3');
    await fill(form, 'Error rate: at most worse, % points', '0.5');
    await fill(form, /^Reason/, 'A quicker model');
    await waitFor(() =>
      expect(send(form)).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(send(form));
    expect(canaries.requestCanary).toHaveBeenCalledWith(
      expect.objectContaining({
        reason: 'A quicker model',
        idempotencyKey: expect.any(String),
        plan: expect.objectContaining({
          steps: [25, 50, 100],
          confirmBefore: [100],
          headerPhase: { headers: [{ name: 'x-user-tier', value: 'vip' }] },
          cleanUp: { soakSeconds: 3600, reversibleSeconds: 86_400 },
          gates: expect.objectContaining({
            errorRate: {
              enabled: true,
              rollBackAbove: 0.05,
              advanceBelow: 0.01,
              nonInferiorityMargin: 0.005,
            },
            latencyP99: expect.objectContaining({
              slowShare: {
                rollBackAbove: 0.08,
                advanceBelow: 0.02,
                nonInferiorityMargin: 0.03,
              },
            }),
            throttled: expect.objectContaining({ enabled: false }),
          }),
        }),
      }),
    );
    await waitFor(() => expect(address()).toBe(`${TAB}/canary/c-2`));
  });

  it.each([
    ['one of', 'gold, vip', { values: ['gold', 'vip'] }],
    ['beginning with', 'test-', { prefix: 'test-' }],
    ['matched as a whole by (RE2)', 'eu-.*', { regex: 'eu-.*' }],
  ])('asks for a header that has to be %s %s', async (kind, text, match) => {
    const { canaries, form } = await showAll();
    await userEvent.click(
      within(form).getByRole('checkbox', { name: /^Header phase/ }),
    );
    await userEvent.click(
      within(form).getByRole('button', { name: /^Header 1 has to be/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: kind }));
    await fill(form, 'Value of header 1', text);
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenLastCalledWith(
        expect.objectContaining({
          plan: expect.objectContaining({
            headerPhase: { headers: [{ name: 'x-user-tier', ...match }] },
          }),
        }),
        expect.anything(),
      ),
    );
  });

  describe('people who stay', () => {
    const stay = async () => {
      const shown = await showAll();
      await userEvent.click(
        within(shown.form).getByRole('checkbox', { name: /^People stay/ }),
      );
      return shown;
    };

    it('are asked for by a cookie', async () => {
      const { canaries, form } = await stay();
      await fill(form, 'Cookie', 'chat-canary');
      await fill(form, 'Kept for, seconds', '3600');
      await userEvent.click(
        within(form).getByRole('checkbox', { name: /Secure/ }),
      );
      await waitFor(() =>
        expect(canaries.previewCanary).toHaveBeenLastCalledWith(
          expect.objectContaining({
            plan: expect.objectContaining({
              affinity: {
                cookie: 'chat-canary',
                maxAgeSeconds: 3600,
                secure: false,
              },
            }),
          }),
          expect.anything(),
        ),
      );
    });

    it.each([
      ['Cookie', 'my cookie', /^A cookie’s name/],
      ['Kept for, seconds', '5', /^A whole number from 60/],
    ])('are refused by %s %s', async (label, text, message) => {
      const { form } = await stay();
      await fill(form, label, text);
      expect(within(form).getByLabelText(label)).toHaveAccessibleDescription(
        message,
      );
    });

    it('are refused a name that browsers take over TLS alone', async () => {
      const { form } = await stay();
      await fill(form, 'Cookie', '__Host-chat');
      await userEvent.click(
        within(form).getByRole('checkbox', { name: /Secure/ }),
      );
      expect(within(form).getByLabelText('Cookie')).toHaveAccessibleDescription(
        /^Browsers take a name/,
      );
    });
  });

  it('needs a reason', async () => {
    const { canaries, form } = await show();
    await waitFor(() =>
      expect(send(form)).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(send(form));
    expect(within(form).getByLabelText(/^Reason/)).toHaveAccessibleDescription(
      'Say why, for the people who read it later.',
    );
    expect(canaries.requestCanary).not.toHaveBeenCalled();
  });

  it('shows what the backend says against it', async () => {
    const { form } = await show({
      requestCanary: jest.fn().mockRejectedValue(
        await refusal(409, {
          name: 'ConflictError',
          message: 'The route is taken.',
        }),
      ),
    });
    await fill(form, /^Reason/, 'Once more');
    await waitFor(() =>
      expect(send(form)).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(send(form));
    expect(await within(form).findByRole('alert')).toHaveTextContent(
      'The route is taken.',
    );
  });
});

describe('what cannot be chosen', () => {
  it('is said of a route that another canary holds, with the way to it', async () => {
    const [service] = canaryOptions().services;
    const [route] = service.routes;
    const { form } = await show({
      canaryOptions: jest.fn().mockResolvedValue(
        canaryOptions({
          services: [{ ...service, routes: [{ ...route, busyWith: 'c-9' }] }],
        }),
      ),
    });
    expect(
      within(form).getByRole('link', { name: 'Open that canary' }),
    ).toHaveAttribute('href', `${TAB}/canary/c-9`);
  });

  it('is said of a service without a route', async () => {
    const [service] = canaryOptions().services;
    const { form } = await show({
      canaryOptions: jest.fn().mockResolvedValue(
        canaryOptions({
          services: [{ ...service, routes: [], message: 'It needs a route.' }],
        }),
      ),
    });
    expect(form).toHaveTextContent('It needs a route.');
  });

  it('is said of an entity without a service, with the sources', async () => {
    await renderTab('/canary/new', {
      canaries: demoCanaries({
        canaryOptions: jest
          .fn()
          .mockResolvedValue(canaryOptions({ services: [] })),
      }),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no service to move',
      }),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /Kubernetes/ })).toBeVisible();
  });
});

describe('the form for a service of several clusters', () => {
  const [offered] = canaryOptions().services;
  const both = canaryOptions({
    services: [
      offered,
      { ...offered, service: { ...offered.service, cluster: 'west' } },
    ],
  });
  const inBoth = {
    ...preflight(),
    others: [
      {
        cluster: 'west',
        preflight: preflight({
          checks: [
            {
              code: 'canary-endpoints' as const,
              outcome: 'blocks' as const,
              message: 'v2 has no ready endpoint.',
            },
          ],
        }),
      },
    ],
  };

  it('offers nothing where there is one cluster', async () => {
    const { form } = await show();
    expect(
      within(form).queryByRole('region', { name: 'Clusters' }),
    ).not.toBeInTheDocument();
  });

  it('asks for the chosen clusters in the chosen order, and shows what speaks against each', async () => {
    const { canaries, form } = await show({
      canaryOptions: jest.fn().mockResolvedValue(both),
      previewCanary: jest.fn().mockResolvedValue(inBoth),
    });
    const clusters = within(form).getByRole('region', { name: 'Clusters' });
    await userEvent.click(
      within(clusters).getByRole('checkbox', { name: 'Also in west' }),
    );
    const west = await within(form).findByRole('region', { name: 'In west' });
    expect(west).toHaveTextContent('Blocks: v2 has no ready endpoint.');
    await userEvent.type(within(form).getByLabelText(/^Reason/), 'For all');
    expect(send(form)).toHaveAccessibleDescription(/preflight/i);
    const asked = (order: string) =>
      expect.objectContaining({
        across: { clusters: ['demo', 'west'], order },
      });
    expect(canaries.previewCanary).toHaveBeenLastCalledWith(
      asked('one-after-another'),
      expect.anything(),
    );
    await userEvent.click(
      within(clusters).getByRole('button', { name: /^Order/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'All at once' }),
    );
    await waitFor(() =>
      expect(canaries.previewCanary).toHaveBeenLastCalledWith(
        asked('together'),
        expect.anything(),
      ),
    );
  });
});
