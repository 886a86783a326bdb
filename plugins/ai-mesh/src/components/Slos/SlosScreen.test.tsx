import {
  known,
  unknown,
  type AiMeshApi,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  demoApi,
  modelSlos,
  objectiveStatus,
  renderTab,
  slos,
} from '../../__testUtils__';
import { saveFile } from '../Figures/saveFile';

jest.mock('../Figures/saveFile');

const show = (
  change: Partial<Slos> = {},
  api: Partial<jest.Mocked<AiMeshApi>> = {},
  at = '/slos',
) =>
  renderTab(at, {
    api: demoApi({
      slos: jest.fn().mockImplementation(async () => slos(change)),
      ...api,
    }),
  });

const card = (name: string) => screen.findByRole('region', { name });

it('tells under which names its series were found', async () => {
  const note =
    'Its series were found under other names than the documented ones: kserve_vllm:request_success_total; durations are read in seconds.';
  await show({ dialect: { ...slos().dialect, name: 'vllm', notes: [note] } });
  expect(await screen.findByText(note)).toBeVisible();
});

describe('the objectives', () => {
  it('stand by their budget, the least first; an unknown one is last and not full', async () => {
    await show();
    await card('swift-chat-3.5: Latency');
    const list = screen.getByRole('region', { name: /^Objectives/ });
    expect(
      within(list)
        .getAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent),
    ).toEqual([
      'swift-chat-3.5: Latency',
      'swift-chat-3.5: Availability',
      'sage-chat-4: Availability',
    ]);
  });

  it('are opened by a link to one', async () => {
    await show({}, {}, '/slos?row=demo%2Fsage-chat-4+default-availability');
    const linked = await card('sage-chat-4: Availability');
    expect(screen.getAllByRole('button', { expanded: true })).toEqual([
      within(linked).getByRole('button', { expanded: true }),
    ]);
  });

  it('say that the one of a link is not there any more, and open the worst', async () => {
    await show({}, {}, '/slos?row=demo%2Fgone+default-availability');
    expect(
      await screen.findByText(/that the link is about is not there any more/),
    ).toBeVisible();
    expect(
      within(await card('swift-chat-3.5: Latency')).getByRole('button', {
        expanded: true,
      }),
    ).toBeVisible();
  });

  it('say what is promised, what is kept, and what the alert says', async () => {
    await show();
    const latency = await card('swift-chat-3.5: Latency');
    expect(latency).toHaveTextContent(
      '99% answered within 2 sec over the last 30 day',
    );
    expect(latency).toHaveTextContent('Page');
    for (const name of [
      /^Good events: 99\.35%/,
      'Error budget left: overspent by 30%',
      'Budget spent: is spent',
    ]) {
      expect(within(latency).getByRole('button', { name })).toBeVisible();
    }
    expect(await card('swift-chat-3.5: Availability')).toHaveTextContent(
      'Quiet',
    );
  });

  it('open the worst one: burn rates by windows, precision, source, and from what it was read', async () => {
    await show();
    const latency = await card('swift-chat-3.5: Latency');
    const burns = within(latency).getByRole('table', {
      name: 'Burn rates of swift-chat-3.5: Latency',
    });
    const [, first] = within(burns).getAllByRole('row');
    expect(first).toHaveTextContent('60 min and 5 min20×20×14.4×pagePage');
    expect(latency).toHaveTextContent(/Interpolated: the threshold is not/);
    expect(latency).toHaveTextContent('Read fromrecording rules');
    expect(
      within(latency).getByRole('link', { name: /slos\/chat\.yaml/ }),
    ).toHaveAttribute('href', 'https://git.example.com/slos/chat.yaml');
    expect(within(latency).getByText('Bad events still allowed')).toBeVisible();
  });

  it('open and close by the keyboard', async () => {
    await show();
    const button = within(await card('swift-chat-3.5: Availability')).getByRole(
      'button',
      { name: /^Details of/ },
    );
    expect(button).toHaveAttribute('aria-expanded', 'false');
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(
      screen.getByRole('table', {
        name: 'Burn rates of swift-chat-3.5: Availability',
      }),
    ).toBeVisible();
  });

  it('do not call a budget spent that stands on the last moments of its period', async () => {
    await show({
      models: [
        modelSlos({
          objectives: [
            objectiveStatus({
              budgetLeft: -2.8,
              change: {
                secondsToExhaustion: known(0),
                youngWithinSeconds: 3600,
              },
            }),
          ],
        }),
      ],
    });
    const young = await card('swift-chat-3.5: Availability');
    expect(young).toHaveTextContent(
      'Young: all its events are from the last 60 min of 30 days',
    );
    expect(young).toHaveTextContent('too early to say');
    expect(young).not.toHaveTextContent('is spent');
    expect(young).toHaveTextContent('young: at most 60 min of 30 days');
    expect(young).not.toHaveTextContent('overspent');
    expect(
      within(young).getByText('Bad events still allowed').nextSibling,
    ).toHaveTextContent('too early to say');
    expect(
      within(young).getByRole('figure', { name: /error budget/i }),
    ).toHaveTextContent('Young: all its events');
    expect(within(young).queryByRole('application')).not.toBeInTheDocument();
  });

  it('mark low traffic with its events, and never show an unknown budget as a number', async () => {
    await show();
    const sage = await card('sage-chat-4: Availability');
    expect(sage).toHaveTextContent('Low traffic: rests on 12 events');
    expect(sage).toHaveTextContent('Stopped reporting.');
    expect(
      within(sage).getByRole('button', {
        name: /^Error budget left: unknown\. Nothing happened/,
      }),
    ).toHaveTextContent('–');
  });

  it('stay readable with twenty models, by a filter and a search', async () => {
    const models = Array.from({ length: 20 }, (_, index) =>
      modelSlos({
        model: `model-${index}`,
        objectives: [
          objectiveStatus({
            budgetLeft: index / 20,
            burn: index < 2 ? 20 : 0.5,
          }),
        ],
      }),
    );
    await show({ models });
    await card('model-0: Availability');
    const list = screen.getByRole('region', { name: /^Objectives/ });
    expect(within(list).getAllByRole('listitem')).toHaveLength(20);
    expect(within(list).getAllByRole('table')).toHaveLength(1);
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Find a model' }),
      'MODEL-17',
    );
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.click(screen.getByLabelText('Show'));
    await userEvent.click(screen.getByRole('option', { name: 'Alert firing' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
  });

  it('of the service as a whole stand among them', async () => {
    await show({
      objectives: [
        objectiveStatus({ budgetLeft: -2, objective: { name: 'Checkout' } }),
      ],
    });
    expect(await card('Service as a whole: Checkout')).toBeVisible();
  });
});

describe('the objectives over all clusters', () => {
  const { cluster: _, ...whole } = objectiveStatus();
  const { budgetOverTime, readFrom, ...standing } = whole;
  const across = {
    ...standing,
    model: 'swift-chat-3.5',
    events: known(4000),
    badEvents: known(302),
    sli: known(0.9245),
    budgetLeft: known(-14.1),
    alert: 'page' as const,
    clusters: [
      {
        cluster: 'east',
        sli: known(0.998),
        events: known(1000),
        badEvents: known(2),
      },
      {
        cluster: 'west',
        sli: known(0.9),
        events: known(3000),
        badEvents: known(300),
      },
    ],
  };

  it('stand as wholes, with what each cluster contributes', async () => {
    await show({ acrossClusters: [across] });
    const table = await screen.findByRole('table', {
      name: 'Over all clusters',
    });
    const row = within(table).getByRole('row', { name: /swift-chat-3\.5/ });
    expect(row).toHaveTextContent('Page');
    expect(
      within(row)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'east: 1,000 events, 2 of them bad',
      'west: 3,000 events, 300 of them bad',
    ]);
    expect(
      within(row).getByRole('button', { name: /^Good events: 92\.45%/ }),
    ).toBeVisible();
  });

  it('are no number where a cluster cannot be counted, and say which', async () => {
    const away = unknown('source-unreachable', 'It is away.');
    await show({
      acrossClusters: [
        {
          ...across,
          events: away,
          badEvents: away,
          sli: away,
          budgetLeft: away,
          alert: 'unknown',
          clusters: [
            across.clusters[0],
            { cluster: 'west', sli: away, events: away, badEvents: away },
          ],
        },
      ],
    });
    const table = await screen.findByRole('table', {
      name: 'Over all clusters',
    });
    expect(
      within(table).getByRole('button', { name: /^Good events: unknown/ }),
    ).toHaveTextContent('–');
    expect(
      within(table).getByText(/^west: not known\..*It is away/),
    ).toBeVisible();
  });

  it('are left out where the entity is on one cluster', async () => {
    await show();
    await card('swift-chat-3.5: Latency');
    expect(screen.queryByText('Over all clusters')).not.toBeInTheDocument();
  });
});

describe('the frame', () => {
  it('says in which metrics, from what, and where else to look', async () => {
    await show();
    expect(await screen.findByText(/micrometer, detected\./)).toHaveTextContent(
      'Also present: istio.',
    );
    expect(screen.getByText(/Not installed\. Raw series/)).toBeVisible();
    expect(screen.getByRole('link', { name: /^Grafana/ })).toHaveAttribute(
      'href',
      'https://grafana.example.com/d/chat',
    );
  });

  it('names the place of what could not be read, and shows the rest', async () => {
    await show({
      problems: [
        {
          source: 'slos/chat.yaml',
          line: 12,
          column: 5,
          message: 'target must be below 1.',
        },
        { source: 'aiMesh.slos', message: 'a price has no currency.' },
      ],
    });
    const notice = await screen.findByRole('region', {
      name: '2 problems with the objectives',
    });
    expect(notice).toHaveTextContent(
      'slos/chat.yaml:12:5: target must be below 1.',
    );
    expect(notice).toHaveTextContent('aiMesh.slos: a price has no currency.');
    expect(await card('swift-chat-3.5: Latency')).toBeVisible();
  });

  it('asks for the graphs of another time', async () => {
    const api = { slos: jest.fn().mockImplementation(async () => slos()) };
    const { address } = await show({}, api);
    await card('swift-chat-3.5: Latency');
    await userEvent.click(screen.getByLabelText('History'));
    await userEvent.click(screen.getByRole('option', { name: '30 days' }));
    expect(address()).toContain('history=30d');
    expect(api.slos).toHaveBeenLastCalledWith(
      'component:default/ai-chat-service',
      { window: '30d' },
      expect.anything(),
    );
  });

  it('says what there is where no model reports', async () => {
    await show({ models: [], objectives: [] });
    expect(
      await screen.findByText(/No objective could be found/),
    ).toBeVisible();
    expect(screen.getByText(/No model reports/)).toBeVisible();
  });
});

describe('the downloads', () => {
  const file = {
    fileName: 'ai-chat-service.yaml',
    mediaType: 'application/yaml',
    content: 'groups: []',
  };

  it.each([
    ['Rules for Prometheus', 'sloRules', { format: 'prometheus' }],
    ['Rules for the operator', 'sloRules', { format: 'operator' }],
    ['Grafana dashboard', 'sloDashboard', undefined],
  ] as const)('save %s', async (name, method, request) => {
    const ask = jest.fn().mockResolvedValue(file);
    await show({}, { [method]: ask });
    await userEvent.click(await screen.findByRole('button', { name }));
    expect(
      await screen.findByText('Saved ai-chat-service.yaml.'),
    ).toBeVisible();
    expect(saveFile).toHaveBeenCalledWith(file);
    expect(ask).toHaveBeenCalledWith(
      ...['component:default/ai-chat-service', request].filter(Boolean),
    );
  });

  it('say why nothing was saved', async () => {
    await show(
      {},
      { sloRules: jest.fn().mockRejectedValue(new Error('No objective.')) },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Rules for Prometheus' }),
    );
    expect(
      await screen.findByText('Nothing was saved: No objective.'),
    ).toBeVisible();
  });
});

describe('the models', () => {
  it('stand side by side, with estimates called so and unknown prices without money', async () => {
    await show();
    const table = await screen.findByRole('table', { name: 'Models' });
    const swift = within(table).getByRole('row', { name: /^swift/ });
    expect(
      within(swift).getByRole('button', {
        name: 'Cost per day (estimate): $350.40',
      }),
    ).toBeVisible();
    const sage = within(table).getByRole('row', { name: /^sage/ });
    expect(
      within(sage).getByRole('button', {
        name: /^Cost per day \(estimate\): unknown.*sage-chat-4 has no price/,
      }),
    ).toBeVisible();
    expect(sage).toHaveTextContent('Stopped reporting.');
  });

  it('show one in detail: that of the worst objective, or the chosen one', async () => {
    const { address } = await show();
    expect(
      await screen.findByRole('region', { name: 'Model swift-chat-3.5' }),
    ).toHaveTextContent(/worst pod’s is shown/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Graphs of sage-chat-4' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Model sage-chat-4' }),
    ).toBeVisible();
    expect(address()).toContain('model=demo%2Fsage-chat-4');
  });

  it('name their cluster where there are several', async () => {
    await show({
      models: ['east', 'west'].map(cluster =>
        modelSlos({
          cluster,
          objectives: [objectiveStatus({ change: { cluster } })],
        }),
      ),
    });
    for (const cluster of ['east', 'west']) {
      await userEvent.click(
        await screen.findByRole('button', {
          name: new RegExp(`^Graphs of swift-chat-3.5.*${cluster}`),
        }),
      );
      expect(
        await screen.findByRole('region', {
          name: `Model swift-chat-3.5 on ${cluster}`,
        }),
      ).toBeVisible();
    }
  });

  it('say how loaded their servers are, where those say it', async () => {
    await show({
      models: [
        modelSlos({
          model: 'open-model',
          load: {
            running: known(3),
            waiting: unknown('not-exported', 'No series of it exist.'),
            cacheUse: known(0.42),
          },
        }),
      ],
    });
    const model = await screen.findByRole('region', {
      name: 'Model open-model',
    });
    for (const name of [
      'In work at its servers: 3 requests',
      'KV cache of the fullest server: 42%',
      /^Waiting in their queues: unknown.*No series of it exist/,
    ]) {
      expect(within(model).getByRole('button', { name })).toBeVisible();
    }
  });

  it('have each graph`s values in a table, gaps as gaps', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Values of Requests per second as a table',
      }),
    );
    const table = screen.getByRole('table', {
      name: 'Values of Requests per second',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.lastElementChild?.textContent),
    ).toEqual([
      'Requests per second',
      '8 req/s',
      '8.2 req/s',
      'no value',
      '8.6 req/s',
    ]);
  });

  it('say why a graph has no value', async () => {
    await show({
      models: [
        modelSlos({
          cost: unknown('not-configured', 'No price for swift-chat-3.5.'),
          series: [],
        }),
      ],
    });
    const figure = await screen.findByRole('figure', {
      name: 'Cost per hour (estimate)',
    });
    expect(figure).toHaveTextContent('No price for swift-chat-3.5.');
  });
});

describe('the applications` breakers', () => {
  it('say their state in words, by pods, beside the fallbacks', async () => {
    await show();
    const section = await screen.findByRole('region', {
      name: 'Circuit breakers inside the application',
    });
    expect(
      within(section).getByRole('row', { name: /llm-gateway/ }),
    ).toHaveTextContent('llm-gatewayopen1 open, 3 closedai-services on demo');
    expect(
      within(section).getByRole('button', {
        name: 'Fallback answers: 0.02 req/s',
      }),
    ).toBeVisible();
  });

  it.each([
    [{ breakers: known([]) }, /No breaker of Resilience4j/],
    [
      { breakers: unknown('source-unreachable', 'Start Prometheus.') },
      /did not answer\. Start Prometheus/,
    ],
  ])('%# say why there are none', async (change, text) => {
    await show({
      applicationBreakers: {
        fallbacksPerSecond: unknown('not-exported'),
        ...change,
      },
    });
    const section = await screen.findByRole('region', {
      name: 'Circuit breakers inside the application',
    });
    expect(section).toHaveTextContent(text);
    expect(
      within(section).getByRole('button', {
        name: /Fallback answers: unknown/,
      }),
    ).toBeVisible();
  });
});

it('has no accessibility fault with everything open', async () => {
  const { container } = await show({
    problems: [{ source: 'a.yaml', line: 1, column: 2, message: 'No.' }],
  });
  const details = await screen.findAllByRole('button', { name: /^Details of/ });
  for (const button of details.slice(1)) {
    await userEvent.click(button);
  }
  for (const button of screen.getAllByRole('button', { name: /as a table$/ })) {
    await userEvent.click(button);
  }
  await userEvent.click(
    await screen.findByRole('button', { name: /steps: trace/ }),
  );
  expect(await axe(container)).toHaveNoViolations();
});
