import {
  known,
  unknown,
  type ServiceSecurity,
} from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  demoApi,
  mtls,
  readyMtls,
  renderTab,
  security,
  serviceSecurity,
} from '../../__testUtils__';

const show = (change: Partial<ServiceSecurity> = {}, at = '') =>
  renderTab(`/security${at}`, {
    api: demoApi({
      security: jest
        .fn()
        .mockImplementation(async () =>
          security({ services: [serviceSecurity(change)] }),
        ),
    }),
  });

const part = (name: string) => screen.findByRole('region', { name });
const table = (name: string) => screen.findByRole('table', { name });

describe('mutual TLS', () => {
  it('says its state in a word and a sentence, and how far back it looked', async () => {
    await show();
    const region = await part('Mutual TLS');
    expect(within(region).getByText('Partly plaintext')).toBeVisible();
    expect(region).toHaveTextContent(
      'One caller was seen in plaintext: ai-services/nightly-report (no proxy).',
    );
    expect(screen.getByText(/observed over the last 7 days/)).toBeVisible();
    expect(screen.queryByLabelText('Window')).not.toBeInTheDocument();
  });

  it.each([
    [known(0), 'Plaintext'],
    [known(0.4), 'Partly plaintext'],
    [
      unknown('no-such-label', 'The reports do not say it.'),
      'Partly plaintext',
    ],
  ])('calls what arrives as the other screens do: %j', async (share, word) => {
    await show({ mtls: mtls({ observedShare: share }) });
    const region = await part('Mutual TLS');
    expect(within(region).getByText(word)).toBeVisible();
  });

  it('shows what each port takes, and which setting says so', async () => {
    await show();
    const ports = await table('What each port takes, by configuration');
    expect(
      within(ports).getByRole('row', { name: /ai-chat-service-v2/ }),
    ).toHaveTextContent(
      'sidecar808080 http · httpPERMISSIVEplaintext toothe namespacePeerAuthentication default spec.mtls.mode',
    );
  });

  it('names the plaintext caller with its rate, when it was last seen, and why', async () => {
    await show();
    const callers = await table('Callers that were seen');
    const [, first, second] = within(callers).getAllByRole('row');
    expect(first).toHaveTextContent(
      /ai-services\/nightly-reportno proxyplaintext0%0\.5 calls\/slast seen .* agoIt has no proxy\.Its pods have no proxy\./,
    );
    expect(second).toHaveTextContent(
      /ai-services\/ai-orchestratorsidecarencrypted100%0 calls\/snone seen/,
    );
    expect(
      within(first).getByRole('button', { name: /^Plaintext now: 0\.5/ }),
    ).toBeVisible();
  });

  it('lists a caller of whom nobody knows whether it is encrypted, with the reason', async () => {
    const [, encrypted] = mtls().callers;
    await show({
      mtls: mtls({
        callers: [
          {
            ...encrypted,
            observed: unknown('no-such-label', 'The reports do not say it.'),
          },
        ],
      }),
    });
    const callers = await table('Callers that were seen');
    const [, row] = within(callers).getAllByRole('row');
    expect(row).toHaveTextContent('ai-services/ai-orchestrator');
    expect(row).toHaveTextContent('The reports do not say it.');
    expect(row).not.toHaveTextContent('%');
  });

  it('names both sides of a conflict, and opens them', async () => {
    const { workloads } = mtls();
    await show({
      mtls: mtls({
        status: 'conflict',
        conflicts: [
          {
            workload: workloads[0].workload,
            port: 8080,
            callerNamespaces: ['shop'],
            server: {
              mode: 'STRICT',
              decidedBy: workloads[0].ports[0].decidedBy,
            },
            client: {
              mode: 'DISABLE',
              decidedBy: {
                object: {
                  cluster: 'demo',
                  apiVersion: 'networking.istio.io/v1',
                  kind: 'DestinationRule',
                  namespace: 'shop',
                  name: 'plain',
                },
                path: 'spec.trafficPolicy.tls.mode',
              },
            },
            message: 'They refuse each other.',
          },
        ],
      }),
    });
    const notice = await part('Settings that refuse each other');
    expect(notice).toHaveTextContent(
      'ai-chat-service-v1, port 8080, for callers in shop: They refuse each other.',
    );
    expect(
      within(notice)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['DestinationRule plain', 'PeerAuthentication default']);
  });

  it('is never green, and says why, where nothing was observed', async () => {
    const away = unknown('source-unreachable', 'connect ECONNREFUSED');
    const { container } = await show({
      mtls: mtls({
        status: 'unknown',
        message: 'connect ECONNREFUSED',
        callers: [],
        observedShare: away,
        readiness: {
          status: 'unknown',
          reason: 'source-unreachable',
          message: 'connect ECONNREFUSED',
          by: [],
        },
      }),
      authorization: {
        ...serviceSecurity().authorization,
        callers: away,
        denied: away,
        unusedRules: away,
      },
      telemetry: unknown('forbidden', 'Telemetries may not be listed.'),
    });
    const region = await part('Mutual TLS');
    expect(region).toHaveTextContent(
      'Who calls is not known. connect ECONNREFUSED',
    );
    expect(
      within(region).getByRole('button', {
        name: /^Encrypted of all that arrived: unknown/,
      }),
    ).toHaveTextContent('–');
    expect(await part('Switching to STRICT')).toHaveTextContent(
      'Whether somebody calls in plaintext is not known. The source of this value did not answer. connect ECONNREFUSED',
    );
    const access = await part('Authorization');
    expect(access).toHaveTextContent('Who was refused is not known.');
    expect(access).toHaveTextContent('Which rules are used is not known.');
    expect(await part('Traces and access logs')).toHaveTextContent(
      'Telemetries may not be listed.',
    );
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('readiness', () => {
  it('says who is in the way', async () => {
    await show();
    const region = await part('Switching to STRICT');
    expect(within(region).getByText('Blocked')).toBeVisible();
    expect(
      within(region).getByRole('row', { name: /nightly-report/ }),
    ).toHaveTextContent('seen in plaintext');
  });

  it('shows each manifest with a copy button, beside whom it would refuse', async () => {
    const { container } = await show({ mtls: readyMtls() });
    const region = await part('Switching to STRICT');
    expect(region).toHaveTextContent(
      'Nobody was seen in plaintext over the last 7 days.',
    );
    expect(
      within(region).getByRole('heading', {
        name: 'Change of PeerAuthentication default, for the whole namespace',
      }),
    ).toBeVisible();
    expect(
      within(region).getByRole('group', { name: 'Manifest of default' }),
    ).toHaveTextContent('kind: PeerAuthentication');
    expect(
      within(region).getByRole('button', {
        name: 'Copy the manifest of default',
      }),
    ).toBeVisible();
    expect(
      within(region).getByRole('row', { name: /nightly-report/ }),
    ).toHaveTextContent('configuration; not seen');
    expect(region).toHaveTextContent(
      'Leaves port 9090 on PERMISSIVE. A probe calls it in plaintext.',
    );
    expect(region).toHaveTextContent('It refuses nobody that is known of.');
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('authorization', () => {
  it('answers for each caller and operation, and says by which rule', async () => {
    const user = userEvent.setup();
    await show();
    const matrix = await table('Who may call what');
    expect(
      within(matrix)
        .getAllByRole('columnheader')
        .map(header => header.textContent),
    ).toEqual(['Caller', 'POST /api/chat', 'anything else']);
    await user.click(
      within(matrix).getByRole('button', {
        name: 'ai-services/ai-orchestrator: POST /api/chat: allowed',
      }),
    );
    const why = await screen.findByRole('dialog', {
      name: 'Why: ai-services/ai-orchestrator: POST /api/chat',
    });
    expect(why).toHaveTextContent(
      'This rule allows it: AuthorizationPolicy ai-chat-service spec.rules[0]',
    );
    await user.click(within(why).getByRole('button', { name: /as YAML$/ }));
    expect(
      await screen.findByRole('dialog', {
        name: 'AuthorizationPolicy ai-chat-service',
      }),
    ).toHaveTextContent('rules:');
  });

  it('says how the workloads differ, and what cannot be told', async () => {
    const user = userEvent.setup();
    await show();
    const matrix = await table('Who may call what');
    await user.click(
      within(matrix).getByRole('button', {
        name: 'ai-services/nightly-report: POST /api/chat: differs',
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: /^Why/ }),
    ).toHaveTextContent(
      'ai-chat-service-v1: allowed. This is v1.ai-chat-service-v2: denied. This is v2.',
    );
    await user.keyboard('{Escape}');
    expect(
      within(matrix).getByRole('button', {
        name: 'ai-services/nightly-report: anything else: unknown',
      }),
    ).toBeVisible();
    expect(screen.getByText(/claims of the request's token/)).toBeVisible();
  });

  it('shows who was refused lately, and rules that nobody used', async () => {
    await show();
    expect(
      within(await table('Refused lately (403)')).getByRole('row', {
        name: /nightly-report/,
      }),
    ).toHaveTextContent(/12 requests.*an AuthorizationPolicyNo rule allows it/);
    expect(await part('Authorization')).toHaveTextContent(
      'spec.rules[1] No caller of the look-back is one that it is for.',
    );
  });

  it('says what has no effect, and never that it denies', async () => {
    const { authorization } = serviceSecurity();
    const [{ object }] = authorization.policies;
    const decision = {
      verdict: 'allowed' as const,
      because: 'no-effect' as const,
      decidedBy: { object, path: 'spec.rules[0]' },
      message: 'It asks for methods, which ztunnel does not see.',
    };
    const user = userEvent.setup();
    await show({
      authorization: {
        ...authorization,
        policies: [
          { ...authorization.policies[0], action: 'DENY', effect: 'none' },
        ],
        ineffective: [
          {
            object,
            path: 'spec.rules[0]',
            why: 'ztunnel-deny',
            fields: ['methods'],
            message: 'It asks for methods, which ztunnel does not see.',
          },
        ],
        waypoint: { status: 'missing', namespace: 'ai', name: 'waypoint' },
        otherwise: 'allowed',
        callers: known([
          {
            caller: {
              cluster: 'demo',
              id: 'ai-services/orchestrator',
              namespace: 'ai-services',
              workload: 'orchestrator',
            },
            decisions: [decision, decision],
          },
        ]),
        denied: known([]),
      },
    });
    const region = await part('Authorization');
    expect(region).toHaveTextContent('No AuthorizationPolicy applies');
    expect(region).toHaveTextContent(
      'The labels ask for the waypoint ai/waypoint, which does not exist',
    );
    expect(region).toHaveTextContent('DENY (has no effect)');
    expect(region).toHaveTextContent(
      'spec.rules[0] It has no effect: it asks for methods, which ztunnel does not see',
    );
    expect(region).not.toHaveTextContent(/denied/);
    await user.click(
      within(region).getByRole('button', {
        name: 'ai-services/orchestrator: POST /api/chat: allowed',
      }),
    );
    expect(
      screen.getByText(/A policy that would keep callers out has no effect/),
    ).toBeVisible();
  });

  it('says that everybody may call where there is no policy', async () => {
    await show({
      authorization: {
        ...serviceSecurity().authorization,
        policies: [],
        otherwise: 'allowed',
      },
    });
    const region = await part('Authorization');
    expect(region).toHaveTextContent(/anything else: allowed/);
    expect(region).toHaveTextContent('No AuthorizationPolicy applies');
  });
});

describe('certificates and telemetry', () => {
  it('bring the certificate into view that a link names', async () => {
    const scroll = jest.spyOn(HTMLElement.prototype, 'scrollIntoView');
    const { cluster } = serviceSecurity().service;
    const { workload } = serviceSecurity().certificates.workloads[1];
    await show(
      {},
      `?${new URLSearchParams({ row: `${cluster} ${workload.namespace} ${workload.kind} ${workload.name}` })}`,
    );
    const certificates = await table('Certificates');
    expect(scroll.mock.contexts).toEqual([
      within(certificates).getByRole('row', { name: /ai-chat-service-v2/ }),
    ]);
    scroll.mockRestore();
  });

  it.each([
    ['root', ['Root certificate'], 0],
    ['StatefulSet gone', [], 1],
  ])('say of a link to %s whether it is there', async (name, rows, gone) => {
    const { cluster } = serviceSecurity().service;
    await show({}, `?${new URLSearchParams({ row: `${cluster} ${name}` })}`);
    const pointedAt = within(await table('Certificates')).queryAllByRole(
      'row',
      { current: true },
    );
    expect(
      pointedAt.map(row => within(row).getByRole('rowheader').textContent),
    ).toEqual(rows);
    expect(
      screen.queryAllByText(/that the link is about is not there any more/),
    ).toHaveLength(gone);
  });

  it('say when certificates end and whether they are renewed', async () => {
    await show();
    const certificates = await table('Certificates');
    expect(
      within(certificates).getByRole('row', { name: /ai-chat-service-v1/ }),
    ).toHaveTextContent(/validworksOne was renewed/);
    expect(
      within(certificates).getByRole('row', { name: /ai-chat-service-v2/ }),
    ).toHaveTextContent(/expires soonfailsIts expiry stays/);
    expect(
      within(certificates).getByRole('button', {
        name: /^Expiry of Root certificate: unknown.*Istiod is not scraped/,
      }),
    ).toHaveTextContent('–');
    expect(
      await part('Proxies that rejected their configuration'),
    ).toHaveTextContent(
      'chat-v2-abc.ai-services rejected its clusters in the last 15 minutes and keeps what it had. duplicate cluster',
    );
  });

  it('show the settings of workloads that are alike once', async () => {
    await show();
    const region = await part('Traces and access logs');
    expect(
      within(region)
        .getAllByRole('heading', { level: 4 })
        .map(heading => heading.textContent),
    ).toEqual(['ai-chat-service-v1, ai-chat-service-v2']);
    expect(region).toHaveTextContent('10% of requests are traced');
    expect(region).toHaveTextContent(
      'requests that the filter keeps: response.code >= 400',
    );
  });
});

describe('what is more than a list shows', () => {
  const shortened = {
    authorization: {
      ...serviceSecurity().authorization,
      moreCallers: 50,
      moreOperations: 11,
      moreDenied: 6500,
    },
    mtls: mtls({
      readiness: {
        ...(mtls().readiness as Extract<
          ReturnType<typeof mtls>['readiness'],
          { status: 'blocked' }
        >),
        moreBy: 1,
      },
    }),
  };

  it('is said, with how much it is', async () => {
    await show(shortened);
    await part('Mutual TLS');
    const said = screen.getAllByRole('note').map(one => one.textContent);
    expect(said).toEqual(
      expect.arrayContaining([
        'There is 1 more, which is not shown.',
        'There are 50 more, which are not shown.',
        '11 more kinds of request that rules name have no column.',
        'There are 6500 more, which are not shown.',
      ]),
    );
  });

  it('is not spoken of where lists are whole', async () => {
    await show();
    await part('Mutual TLS');
    expect(screen.queryByText(/not shown/)).not.toBeInTheDocument();
  });
});
