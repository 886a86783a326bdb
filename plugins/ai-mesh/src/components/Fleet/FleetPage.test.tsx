import type {
  AiMeshApi,
  FleetControlPlane,
  FleetHurting,
  FleetRow,
  Health,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  fleetRequestSchema,
  known,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { configApiRef, identityApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  Route,
  Routes,
  useLocation,
  useNavigate,
  type NavigateFunction,
} from 'react-router-dom';
import { demoApi, fleet, fleetHurting, fleetRow } from '../../__testUtils__';
import { aiMeshApiRef } from '../../api';
import { fleetCsv } from './fleetCsv';
import { FleetPage } from './FleetPage';

const saved: { fileName: string; content: string }[] = [];
jest.mock('../Figures/saveFile', () => ({
  saveFile: (file: { fileName: string; content: string }) => saved.push(file),
}));

async function render(
  change: Partial<jest.Mocked<AiMeshApi>> = {},
  at = '/ai-mesh',
  ownershipEntityRefs = ['user:default/olivia', 'group:default/ai-team'],
) {
  const api = demoApi(change);
  let address = '';
  let navigate: NavigateFunction;
  function Address() {
    const { pathname, search } = useLocation();
    address = `${pathname}${search}`;
    navigate = useNavigate();
    return null;
  }
  const { container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [aiMeshApiRef, api],
        [
          configApiRef,
          mockApis.config({
            data: { aiMesh: { documentation: '/docs/mesh' } },
          }),
        ],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/olivia',
            ownershipEntityRefs,
          }),
        ],
      ]}
    >
      <Address />
      <Routes>
        <Route path="/ai-mesh/*" element={<FleetPage />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  const go = (to: string) => act(async () => navigate(to));
  return { api, container, address: () => address, go };
}

const table = () =>
  screen.findByRole('table', { name: 'Services in the mesh' });
const lastQuery = (api: Partial<jest.Mocked<AiMeshApi>>) =>
  api.fleet?.mock.calls.at(-1)?.[0];

describe('the fleet', () => {
  beforeEach(() => {
    // A place for the rows, which jsdom does not lay out.
    for (const size of ['clientHeight', 'clientWidth'] as const) {
      jest.spyOn(Element.prototype, size, 'get').mockReturnValue(600);
    }
  });

  afterEach(() => jest.restoreAllMocks());

  it('shows each entity with its figures, an unknown one as unknown', async () => {
    const { container } = await render();
    const rows = within(await table()).getAllByRole('row');
    expect(rows).toHaveLength(3);
    expect(
      within(rows[1]).getByRole('link', { name: 'ai-chat-service' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/ai-chat-service/ai-mesh',
    );
    expect(
      within(rows[1]).getByRole('button', {
        name: 'Requests per second: 12.4 req/s',
      }),
    ).toBeVisible();
    expect(
      within(rows[1]).getByRole('link', { name: 'Waits for approval' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/ai-chat-service/ai-mesh/canary/c-1',
    );
    expect(
      within(rows[2]).getByRole('button', {
        name: /^Requests per second: unknown\. Nothing happened in the window/,
      }),
    ).toBeVisible();
    expect(screen.getByText('2 of 2')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('calls healthy only what is known not to be slow', async () => {
    const health = (slownessNotKnown?: true): Partial<FleetRow> => ({
      health: { status: 'healthy', message: 'None failed.', slownessNotKnown },
    });
    await render({
      fleet: jest.fn().mockResolvedValue(
        fleet({
          rows: [
            fleetRow('known', health()),
            fleetRow('half-known', health(true)),
          ],
        }),
      ),
    });
    const [, one, other] = within(await table()).getAllByRole('row');
    expect(one).toHaveTextContent('Healthy');
    expect(other).toHaveTextContent('Not failing');
    expect(other).not.toHaveTextContent('Healthy');
  });

  describe('says that no outage starts', () => {
    const banner = (unwell: FleetHurting['unwell'], entities = 9) =>
      render({
        fleetHurting: jest
          .fn()
          .mockResolvedValue(
            fleetHurting({ origins: known([]), unwell, entities }),
          ),
      });
    const unwell = (name: string, status: Health['status']) => ({
      entityRef: `component:default/${name}`,
      health: { status, message: `${name} is ${status}.` },
    });

    it('and beside that what is not well, with links to why, and how much more there is', async () => {
      await banner({
        worst: [
          unwell('pay', 'failing'),
          unwell('cart', 'slow'),
          unwell('shop', 'degraded'),
        ],
        total: 41,
        notKnown: 2,
        slownessNotKnown: 0,
      });
      const region = await screen.findByRole('region', {
        name: 'No outage starts anywhere now, but not every service is well',
      });
      expect(region).toHaveTextContent('pay: pay is failing.');
      expect(region).toHaveTextContent('and 38 more');
      expect(
        within(region).getByRole('link', { name: 'shop' }),
      ).toHaveAttribute(
        'href',
        '/catalog/default/component/shop/ai-mesh/topology',
      );
      expect(screen.queryByText('No outage starts anywhere now')).toBeNull();
    });

    it.each([
      ['where what is known is well', 2, 'No outage starts anywhere now'],
      ['but not where nothing is known', 9, 'Where it hurts is unknown'],
    ])('%s', async (_, notKnown, name) => {
      await banner({ worst: [], total: 0, notKnown, slownessNotKnown: 0 });
      expect(await screen.findByRole('region', { name })).toHaveTextContent(
        `Of ${notKnown} services it is not known how they do.`,
      );
    });

    it.each([
      ['of some', 6, 'No outage starts anywhere now'],
      ['of any', 7, 'No outage starts anywhere by errors now'],
    ])(
      'by errors alone where it is not known %s whether they are slow',
      async (_, slownessNotKnown, name) => {
        await banner({ worst: [], total: 0, notKnown: 2, slownessNotKnown });
        const region = await screen.findByRole('region', { name });
        expect(region).toHaveTextContent(
          `Of 2 services it is not known how they do. Whether ${slownessNotKnown} services are slow is not known.`,
        );
      },
    );

    it('nowhere where no service is shown', async () => {
      await banner(
        { worst: [], total: 0, notKnown: 0, slownessNotKnown: 0 },
        0,
      );
      await screen.findByRole('region', { name: 'A canary waits for you' });
      expect(screen.queryByText(/No outage starts/)).toBeNull();
    });
  });

  it('draws the last hour of each entity, tells all of it in words, and of an unknown one why', async () => {
    const { container } = await render({
      fleet: jest.fn().mockResolvedValue(
        fleet({
          rows: [
            fleetRow('busy'),
            fleetRow('still', {
              trend: known({
                until: '2026-02-20T10:00:00.000Z',
                requestsPerSecond: [0, 0],
                errorRatio: [null, null],
              }),
            }),
            fleetRow('new', {
              trend: unknown('source-unreachable', 'Prometheus is away.'),
            }),
          ],
        }),
      ),
    });
    const [, busy, still, unseen] = within(await table()).getAllByRole('row');
    const line = within(busy).getByRole('img', {
      name: /^The hour until .*: between 8 req\/s and 14 req\/s, at last 12\.4 req\/s\. At most 25\s?% failed within five minutes\. 8\.3\s?% of the hour has no measurement\.$/,
    });
    // The gap parts the line in two, and two of the bars stand for errors.
    expect(line.querySelectorAll('path')).toHaveLength(2);
    expect(line.querySelectorAll('rect')).toHaveLength(2);
    expect(line).toHaveAttribute('tabindex', '0');
    await userEvent.hover(line);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(/^The hour/);
    // Of no requests it is not known that none failed.
    expect(
      within(still).getByRole('img', {
        name: /^The hour until .*: between 0 req\/s and 0 req\/s, at last 0 req\/s\.$/,
      }),
    ).toBeVisible();
    expect(within(unseen).getByText('unknown')).toHaveAttribute(
      'title',
      expect.stringContaining('Prometheus is away.'),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says where it hurts now, and which canary waits for the reader', async () => {
    await render();
    const hurts = await screen.findByRole('region', {
      name: 'Where it hurts now',
    });
    expect(hurts).toHaveTextContent(
      /api\.fast-model\.example \(demo\): 40% of 900 requests failed\. It is outside the mesh\. 3 others suffer from it: ai-chat-service/,
    );
    const waits = screen.getByRole('region', {
      name: 'A canary waits for you',
    });
    expect(
      within(waits).getByRole('link', { name: /^Canary of/ }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/ai-chat-service/ai-mesh/canary/c-1',
    );
  });

  it('says that nothing fails only where that is known', async () => {
    await render({
      fleetHurting: jest
        .fn()
        .mockResolvedValue(
          fleetHurting({ origins: known([]), canaries: known([]) }),
        ),
    });
    expect(
      await screen.findByRole('region', {
        name: 'No outage starts anywhere now',
      }),
    ).toBeVisible();
  });

  it('says that where it hurts could not be had anew, beside how old it is', async () => {
    await render({
      fleetHurting: jest
        .fn()
        .mockResolvedValueOnce(
          fleetHurting({ origins: known([]), canaries: known([]) }),
        )
        .mockRejectedValue(new Error('The database of the catalog is away.')),
    });
    const none = { name: 'No outage starts anywhere now' };
    await screen.findByRole('region', none);
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database of the catalog is away.');
    expect(alert).toHaveTextContent(/ago/);
    expect(screen.getByRole('region', none)).toBeVisible();
  });

  it('says how many canaries it does not list', async () => {
    await render({
      fleetHurting: jest
        .fn()
        .mockResolvedValue(fleetHurting({ moreCanaries: 50 })),
    });
    expect(
      await screen.findByText('There are 50 more, which are not shown.'),
    ).toBeVisible();
  });

  it('says why it is unknown where it hurts, and names nothing that is hidden', async () => {
    await render({
      fleetHurting: jest.fn().mockResolvedValue(
        fleetHurting({
          origins: unknown('source-unreachable', 'Prometheus is away.'),
          canaries: unknown('source-unreachable', 'The database is away.'),
        }),
      ),
    });
    expect(
      await screen.findByRole('region', { name: 'Where it hurts is unknown' }),
    ).toHaveTextContent(/unknown\s*Prometheus is away\.$/);
    expect(
      screen.getByRole('region', { name: 'Whether canaries wait is unknown' }),
    ).toHaveTextContent('The database is away.');
    expect(screen.queryByText('No outage starts anywhere now')).toBeNull();
  });

  it('names an origin that may not be seen as such', async () => {
    await render({
      fleetHurting: jest.fn().mockResolvedValue(
        fleetHurting({
          origins: known([
            { confidence: 'possible', suffering: { count: 1, entityRefs: [] } },
          ]),
        }),
      ),
    });
    expect(
      await screen.findByRole('region', { name: 'Where it hurts now' }),
    ).toHaveTextContent(
      'Something that you may not see (possibly) 1 other suffers from it:',
    );
  });

  it('says which budgets and certificates end, what a control plane lacks, and how old that is', async () => {
    const { container } = await render();
    const tile = (name: string) => screen.findByRole('region', { name });
    const budgets = await tile('Budgets that end');
    expect(budgets).toHaveTextContent(
      /1 found.*ai-chat-service: .*20.* left, burns .*15.*Of 1 service it is not known\./,
    );
    expect(
      within(budgets).getByRole('link', { name: 'ai-chat-service' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/ai-chat-service/ai-mesh/slos',
    );
    expect(await tile('Certificates that end')).toHaveTextContent(
      /ends in \d+ minutes \(its renewal is overdue\)/,
    );
    expect(await tile('Control planes')).toHaveTextContent(
      /Trouble.*demo: the root certificate ends in 12 days.*demo: 3 proxies rejected their routes/,
    );
    expect(screen.getByText(/^Facts are stored: the newest/)).toHaveTextContent(
      /the newest .* ago, the oldest .* ago\. Of 1 service nothing is stored yet\./,
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, number, number, string]>([
    ['that nothing ends', 0, 0, '0 found'],
    ['that it is not known, which is no good news', 0, 2, 'unknown'],
    ['what ends, though the rest is not known', 1, 1, '1 found'],
  ])('says %s', async (_, total, notKnown, mark) => {
    await render({
      fleetHurting: jest.fn().mockResolvedValue(
        fleetHurting({
          budgets: { ending: [], total, notKnown, young: 0 },
        }),
      ),
    });
    const budgets = await screen.findByRole('region', {
      name: 'Budgets that end',
    });
    expect(within(budgets).getByText(mark)).toBeVisible();
    expect(within(budgets).queryByText('0 found') !== null).toBe(
      total === 0 && notKnown === 0,
    );
  });

  it('calls no budget spent of whose period there is next to nothing', async () => {
    const young = { withinSeconds: 3600, periodSeconds: 2_592_000 };
    await render(
      {
        fleetHurting: jest.fn().mockResolvedValue(
          fleetHurting({
            budgets: {
              ending: [
                {
                  entityRef: 'component:default/ai-chat-service',
                  young,
                  burnRate: 15,
                },
              ],
              total: 1,
              notKnown: 2,
              young: 2,
            },
          }),
        ),
        fleet: jest.fn().mockResolvedValue(
          fleet({
            rows: [
              fleetRow('chat', {
                facts: {
                  ...fleetRow('chat').facts,
                  budgetLeft: { status: 'unknown', reason: 'young', young },
                },
              }),
            ],
          }),
        ),
      },
      '/ai-mesh?columns=budget',
    );
    const budgets = await screen.findByRole('region', {
      name: 'Budgets that end',
    });
    expect(budgets).toHaveTextContent(
      /young \(at most 60 min of 30 days\), burns .*15.*Of 2 services it is not known\. 2 of them are young/,
    );
    const cell = within(await table()).getByRole('cell');
    expect(cell).toHaveTextContent(/^young$/);
    expect(
      within(cell).getByTitle(/^all its events are from the last 60 min/),
    ).toBeVisible();
  });

  it.each<[string, Partial<FleetControlPlane>, string]>([
    ['No trouble', {}, 'Control planesNo trouble'],
    [
      'unknown',
      { root: unknown('not-exported', 'Istiod is not scraped.') },
      'root certificate ends is not known. Nothing exports this metric. Istiod is not scraped.',
    ],
    [
      'Trouble',
      {
        root: unknown('not-exported', 'Istiod is not scraped.'),
        rejecting: known([{ part: 'clusters', proxies: 1 }]),
      },
      '1 proxy rejected its clusters',
    ],
  ])('says of a control plane: %s', async (mark, change, words) => {
    await render({
      fleetHurting: jest.fn().mockResolvedValue(
        fleetHurting({
          controlPlanes: [
            {
              cluster: 'demo',
              root: known({
                expiresAt: '2036-01-01T00:00:00.000Z',
                secondsLeft: 3e8,
                status: 'ok',
              }),
              rejecting: known([]),
              ...change,
            },
          ],
        }),
      ),
    });
    const plane = await screen.findByRole('region', { name: 'Control planes' });
    expect(within(plane).getByText(mark)).toBeVisible();
    expect(plane).toHaveTextContent(words);
  });

  it('asks where it hurts of what meets the filters', async () => {
    const { api } = await render(
      {},
      '/ai-mesh?owner=mine&system=system:default/assistant&level=gold&model=swift&sort=rate',
    );
    await table();
    const asked = {
      owner: 'user:default/olivia,group:default/ai-team',
      system: 'system:default/assistant',
      level: 'gold',
      model: 'swift',
    };
    await waitFor(() =>
      expect(api.fleetHurting?.mock.calls.at(-1)?.[0]).toEqual({
        ...asked,
        search: undefined,
        failing: undefined,
        cluster: undefined,
        namespace: undefined,
      }),
    );
    expect(lastQuery(api)).toMatchObject({ ...asked, sort: 'rate' });
    expect(
      screen.getByText('Which models 1 service calls is not known.'),
    ).toBeVisible();
  });

  it('sorts, searches and filters, and keeps that in the address', async () => {
    const { api, address } = await render();
    await userEvent.click(
      within(await table()).getByRole('button', { name: 'Requests' }),
    );
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({ sort: 'rate', order: 'desc' }),
    );
    await userEvent.click(
      within(await table()).getByRole('button', { name: 'Requests' }),
    );
    await waitFor(() => expect(lastQuery(api)?.order).toBe('asc'));
    await userEvent.type(screen.getByLabelText('Search'), 'chat');
    await waitFor(() => expect(lastQuery(api)?.search).toBe('chat'));
    await userEvent.click(screen.getByLabelText('Owner'));
    await userEvent.click(await screen.findByRole('option', { name: 'Mine' }));
    await waitFor(() =>
      expect(lastQuery(api)?.owner).toBe(
        'user:default/olivia,group:default/ai-team',
      ),
    );
    await userEvent.click(screen.getByLabelText('Failing or slow now'));
    await waitFor(() => expect(lastQuery(api)?.failing).toBe('true'));
    expect(address()).toBe(
      '/ai-mesh?sort=rate&order=asc&search=chat&owner=mine&failing=true',
    );
  });

  it('says in the field what is searched for, whatever link is followed meanwhile', async () => {
    const { api, address, go } = await render({}, '/ai-mesh?search=chat');
    await table();
    const field = screen.getByLabelText('Search');
    expect(field).toHaveValue('chat');
    // As the menu's way to the page does.
    await go('/ai-mesh');
    expect(field).toHaveValue('');
    await waitFor(() => expect(lastQuery(api)?.search).toBeUndefined());
    await go('/ai-mesh?search=llm');
    expect(field).toHaveValue('llm');
    await userEvent.type(field, '-gateway');
    await waitFor(() => expect(address()).toBe('/ai-mesh?search=llm-gateway'));
    expect(field).toHaveValue('llm-gateway');
  });

  it('takes what a link says, and nothing that it does not understand', async () => {
    const { api } = await render(
      {},
      '/ai-mesh?sort=colour&order=up&owner=group:default/gone&columns=rate,nonsense',
    );
    const headings = within(await table()).getAllByRole('columnheader');
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Entity',
      'Requests',
    ]);
    expect(lastQuery(api)).toMatchObject({
      sort: 'health',
      order: undefined,
      owner: 'group:default/gone',
    });
  });

  it.each([
    ['owner', 'Owner'],
    ['system', 'System'],
    ['cluster', 'Cluster'],
    ['namespace', 'Namespace'],
    ['level', 'Level'],
    ['model', 'Model'],
  ])(
    'shows the filter by %s that a link came with, also where there is nothing to choose from, so that it can be taken back',
    async (filter, label) => {
      const { facets } = fleet();
      const { address } = await render(
        {
          fleet: jest.fn().mockResolvedValue(
            fleet({
              rows: [],
              total: 0,
              facets: {
                ...facets,
                ...{ owners: [], systems: [], models: [], levels: [] },
                ...{ clusters: [], namespaces: [] },
              },
            }),
          ),
        },
        `/ai-mesh?${filter}=gone`,
      );
      const chosen = await screen.findByLabelText(label);
      expect(chosen).toHaveTextContent('gone');
      await userEvent.click(chosen);
      await userEvent.click(await screen.findByRole('option', { name: 'All' }));
      await waitFor(() => expect(address()).toBe('/ai-mesh'));
    },
  );

  it('shows and hides columns', async () => {
    const { address } = await render();
    await table();
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(
      screen.getByRole('menuitemcheckbox', { name: 'System' }),
    );
    await waitFor(() =>
      expect(address()).toContain(
        'columns=owner%2Csystem%2Chealth%2Crate%2Cerrors%2Cp95%2Ctrend%2Cmtls%2Ccanary%2Cfindings%2Clevel',
      ),
    );
  });

  it('groups by owner or system, folds groups by the keyboard, and keeps both in the address', async () => {
    const { api, container, address } = await render(
      {
        fleet: jest.fn().mockResolvedValue(
          fleet({
            rows: [
              fleetRow('chat', { systems: ['system:default/assistant'] }),
              fleetRow('lonely', { systems: [] }),
            ],
          }),
        ),
      },
      '/ai-mesh?group=system',
    );
    const shown = await table();
    expect(lastQuery(api)).toMatchObject({ sort: 'system', order: undefined });
    const heading = within(shown).getByRole('button', { name: 'assistant' });
    expect(heading).toHaveAttribute('aria-expanded', 'true');
    expect(heading.closest('tr')).toHaveTextContent('1 service, 0 fail');
    expect(
      within(shown).getByRole('button', { name: 'In no system' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    heading.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(address()).toContain('closed=system%3Adefault%2Fassistant'),
    );
    expect(
      within(shown).queryByRole('link', { name: 'chat' }),
    ).not.toBeInTheDocument();
    expect(within(shown).getByRole('link', { name: 'lonely' })).toBeVisible();
    await userEvent.click(
      within(shown).getByRole('button', {
        name: 'Where it hurts here: assistant',
      }),
    );
    await waitFor(() =>
      expect(api.fleetHurting?.mock.calls.at(-1)?.[0]).toMatchObject({
        system: 'system:default/assistant',
      }),
    );
    // An order of one's own is without groups.
    await userEvent.click(
      within(await table()).getByRole('button', { name: 'Requests' }),
    );
    await waitFor(() => expect(address()).not.toContain('group='));
    expect(address()).not.toContain('closed=');
  });

  it('shows how an entity does, whose it is and what it consists of', async () => {
    await render(
      {
        fleet: jest.fn().mockResolvedValue(
          fleet({
            rows: [
              fleetRow('chat', {
                encryption: known({
                  share: 0.75,
                  encryptedPerSecond: 9,
                  plaintextPerSecond: 3,
                }),
              }),
              ...fleet().rows.slice(1),
            ],
          }),
        ),
      },
      '/ai-mesh?columns=owner,system,health,rate,errors,p95,mtls,canary,services',
    );
    const [heads, chat, quiet] = within(await table()).getAllByRole('row');
    const texts = (row: HTMLElement, role: 'cell' | 'columnheader' = 'cell') =>
      within(row)
        .getAllByRole(role)
        .map(({ textContent }) => textContent);
    expect(texts(heads, 'columnheader')).toEqual([
      ...['Entity', 'Owner', 'System', 'Health', 'Requests', 'Errors', 'p95'],
      ...['mTLS', 'Canary', 'Services'],
    ]);
    expect(texts(chat)).toEqual([
      'ai-team',
      'assistant',
      expect.stringContaining('Healthy'),
      '12.4 req/s',
      expect.stringMatching(/^0\.4\s?%/),
      '820 ms',
      expect.stringMatching(/partly|mixed/i),
      'None',
      'demo/ai-services/chat',
    ]);
    const [, , , ...unknowns] = texts(quiet).slice(0, 6);
    expect(unknowns).toEqual(['–', '–', '–']);
  });

  it('shows what is stored of an entity, and of what is not known that it is not', async () => {
    await render({}, '/ai-mesh?columns=findings,level,budget,burn,cost,models');
    const [, chat, quiet] = within(await table()).getAllByRole('row');
    const texts = (row: HTMLElement) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent);
    expect(texts(chat)).toEqual([
      '2 high, 1 medium',
      'Silver',
      expect.stringMatching(/^42\s?%$/),
      expect.stringContaining('1.5'),
      expect.stringContaining('12.5'),
      '3',
    ]);
    const quietTexts = texts(quiet);
    expect(quietTexts[1]).toContain('Gold');
    expect(quietTexts.filter((_, index) => index !== 1)).toEqual(
      Array(5).fill('unknown'),
    );
    await userEvent.hover(within(chat).getByText('3'));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'deep, fast, swift',
    );
  });

  it('filters by level', async () => {
    const { api } = await render({}, '/ai-mesh?level=silver');
    await table();
    expect(lastQuery(api)).toMatchObject({ level: 'silver' });
  });

  it('asks for nobody’s services where the reader owns nothing', async () => {
    const { api } = await render({}, '/ai-mesh?owner=mine', []);
    await table();
    expect(lastQuery(api)).toMatchObject({ owner: 'mine' });
  });

  it('exports every row that meets the filters, by name, so that none moves between two pages', async () => {
    const asked: string[] = [];
    const second = fleet({ rows: [fleetRow('second')] });
    const { api } = await render({
      fleet: jest.fn(async (query = {}) => {
        // As the backend reads it.
        const { cursor, sort, order } = fleetRequestSchema.parse(query);
        asked.push(`${sort} ${order}`);
        return cursor ? second : fleet({ next: 'n', total: 3 });
      }) as never,
    });
    await table();
    api.fleet?.mockClear();
    saved.length = 0;
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const lines = saved[0].content.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(asked.slice(-2)).toEqual(['name asc', 'name asc']);
    expect(lines[1]).toContain('component:default/ai-chat-service');
    expect(lines[1]).toContain(',12.4,0.004,820,1,requested');
    // Unknown is nothing, not zero.
    expect(lines[2]).toContain(
      ',unknown,No requests in the window.,,,,,none,,,,,,,,,,',
    );
    expect(lines[1]).toMatch(
      /,requested,2,1,silver,0\.42,1\.5,12\.5,USD,3,deep fast swift,2026-02-20T10:00:00\.000Z$/,
    );
  });

  it('asks for no more rows at once than there may be, and shows none twice that moved between two pages', async () => {
    const all = Array.from({ length: 450 }, (_, index) =>
      fleetRow(`service-${index}`),
    );
    const { api } = await render({
      fleet: jest.fn(async (query = {}) => {
        const { limit, cursor = '0' } = fleetRequestSchema.parse(query);
        // One row is one place later by the time of the next page.
        const from = Math.max(0, Number(cursor) - 1);
        const to = Number(cursor) + limit;
        return fleet({
          rows: all.slice(from, to),
          total: all.length,
          ...(to < all.length && { next: String(to) }),
        });
      }) as never,
    });
    await table();
    api.fleet?.mockClear();
    saved.length = 0;
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    const entities = saved[0].content
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(',')[0]);
    expect(entities).toEqual(all.map(({ entityRef }) => entityRef));
    // What the page asks for meanwhile is not by name.
    const exported = jest
      .mocked(api.fleet!)
      .mock.calls.filter(([query]) => query?.sort === 'name');
    expect(exported).toHaveLength(3);
  });

  it('draws the rows in sight alone', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      fleetRow(`service-${index}`),
    );
    await render({
      fleet: jest
        .fn()
        .mockResolvedValue(fleet({ rows, total: 1000, all: 1000 })),
    });
    const shown = await table();
    expect(shown).toHaveAttribute('aria-rowcount', '1001');
    const drawn = within(shown).getAllByRole('row');
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.length).toBeLessThan(60);
    expect(drawn[1]).toHaveAttribute('aria-rowindex', '2');
  });

  it.each<[string, Partial<jest.Mocked<AiMeshApi>>, string]>([
    [
      'there is nothing',
      {
        fleet: jest
          .fn()
          .mockResolvedValue(fleet({ rows: [], total: 0, all: 0 })),
      },
      'No entity that you may see is in a mesh',
    ],
    [
      'nothing is left',
      { fleet: jest.fn().mockResolvedValue(fleet({ rows: [], total: 0 })) },
      'Nothing meets the search and the filters.',
    ],
    [
      'it cannot be had',
      { fleet: jest.fn().mockRejectedValue(new Error('The catalog is away')) },
      'The list could not be had',
    ],
  ])('says so where %s', async (_, change, words) => {
    await render(change);
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('leads to the contested Services', async () => {
    await render();
    await userEvent.click(
      screen.getByRole('link', { name: 'Contested Services' }),
    );
    expect(await screen.findByText('No Service is contested')).toBeVisible();
  });

  it.each([
    ['', 'fleet/'],
    ['/findings', 'fleet/'],
    ['/models', 'fleet/'],
    ['/contested', 'ownership/'],
  ])('links at /ai-mesh%s to its documentation', async (below, page) => {
    await render({}, `/ai-mesh${below}`);
    expect(
      screen.getByRole('link', { name: 'Documentation of this screen' }),
    ).toHaveAttribute('href', `/docs/mesh/${page}`);
  });
});

describe('the table for a spreadsheet', () => {
  it.each<[string, Partial<FleetRow>, string]>([
    [
      'a formula',
      { title: '=HYPERLINK("http://x")' },
      `"'=HYPERLINK(""http://x"")"`,
    ],
    ['a line break', { title: 'a\nb' }, '"a\nb"'],
    ['a comma', { title: 'a,b' }, '"a,b"'],
  ])('holds %s without harm', (_, change, cell) => {
    const csv = fleetCsv([fleetRow('chat', change)]);
    expect(csv).toContain(`component:default/chat,${cell},`);
  });
});
