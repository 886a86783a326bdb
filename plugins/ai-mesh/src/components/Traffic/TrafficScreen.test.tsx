import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { demoApi, renderTab, routes, serviceRoutes } from '../../__testUtils__';

const show = (change: Parameters<typeof serviceRoutes>[0] = {}) =>
  renderTab('/traffic', {
    api: demoApi({
      routes: jest
        .fn()
        .mockImplementation(async () =>
          routes({ services: [serviceRoutes(change)] }),
        ),
    }),
  });

const rule = (name: string | RegExp) => screen.findByRole('article', { name });

describe('the rules', () => {
  it('come from top to bottom', async () => {
    await show();
    const rules = await screen.findAllByRole('article');
    expect(
      rules.map(one => within(one).getByRole('heading').textContent),
    ).toEqual(['Rule 1', 'Rule 2: tests', 'Rule 3', 'Rule 4']);
  });

  it.each([
    ['Rule 1', 'When header x-user-tier is vip'],
    [
      'Rule 2: tests',
      'When header x-testing is true and method is POSTor when header x-synthetic is present',
    ],
    ['Rule 3', 'Every request'],
    ['Rule 4', 'Never reached: Rule 3 matches every request.'],
  ])('%s says when it applies: %s', async (name, text) => {
    await show();
    expect(await rule(name)).toHaveTextContent(text);
  });

  it('lead to the form for a canary, or say that the portal may only read', async () => {
    const { unmount } = await show();
    const name = /^Start a canary on rule/;
    expect(await screen.findAllByRole('link', { name })).not.toHaveLength(0);
    unmount();
    await show({ readOnly: true });
    expect(
      await screen.findAllByText(/^The portal may only read the cluster/),
    ).not.toHaveLength(0);
    expect(screen.queryByRole('link', { name })).toBeNull();
  });

  it('show the split as a bar with its parts in words, and as a table', async () => {
    await show();
    const split = await rule('Rule 3');
    expect(
      within(split).getByRole('img', { name: 'Split: v1 90%, v2 10%' }),
    ).toBeVisible();
    const table = within(split).getByRole('table', {
      name: 'Destinations of rule 3',
    });
    expect(
      within(table).getByRole('row', { name: /subset v2/ }),
    ).toHaveTextContent(
      'ai-chat-service, subset v2labels version=v210%1 of 1 ready1.2 req/s4%6.4 sec',
    );
  });

  it.each([
    [999, 1, 'Split: v1 99.9%, v2 0.1%'],
    [100_000, 1, 'Split: v1 >99.9%, v2 <0.1%'],
    [1, 2, 'Split: v1 33.3%, v2 66.7%'],
  ])(
    'never round a share away: weights %s and %s',
    async (stable, canary, name) => {
      const { rules } = serviceRoutes();
      const of = (weight: number) => ({
        weight,
        weightPercent: (weight * 100) / (stable + canary),
      });
      const [v1, v2] = rules[2].destinations;
      await show({
        rules: [
          {
            ...rules[2],
            destinations: [
              { ...v1, ...of(stable) },
              { ...v2, ...of(canary) },
            ],
          },
        ],
      });
      expect(await screen.findByRole('img', { name })).toBeVisible();
    },
  );

  it('say what is wrong with a destination, and nothing that was not seen', async () => {
    await show();
    const tests = await rule('Rule 2: tests');
    expect(tests).toHaveTextContent(
      'Subset v3 is not defined by a DestinationRule.',
    );
    expect(
      within(tests).getByRole('button', {
        name: /^Requests per second: unknown\. Nothing happened/,
      }),
    ).toHaveTextContent('–');
  });

  it.each([
    ['Rule 1', 'Timeout30 sec'],
    [
      'Rule 1',
      'Retries2 attempts; each at most 25 sec; on gateway-error, connect-failure',
    ],
    ['Rule 2: tests', 'Fault injection10% are delayed by 2 sec'],
    ['Rule 2: tests', 'Mirrored5% also to ai-chat-shadow'],
    ['Rule 4', 'Timeoutnone: waits for as long as it takes'],
    [
      'Rule 4',
      'Retries2 attempts; on connect-failure, refused-stream; the mesh’s default; the route sets none',
    ],
  ])('%s says what happens on the way: %s', async (name, text) => {
    await show();
    expect(await rule(name)).toHaveTextContent(text);
  });

  it('may be none', async () => {
    const { container } = await show({ rules: [], breakers: [], notes: [] });
    expect(
      await screen.findByText(/No object routes this service/),
    ).toBeVisible();
    expect(screen.getByText(/No DestinationRule sets/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('come with what routing stumbles on', async () => {
    await show();
    expect(
      await screen.findByRole('region', {
        name: 'What to know about these routes',
      }),
    ).toHaveTextContent('Two VirtualServices route this host');
  });
});

describe('the circuit breaker', () => {
  it('shows its settings, by Istio’s names, beside its live state', async () => {
    await show();
    const settings = await screen.findByRole('table', { name: 'Settings' });
    expect(
      within(settings).getByRole('row', { name: /^http1MaxPendingRequests/ }),
    ).toHaveTextContent('http1MaxPendingRequests5030');
    expect(
      within(settings).getByRole('row', { name: /^baseEjectionTime/ }),
    ).toHaveTextContent('baseEjectionTime60 secnot set');
    expect(
      within(settings).queryByRole('row', { name: /^maxRetries/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('closed')).toBeVisible();
    expect(
      screen.getByRole('button', {
        name: /^Hosts ejected now: unknown\. Nothing exports/,
      }),
    ).toHaveTextContent('–');
  });
});

describe('an object’s YAML', () => {
  it('opens read-only with the rule marked, and closes by Escape', async () => {
    const user = userEvent.setup();
    await show();
    await user.click(
      within(await rule('Rule 3')).getByRole('button', {
        name: 'Open VirtualService ai-chat-service as YAML',
      }),
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'VirtualService ai-chat-service',
    });
    expect(drawer).toHaveTextContent('ai-services on demo, read only');
    expect(drawer).toHaveTextContent('spec.http[2]');
    expect(
      within(drawer).getByRole('group', {
        name: 'YAML of VirtualService ai-chat-service',
      }),
    ).toHaveTextContent('kind: VirtualService');
    expect(
      within(drawer).getByRole('button', { name: 'Copy YAML' }),
    ).toBeVisible();
    expect(await axe(drawer)).toHaveNoViolations();
    await user.keyboard('{Escape}');
    expect(drawer).not.toBeVisible();
  });

  it('says so where the answer does not hold the object', async () => {
    const user = userEvent.setup();
    await show({ objects: [] });
    await user.click(
      within(await rule('Rule 1')).getByRole('button', { name: /as YAML$/ }),
    );
    expect(
      await screen.findByText('This object is not part of the answer.'),
    ).toBeVisible();
  });
});
