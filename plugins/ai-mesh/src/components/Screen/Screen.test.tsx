import {
  known,
  refusalOf,
  unknown,
  type AiMeshApi,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { renderInTestApp } from '@backstage/test-utils';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Settings } from 'luxon';
import {
  answer,
  canaryDetails,
  demoApi,
  foundNothing,
  OBSERVED_AT,
  overview,
  renderTab,
  topology,
} from '../../__testUtils__';
import { FailureState } from '../States';

const failure = (status: number, name: string, message: string) =>
  refusalOf(
    Response.json(
      { error: { name, message }, response: { statusCode: status } },
      { status },
    ),
  );

const rejecting = (error: () => Promise<Error>): Partial<AiMeshApi> => {
  const reject = async () => {
    throw await error();
  };
  return {
    overview: reject,
    topology: reject,
    routes: reject,
    security: reject,
    slos: reject,
    review: reject,
    scorecard: reject,
  };
};

const screens = [
  'overview',
  'topology',
  'traffic',
  'security',
  'slos',
  'review',
  'scorecard',
];

describe.each(screens)('the screen %s', name => {
  it('shows a skeleton before the first answer', async () => {
    const never = () => new Promise<never>(() => {});
    const { container } = await renderTab(`/${name}`, {
      api: {
        overview: never,
        topology: never,
        routes: never,
        security: never,
        slos: never,
        review: never,
        scorecard: never,
      },
    });
    expect(
      await screen.findByRole('status', { name: 'Loading the mesh' }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, () => Promise<Error>, RegExp, RegExp]>([
    [
      'forbidden',
      () => failure(403, 'NotAllowedError', 'Policy says no'),
      /You may not see/,
      /ai-mesh\.read on component:default\/ai-chat-service.*Policy says no/,
    ],
    [
      'without a backend',
      () => refusalOf(new Response(null, { status: 404 })),
      /backend is not installed/,
      /backend\.add\(import\('@ai-mesh\/plugin-ai-mesh-backend'\)\)/,
    ],
    [
      'unreachable',
      async () => new TypeError('Failed to fetch'),
      /backend does not answer/,
      /tries again by itself.*Failed to fetch/,
    ],
    [
      'badly annotated',
      () => failure(400, 'InputError', 'ai-mesh.io/service: write ns/name'),
      /was not understood/,
      /ai-mesh\.io\/service: write ns\/name/,
    ],
    [
      'of an entity that is gone',
      () => failure(404, 'NotFoundError', 'No such entity'),
      /does not know this entity/,
      /No such entity/,
    ],
    [
      'of a portal with wrong settings',
      () =>
        failure(
          503,
          'SettingsError',
          "- aiMesh.cluster is not a setting; did you mean 'clusters'?",
        ),
      /settings cannot be used/,
      /app-config\.yaml and started it again.*did you mean 'clusters'\?/,
    ],
    [
      'signed out',
      () => failure(401, 'AuthenticationError', 'Token expired'),
      /signed out/,
      /sign in again/,
    ],
  ])('says what to do when it is %s', async (_, error, title, text) => {
    const { container } = await renderTab(`/${name}`, {
      api: rejecting(error),
    });
    const state = await screen.findByRole('status');
    expect(within(state).getByRole('heading', { name: title })).toBeVisible();
    expect(state).toHaveTextContent(text);
    expect(screen.queryByLabelText('Window')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('the topology of a system', () => {
  it.each<[string, () => Promise<Error>, RegExp, RegExp]>([
    [
      'has no components in the mesh',
      () => failure(404, 'NoComponentsError', 'You see no component'),
      /^No component of this system is in the mesh$/,
      /The catalog has system:default\/assistant.*system: default\/assistant/,
    ],
    [
      'has components that may not be seen',
      () => failure(403, 'NotAllowedError', 'Policy says no'),
      /You may not see/,
      /that of its components.*ai-mesh\.read on them.*Policy says no/,
    ],
    [
      'is gone itself',
      () => failure(404, 'NotFoundError', 'No such entity'),
      /does not know this entity/,
      /No such entity/,
    ],
  ])('says so when it %s', async (_, error, title, text) => {
    const { container } = await renderInTestApp(
      <FailureState
        error={await error()}
        entityRef="system:default/assistant"
        onRetry={jest.fn()}
      />,
    );
    const state = screen.getByRole('status');
    expect(within(state).getByRole('heading', { name: title })).toBeVisible();
    expect(state).toHaveTextContent(text);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('a screen without content', () => {
  const cluster = (status: Source['status'], message?: string): Source => ({
    name: 'kubernetes',
    cluster: 'demo',
    status,
    message,
  });

  it.each<[string, Source[], RegExp, RegExp]>([
    [
      'which selector ran where, when it found nothing',
      [cluster('ok')],
      /annotation found nothing/,
      /demo.*Service ai-services\/ai-chat-service.*nothing.*no Service of that name/,
    ],
    [
      'which cluster is away',
      [cluster('unreachable', 'connect ECONNREFUSED')],
      /No cluster answers/,
      /Unreachable.*connect ECONNREFUSED/,
    ],
    [
      'which cluster refuses',
      [cluster('forbidden', 'services is forbidden')],
      /cluster refuses/,
      /Forbidden.*services is forbidden/,
    ],
    [
      'how to configure one',
      [],
      /No cluster is configured/,
      /aiMesh:.*clusters:.*kubernetes:.*prometheus:/,
    ],
  ])('says %s', async (_, sources, title, text) => {
    const { container } = await renderTab('/overview', {
      api: {
        overview: async () =>
          overview(answer({ resolution: { searched: foundNothing }, sources })),
      },
    });
    const state = await screen.findByRole('status');
    expect(within(state).getByRole('heading', { name: title })).toBeVisible();
    expect(state.textContent?.replace(/\s+/g, ' ')).toMatch(text);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('a screen with content', () => {
  it('names the sources that are missing, but not those that nobody configured', async () => {
    await renderTab('/traffic', {
      api: demoApi({
        routes: jest.fn().mockImplementation(async () => ({
          ...(await demoApi().routes?.('', {})),
          sources: [
            {
              name: 'prometheus',
              cluster: 'demo',
              status: 'unreachable',
              message: 'Start Prometheus.',
            },
            { name: 'kiali', cluster: 'demo', status: 'not-configured' },
          ],
        })),
      }),
    });
    const notice = await screen.findByRole('region', {
      name: /A source has a problem/,
    });
    expect(notice).toHaveTextContent(
      'Prometheus (demo): Unreachable Start Prometheus.',
    );
    expect(notice).not.toHaveTextContent('Kiali');
  });

  it('keeps the old data with its age when a refresh fails, and says why', async () => {
    jest
      .useFakeTimers({ advanceTimers: true })
      .setSystemTime(new Date(Date.parse(OBSERVED_AT) + 20_000));
    try {
      const api = demoApi();
      await renderTab('/overview', { api });
      expect(await screen.findByText('Observed 20 seconds ago')).toBeVisible();
      api.overview?.mockRejectedValue(new TypeError('Failed to fetch'));
      await act(async () => {
        jest.advanceTimersByTime(15_000);
      });
      const alert = await screen.findByRole('alert');
      expect(alert).toHaveTextContent(
        /Could not refresh: AI Mesh’s backend does not answer\..*Failed to fetch/,
      );
      expect(
        screen.getByRole('button', { name: /^Requests per second: 12\.4/ }),
      ).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });

  it('refreshes when told to', async () => {
    const api = demoApi();
    await renderTab('/overview', { api });
    await screen.findByRole('heading', { name: 'Traffic' });
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));
    expect(api.overview).toHaveBeenCalledTimes(2);
  });

  it('asks for the window that is chosen, and keeps it in the address', async () => {
    const api = demoApi();
    const { address } = await renderTab('/overview?window=nonsense', { api });
    await userEvent.click(await screen.findByLabelText('Window'));
    await userEvent.click(
      await screen.findByRole('option', { name: '1 hour' }),
    );
    expect(address()).toMatch(/\?window=1h$/);
    expect(api.overview?.mock.calls.map(([, request]) => request)).toEqual([
      { window: '5m' },
      { window: '1h' },
    ]);
  });
});

describe('another moment', () => {
  const AT = '2026-01-01T10:05:00.000Z';

  it.each(['overview', 'topology', 'traffic', 'slos', 'security'])(
    'is what %s asks about, and says',
    async name => {
      const api = demoApi();
      await renderTab(`/${name}?at=2026-01-01T11:05:00%2B01:00`, { api });
      const notice = await screen.findByRole('region', {
        name: /^What was measured at /,
      });
      expect(notice).toHaveTextContent('settings and canaries are of today');
      const asked = [
        api.overview,
        api.topology,
        api.routes,
        api.slos,
        api.security,
      ].flatMap(ask => ask?.mock.calls.map(([, request]) => request) ?? []);
      expect(asked[0]).toMatchObject({ at: AT });
    },
  );

  it('says how a canary had split the requests then, and leads to its record', async () => {
    const canary = canaryDetails();
    const weights = canary.transitions.find(
      ({ weightsAfter }) => weightsAfter,
    )!.weightsAfter!;
    await renderTab(`/overview?at=${AT}`, {
      api: demoApi({
        overview: jest.fn().mockResolvedValue({
          ...overview(),
          configuredThen: known([
            {
              service: canary.service,
              route: canary.route,
              weights,
              since: '2026-01-01T10:00:00.000Z',
              canary,
            },
          ]),
        }),
      }),
    });
    const notice = await screen.findByRole('region', {
      name: /^What was measured at /,
    });
    expect(
      await within(notice).findByText(
        /^Requests to .* were split then by VirtualService .*: .*% \/ .*%, since /,
      ),
    ).toBeInTheDocument();
    expect(
      within(notice).getByRole('link', {
        name: /^By the record of the canary/,
      }),
    ).toHaveAttribute('href', expect.stringContaining(`/canary/${canary.id}`));
  });

  it('says where it cannot be told whether a canary had set weights', async () => {
    await renderTab(`/topology?at=${AT}`, {
      api: demoApi({
        topology: jest.fn().mockResolvedValue({
          ...topology(),
          configuredThen: unknown('source-unreachable'),
        }),
      }),
    });
    expect(
      await screen.findByText(
        /^Whether a canary had set weights then cannot be told: /,
      ),
    ).toBeInTheDocument();
  });

  it('goes along from screen to screen, until the reader goes back to now', async () => {
    const { address } = await renderTab(`/overview?at=${AT}`);
    await userEvent.click(
      await screen.findByRole('link', { name: 'Topology' }),
    );
    expect(address()).toContain('/topology?at=2026-01-01T10%3A05%3A00.000Z');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Back to now' }),
    );
    expect(address()).toMatch(/\/topology$/);
  });

  it('is chosen by name, or by a date', async () => {
    const api = demoApi();
    const { address } = await renderTab('/overview', { api });
    await userEvent.click(await screen.findByLabelText('When'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'An hour ago' }),
    );
    const asked = () => Date.parse(api.overview!.mock.lastCall![1]!.at!);
    expect(Math.abs(Date.now() - 3_600_000 - asked())).toBeLessThan(120_000);
    fireEvent.change(await screen.findByLabelText('Date and time'), {
      target: { value: '2026-01-01T10:05' },
    });
    expect(new Date(asked())).toEqual(new Date(2026, 0, 1, 10, 5));
    expect(address()).toContain('at=');
  });

  describe('in the hour that comes twice', () => {
    const FIRST = '2026-10-25T00:30:00.000Z';
    const SECOND = '2026-10-25T01:30:00.000Z';

    beforeEach(() => {
      Settings.defaultZone = 'Europe/Berlin';
      Settings.now = () => Date.parse('2026-11-28T08:00:00Z');
    });
    afterEach(() => {
      Settings.defaultZone = 'system';
      Settings.now = () => Date.now();
    });

    const twice = () => screen.findByLabelText('This time comes twice');

    it('is either of the two', async () => {
      const api = demoApi();
      const asked = () => api.overview!.mock.lastCall![1]!.at;
      await renderTab(`/overview?at=${FIRST}`, { api });
      expect(await twice()).toHaveTextContent(
        'Before the clocks go back (UTC+2)',
      );
      await userEvent.click(await twice());
      await userEvent.click(
        await screen.findByRole('option', {
          name: 'After the clocks go back (UTC+1)',
        }),
      );
      expect(asked()).toBe(SECOND);
      expect(await screen.findByLabelText('Date and time')).toHaveValue(
        '2026-10-25T02:30',
      );
      // The second one stays the second one.
      fireEvent.change(await screen.findByLabelText('Date and time'), {
        target: { value: '2026-10-25T02:45' },
      });
      expect(asked()).toBe('2026-10-25T01:45:00.000Z');
      expect(await twice()).toHaveTextContent('After the clocks go back');
    });

    it('is the first one as long as the second has not been', async () => {
      Settings.now = () => Date.parse('2026-10-25T01:10:00Z');
      const api = demoApi();
      await renderTab('/overview?at=2026-10-25T01:05:00Z', { api });
      fireEvent.change(await screen.findByLabelText('Date and time'), {
        target: { value: '2026-10-25T02:30' },
      });
      expect(api.overview!.mock.lastCall![1]!.at).toBe(FIRST);
    });

    it('is asked about where there are two alone', async () => {
      await renderTab('/overview?at=2026-10-25T02:30:00.000Z');
      expect(await screen.findByLabelText('Date and time')).toHaveValue(
        '2026-10-25T03:30',
      );
      expect(
        screen.queryByLabelText('This time comes twice'),
      ).not.toBeInTheDocument();
    });
  });

  it('that nobody understands is now', async () => {
    const api = demoApi();
    await renderTab('/overview?at=yesterday', { api });
    await screen.findByRole('heading', { name: 'Traffic' });
    expect(api.overview?.mock.calls[0][1]).toEqual({ window: '5m' });
  });
});
