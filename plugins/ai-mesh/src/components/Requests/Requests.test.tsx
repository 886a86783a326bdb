import type { FixRequest, FixRequests } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import {
  canaryDetails,
  demoApi,
  demoCanaries,
  fixRequest,
  fixRequests,
  mtls,
  renderTab,
  security,
  serviceSecurity,
} from '../../__testUtils__';

const promoted = canaryDetails({ state: 'promoted', check: undefined });

/** Each screen that has them, with what it asks for. */
const screens = [
  ['/security', { kind: 'strict' }],
  ['/slos', { kind: 'rules' }],
  [`/canary/${promoted.id}`, { kind: 'canary', canary: promoted.id }],
] as const;

async function show(
  at: string,
  answer: Partial<FixRequests> | Error,
  readiness = mtls().readiness,
) {
  const ask = jest.fn().mockImplementation(async () => {
    if (answer instanceof Error) {
      throw answer;
    }
    return fixRequests(answer);
  });
  const rendered = await renderTab(at, {
    api: demoApi({
      fixRequests: ask,
      security: jest.fn().mockResolvedValue(
        security({
          services: [serviceSecurity({ mtls: mtls({ readiness }) })],
        }),
      ),
    }),
    canaries: demoCanaries({ canary: jest.fn().mockResolvedValue(promoted) }),
  });
  return { ...rendered, ask };
}

const list = () => screen.findByRole('list', { name: 'Pull requests' });

describe.each(screens)('%s', (at, asked) => {
  it('shows what became of its pull requests, and how the cluster is', async () => {
    const { ask, container } = await show(at, {
      requests: [fixRequest({ kind: asked.kind })],
      moreRequests: 3,
    });
    const requests = await list();
    expect(requests).toHaveTextContent(
      /Merged.*PeerAuthentication ai-chat-service on demo: ?not applied in the cluster/,
    );
    expect(
      within(requests).getByRole('link', { name: /deployments\/pull\/7/ }),
    ).toHaveAttribute('href', 'https://github.com/acme/deployments/pull/7');
    expect(screen.getByText(/3 more/)).toBeVisible();
    expect(ask).toHaveBeenCalledWith(
      'component:default/ai-chat-service',
      asked,
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says nothing where there are none', async () => {
    const { ask } = await show(at, {});
    await screen.findAllByRole('heading', { level: 2 });
    expect(ask).toHaveBeenCalled();
    expect(screen.queryByText(/Pull requests/)).not.toBeInTheDocument();
  });

  it('does not take for none what cannot be read', async () => {
    await show(at, { requests: undefined, requestsUnknown: 'away' });
    expect(
      await screen.findByText(/Pull requests cannot be shown/),
    ).toBeVisible();
  });

  it('says why where the backend refuses', async () => {
    await show(at, new Error('Failed to fetch'));
    expect(
      await screen.findByRole('region', {
        name: 'Pull requests could not be read',
      }),
    ).not.toHaveTextContent(/read$/);
  });
});

const known = (value: 'open' | 'conflicting' | 'merged' | 'closed') => ({
  status: 'known' as const,
  value,
  at: '2026-01-01T00:00:00.000Z',
});
const [{ object }] = fixRequest().objects;

it.each<[FixRequest['state'], FixRequest['objects'][number], RegExp]>([
  [
    known('open'),
    { object, standing: 'absent' },
    /Open.*: ?not in the cluster/,
  ],
  [
    known('open'),
    { object, standing: 'differs' },
    /Open.*: ?otherwise in the cluster/,
  ],
  [
    known('conflicting'),
    { object, standing: 'differs' },
    /Open, and conflicts with.*: ?otherwise in the cluster/,
  ],
  [
    known('merged'),
    { object, standing: 'differs' },
    /Merged.*: ?not applied in the cluster/,
  ],
  [
    known('merged'),
    { object, standing: 'applied' },
    /Merged.*: ?applied in the cluster/,
  ],
  [
    known('closed'),
    { object, standing: 'absent' },
    /Closed without being merged.*: ?not in the cluster/,
  ],
  [
    {
      status: 'unknown',
      reason: 'unreachable',
      message: 'github.com did not answer within 5 s.',
    },
    { object, standing: 'unknown', message: 'Cluster shop is silent.' },
    /State not known.*did not answer within 5 s.*not known in the cluster: ?Cluster shop is silent\./,
  ],
])('tells apart %j and %j', async (state, one, words) => {
  await show('/security', {
    requests: [fixRequest({ state, objects: [one] })],
  });
  expect(await list()).toHaveTextContent(words);
});

it('says of a file of rules that the cluster does not tell', async () => {
  await show('/slos', {
    requests: [fixRequest({ kind: 'rules', objects: [] })],
  });
  expect(await list()).toHaveTextContent(
    /whether Prometheus has taken it is not known here/,
  );
});

it('shows them beside a service that is STRICT by now, and none of other namespaces', async () => {
  const elsewhere = { ...object, namespace: 'other', name: 'elsewhere' };
  await show(
    '/security',
    {
      requests: [
        fixRequest({
          objects: [
            { object, standing: 'applied' },
            { object: elsewhere, standing: 'absent' },
          ],
        }),
        fixRequest({
          id: 'r2',
          url: 'https://github.com/acme/deployments/pull/8',
          objects: [{ object: elsewhere, standing: 'absent' }],
        }),
      ],
    },
    { status: 'strict' },
  );
  const requests = await list();
  expect(within(requests).getAllByRole('listitem')).toHaveLength(1);
  expect(requests).not.toHaveTextContent('elsewhere');
});

it('shows none beside a moment that has passed', async () => {
  await show('/security?at=2026-01-01T00:00:00.000Z', {
    requests: [fixRequest()],
  });
  await screen.findAllByRole('heading', { level: 2 });
  expect(screen.queryByText('Pull requests')).not.toBeInTheDocument();
});
