import {
  said,
  wording,
  type AiMeshApi,
  type Finding,
  type FixApplication,
  type FixRequest,
  type FixSource,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import {
  demoApi,
  foundNothing,
  refusal,
  renderTab,
  review,
} from '../../__testUtils__';

const show = (
  change: Partial<Review> = {},
  at = '',
  template?: Entity,
  more: Pick<Parameters<typeof renderTab>[1] & {}, 'reader'> & {
    api?: Partial<jest.Mocked<AiMeshApi>>;
  } = {},
) =>
  renderTab(`/review${at}`, {
    template,
    reader: more.reader,
    api: demoApi({
      review: jest.fn().mockImplementation(async () => review(change)),
      ...more.api,
    }),
  });

const head = (name: RegExp) => screen.findByRole('button', { name });
const article = (name: RegExp) => screen.findByRole('article', { name });

describe('the findings', () => {
  it('come worst first, in groups, the suppressed ones last and as such', async () => {
    await show();
    const groups = await screen.findAllByRole('region');
    expect(
      groups
        .map(group => within(group).queryAllByRole('heading', { level: 2 })[0])
        .map(heading => heading?.textContent),
    ).toEqual([
      'Broken, unprotected or paid for twice',
      'Will be, under load or on the next failure',
      'Untidy, and a trap for whoever changes it',
      'Worth knowing',
      'Suppressed by an annotation',
      'Fields that cannot be read',
      'What could not be judged',
      'Kiali says besides',
    ]);
    expect(within(groups[4]).getByRole('article')).toHaveTextContent('AIM305');
    expect(screen.getByText('1 high')).toBeVisible();
  });

  it('say what is found, how bad it is, and on opening why it matters', async () => {
    const user = userEvent.setup();
    await show();
    const card = await article(/^Retries that may be billed twice/);
    expect(card).toHaveTextContent('High');
    expect(card).toHaveTextContent('retries on retriable-4xx.');
    await user.click(await head(/Retries that may be billed twice/));
    expect(card).toHaveTextContent('spec.http[0].retries.retryOn');
    expect(card).toHaveTextContent(
      'the retry generates, and bills, the answer again.',
    );
    expect(
      within(card).getByRole('link', { name: /Read about it/ }),
    ).toHaveAttribute('href', expect.stringContaining('istio.io'));
  });

  it('name the codes of Istio and Kiali, and evidence from metrics', async () => {
    const user = userEvent.setup();
    await show();
    await user.click(await head(/Match without effect/));
    expect(await article(/^Match without effect/)).toHaveTextContent('IST0131');
    await user.click(await head(/Plaintext callers/));
    expect(await article(/^Plaintext callers/)).toHaveTextContent(
      'Metrics: ai-services/nightly-report: 0.50 requests/s in plaintext.',
    );
    expect(await article(/^Plaintext callers/)).toHaveTextContent(
      'No single change mends this',
    );
  });

  it('say what suppresses them', async () => {
    const user = userEvent.setup();
    await show();
    await user.click(await head(/Fault injection left on/));
    expect(await article(/^Fault injection left on/)).toHaveTextContent(
      "by metadata.annotations['ai-mesh.io/ignore'] of VirtualService ai-chat-service",
    );
  });

  it('open their object’s YAML at the place', async () => {
    const user = userEvent.setup();
    await show();
    await user.click(await head(/Retries that may be billed twice/));
    const card = await article(/^Retries that may be billed twice/);
    await user.click(
      within(card).getAllByRole('button', {
        name: 'Open VirtualService ai-chat-service as YAML',
      })[0],
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'VirtualService ai-chat-service',
    });
    expect(drawer).toHaveTextContent('spec.http[0].retries.retryOn');
    expect(await axe(drawer)).toHaveNoViolations();
  });
});

describe('a fix', () => {
  it('is shown as a change, copied as YAML and saved as a patch', async () => {
    const user = userEvent.setup();
    const saved: Blob[] = [];
    const names: string[] = [];
    URL.createObjectURL = jest.fn((blob: Blob) => {
      saved.push(blob);
      return 'blob:patch';
    });
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        names.push(this.download);
      });
    await show();
    await user.click(await head(/Retries that may be billed twice/));
    const card = await article(/^Retries that may be billed twice/);
    const change = within(card).getByRole('group', {
      name: 'What changes in VirtualService ai-chat-service',
    });
    expect(change).toHaveTextContent(
      'removed: − retryOn: gateway-error,connect-failure,retriable-4xx',
    );
    expect(change).toHaveTextContent('added: + retryOn: connect-failure');
    expect(
      within(card).getByRole('button', { name: 'Copy YAML' }),
    ).toBeVisible();
    await user.click(
      within(card).getByRole('button', { name: 'Download patch' }),
    );
    expect(names).toEqual(['aim103-virtualservice-ai-chat-service.patch.json']);
    expect(saved[0].type).toBe('application/json-patch+json');
    expect(card).toHaveTextContent(
      'kubectl -n ai-services patch virtualservice ai-chat-service --type=json',
    );
    expect(await axe(card)).toHaveNoViolations();
  });
});

describe('a pull request', () => {
  const template: Entity = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { namespace: 'default', name: 'mend-findings' },
  };
  const source = {
    status: 'known',
    knownBy: 'argo-cd',
    repository: 'https://git.example.com/acme/deployments.git',
    path: 'apps/chat',
    madeBy: 'files',
    message: '',
  } as const;
  const open = async (of: FixSource, portals?: Entity) => {
    const user = userEvent.setup();
    const { findings } = review({});
    await show(
      {
        findings: findings.map(finding => ({
          ...finding,
          ...(finding.fix && { fix: { ...finding.fix, source: of } }),
        })),
      },
      '',
      portals,
    );
    await user.click(await head(/Retries that may be billed twice/));
    return article(/^Retries that may be billed twice/);
  };

  it('begins in the portal’s template, with the finding filled in', async () => {
    const card = await open(source, template);
    const { href } = await within(card).findByRole<HTMLAnchorElement>(
      'button',
      { name: 'Open a pull request' },
    );
    const { pathname, searchParams } = new URL(href);
    expect(pathname).toBe('/create/templates/default/mend-findings');
    const { id } = review({}).findings.find(({ code }) => code === 'AIM103')!;
    expect(JSON.parse(searchParams.get('formData')!)).toEqual({
      entityRef: 'component:default/ai-chat-service',
      findings: [id],
      repository: source.repository,
      path: source.path,
    });
  });

  it('is not opened for a Service that is not proven to be the entity’s, which it says', async () => {
    const user = userEvent.setup();
    const { findings, resolution } = review({});
    const { service } = findings.find(({ code }) => code === 'AIM103')!;
    const ownership = {
      service,
      proven: false,
      owners: [],
      claims: [],
      hidden: 0,
      withheld: false,
    };
    await show(
      { resolution: { ...resolution, ownership: [ownership] } },
      '',
      template,
    );
    await user.click(await head(/Retries that may be billed twice/));
    const card = await article(/^Retries that may be billed twice/);
    expect(
      await within(card).findByText(
        `It is not proven that ${service.name} belongs to this entity, so no pull request can be opened from here.`,
      ),
    ).toBeVisible();
    expect(within(card).queryByText('Open a pull request')).toBeNull();
  });

  it.each([
    ['the portal has no such template', source, undefined],
    [
      'a template makes the object',
      { ...source, madeBy: 'template' },
      template,
    ],
  ] as [string, FixSource, Entity | undefined][])(
    'is not offered where %s',
    async (_, of, portals) => {
      const card = await open(of, portals);
      expect(within(card).getByText('Where this is kept')).toBeVisible();
      expect(within(card).queryByText('Open a pull request')).toBeNull();
    },
  );
});

describe('one pull request for several findings', () => {
  const template: Entity = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'mend-findings', namespace: 'default' },
  };
  const source = (repository: string, madeBy = 'files') =>
    ({
      status: 'known',
      knownBy: 'argo-cd',
      repository,
      path: 'apps/chat',
      madeBy,
      message: '',
    }) as FixSource;
  const here = 'https://git.example.com/acme/deployments.git';
  const object = review({}).findings[0].object;
  const finding = (id: string, of: FixSource): Finding => ({
    ...review({}).findings.find(({ code }) => code === 'AIM103')!,
    id,
    fix: { object, yaml: '', before: '', jsonPatch: [], source: of },
  });
  const findings = [
    finding('one', source(here)),
    finding('two', source(here)),
    finding('elsewhere', source('https://git.example.com/acme/more.git')),
    finding('helm', source(here, 'template')),
    {
      ...finding('silenced', source(here)),
      suppressedBy: { object, path: 'metadata' },
    },
  ];

  it('takes those that are shown and kept in one folder, in their order', async () => {
    await show({ findings }, '', template);
    const { href } = await screen.findByRole<HTMLAnchorElement>('button', {
      name: `Open one pull request for 2 of these findings, kept in ${here} apps/chat`,
    });
    const { searchParams } = new URL(href);
    expect(JSON.parse(searchParams.get('formData')!)).toEqual({
      entityRef: 'component:default/ai-chat-service',
      findings: ['one', 'two'],
      repository: here,
      path: 'apps/chat',
    });
  });

  it('is not offered for one, nor for what the filters hide', async () => {
    await show({ findings: findings.slice(1) }, '', template);
    await screen.findAllByRole('article');
    expect(screen.queryByText(/Open one pull request/)).toBeNull();
  });
});

describe('the source of a fix', () => {
  const keptBy = {
    cluster: 'demo',
    kind: 'Application',
    namespace: 'argocd',
    name: 'chat',
  };
  const known = {
    status: 'known',
    knownBy: 'argo-cd',
    keptBy,
    repository: 'https://git.example.com/acme/deployments.git',
    link: 'https://git.example.com/acme/deployments',
    path: 'apps/chat',
    revision: 'main',
    madeBy: 'files',
    ...said(
      wording('kept.argoCd', keptBy, { tracker: 'kept.tracker' }),
      wording('kept.files'),
    ),
  } as const;
  const open = async (source: FixSource) => {
    const user = userEvent.setup();
    const { findings } = review({});
    await show({
      findings: findings.map(finding =>
        finding.code === 'AIM103'
          ? { ...finding, fix: { ...finding.fix!, source } }
          : finding,
      ),
    });
    await user.click(await head(/Retries that may be billed twice/));
    return article(/^Retries that may be billed twice/);
  };

  it('says repository, path and how it is known', async () => {
    const card = await open(known);
    expect(
      within(card).getByRole('heading', { name: 'Where this is kept' }),
    ).toBeVisible();
    expect(
      within(card).getByRole('link', {
        name: /acme\/deployments/,
      }),
    ).toHaveAttribute('href', 'https://git.example.com/acme/deployments');
    expect(card).toHaveTextContent('apps/chat');
    expect(card).toHaveTextContent(
      "Argo CD tracks it: Application argocd/chat on 'demo'. Change its file there",
    );
    expect(await axe(card)).toHaveNoViolations();
  });

  it.each([
    [
      'a chart of a registry',
      { status: 'chart', ...said(wording('kept.chart')) },
      'Where this is keptA Helm chart',
    ],
    [
      'a tracker that may not be read',
      {
        status: 'unknown',
        reason: 'forbidden',
        ...said(wording('fix.mayNotGet', keptBy)),
      },
      'Not known. The portal may not read Applications',
    ],
  ] as [string, FixSource, string][])(
    'says what to do about %s',
    async (_, source, words) => {
      expect(await open(source)).toHaveTextContent(words);
    },
  );
});

describe('a link to a finding', () => {
  it('opens that one, and brings it into view', async () => {
    const scroll = jest.spyOn(HTMLElement.prototype, 'scrollIntoView');
    const { id } = review({}).findings.find(({ code }) => code === 'AIM103')!;
    await show({}, `?${new URLSearchParams({ row: id })}`);
    const opened = await head(/Retries that may be billed twice/);
    expect(opened).toHaveAttribute('aria-expanded', 'true');
    expect(
      screen
        .getAllByRole('button', { expanded: true })
        .map(button => button.id),
    ).toEqual([opened.id]);
    expect(scroll.mock.contexts).toEqual([
      await article(/^Retries that may be billed twice/),
    ]);
    scroll.mockRestore();
  });

  it('says so where it is gone', async () => {
    await show({}, '?row=AIM999');
    expect(
      await screen.findByText(/the link is about is not there any more/),
    ).toBeVisible();
  });
});

describe('the filters', () => {
  it('live in the address', async () => {
    await show({}, '?severity=high');
    expect(await screen.findAllByRole('article')).toHaveLength(2);
    expect(screen.getByRole('button', { name: /Severity/ })).toHaveTextContent(
      'High',
    );
  });

  it('choose by code, and say what they hide', async () => {
    const user = userEvent.setup();
    const { address } = await show();
    await user.click(await screen.findByRole('button', { name: /^Code/ }));
    await user.click(await screen.findByRole('option', { name: 'AIM401' }));
    expect(await screen.findAllByRole('article')).toHaveLength(1);
    expect(address()).toMatch(/code=AIM401$/);
  });

  it('say so where nothing is left', async () => {
    await show({}, '?severity=low&code=AIM103');
    expect(
      await screen.findByText(
        'Nothing matches this choice. Findings hidden by it: 5.',
      ),
    ).toBeVisible();
  });
});

describe('a review without findings', () => {
  const none = {
    findings: [],
    counts: { high: 0, medium: 0, low: 0, note: 0 },
    unreadable: [],
    kiali: [],
  };

  it('is sound where everything was judged', async () => {
    const { container } = await show({ ...none, notJudged: [] });
    expect(
      await screen.findByText('The review finds nothing to complain about.'),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is not called sound where something was not', async () => {
    await show(none);
    expect(
      await screen.findByText(/finds nothing in what it could judge/),
    ).toBeVisible();
    expect(
      screen.getByText(
        'AIM204 for ai-chat-service: No calling proxy exports it.',
      ),
    ).toBeVisible();
  });
});

describe('pull requests', () => {
  const retries = review().findings.find(({ code }) => code === 'AIM103')!;
  const request = (
    state: FixRequest['state'],
    standing: FixRequest['findings'][number]['standing'],
    id = retries.id,
  ): FixRequest => ({
    id: 'r1',
    url: 'https://github.com/acme/deployments/pull/7',
    askedBy: 'user:default/olivia',
    askedAt: '2026-01-01T00:00:00.000Z',
    kind: 'finding',
    state,
    objects: [],
    findings: [{ id, code: 'AIM103', object: retries.object, standing }],
  });
  const known = (value: 'open' | 'conflicting' | 'merged' | 'closed') => ({
    status: 'known' as const,
    value,
    at: '2026-01-01T00:00:00.000Z',
  });

  it.each([
    [known('open'), 'found' as const, /Open.*still found in the cluster/],
    [
      known('conflicting'),
      'found' as const,
      /conflicts with what has been changed since.*still/,
    ],
    [known('merged'), 'applied' as const, /Merged.*applied in the cluster/],
    [known('closed'), 'found' as const, /Closed without being merged.*still/],
    [
      {
        status: 'unknown' as const,
        reason: 'forbidden' as const,
        ...said(wording('pull.refused', { host: 'github.com', status: 401 })),
      },
      'found' as const,
      /State not known.*github.com refuses the portal's token/,
    ],
  ])('stand beside their finding: %j %s', async (state, standing, words) => {
    const user = userEvent.setup();
    await show({ requests: [request(state, standing)] });
    await user.click(await head(/Retries that may be billed twice/));
    const card = await article(/^Retries that may be billed twice/);
    expect(card).toHaveTextContent(words);
    expect(
      within(card).getByRole('link', { name: /deployments\/pull\/7/ }),
    ).toHaveAttribute('href', 'https://github.com/acme/deployments/pull/7');
  });

  it('are there still when the finding is gone, and say when they are not known', async () => {
    await show({ requests: [request(known('merged'), 'gone', 'other')] });
    expect(
      await screen.findByRole('region', { name: 'Pull requests' }),
    ).toHaveTextContent(/Merged.*AIM103 of VirtualService \S+: ?gone/);
  });

  it('are not shown as none while the database is away', async () => {
    await show({ requestsUnknown: 'away' });
    expect(
      await screen.findByText(/Pull requests cannot be shown/),
    ).toBeVisible();
  });
});

describe('a fix that is applied from here', () => {
  const retries = review().findings.find(({ code }) => code === 'AIM103')!;
  const withApplicability = (
    possible: boolean,
    message = '',
  ): Partial<Review> => ({
    findings: review().findings.map(one =>
      one.id === retries.id
        ? {
            ...one,
            fix: {
              ...one.fix!,
              applicability: { possible, message, words: [] },
            },
          }
        : one,
    ),
  });
  const application = (
    change: Partial<FixApplication> = {},
  ): FixApplication => ({
    id: 'a1',
    version: 1,
    state: 'requested',
    finding: retries.id,
    code: 'AIM103',
    service: retries.service,
    object: retries.object,
    before: 'spec:\n  retryOn: gateway-error\n',
    after: 'spec:\n  retryOn: connect-failure\n',
    requestedBy: 'user:default/olivia',
    requestedAt: '2026-01-01T00:00:00.000Z',
    reason: 'Billed twice',
    actions: ['approve', 'reject', 'cancel'],
    requesterMayApprove: false,
    ...change,
  });
  const open = async () => {
    const user = userEvent.setup();
    await user.click(await head(/Retries that may be billed twice/));
    return {
      user,
      card: await article(/^Retries that may be billed twice/),
    };
  };

  /** Once it is known that the reader may; until then it says that it is not. */
  const applyNow = (card: HTMLElement) =>
    within(card).findByRole('button', { name: 'Apply now', description: '' });

  it('is opened with its finding by a link, and brought into view', async () => {
    const scroll = jest.spyOn(HTMLElement.prototype, 'scrollIntoView');
    const waits = application();
    await show(
      { applications: [waits] },
      `?${new URLSearchParams({ row: waits.id })}`,
    );
    const approve = await screen.findByRole('button', {
      name: 'Approve and apply',
    });
    expect(screen.getAllByRole('button', { expanded: true })).toEqual([
      await head(/Retries that may be billed twice/),
    ]);
    expect(scroll.mock.contexts).toEqual([approve.closest('li')]);
    expect(
      screen.queryByText(/the link is about is not there any more/),
    ).not.toBeInTheDocument();
    scroll.mockRestore();
  });

  it('is asked for with a reason, after its change was shown', async () => {
    const requestFixApplication = jest.fn().mockResolvedValue(application());
    await show(withApplicability(true), '', undefined, {
      api: { requestFixApplication },
    });
    const { user, card } = await open();
    await user.click(await applyNow(card));
    const dialog = await screen.findByRole('dialog', {
      name: 'Apply the fix of VirtualService ai-chat-service?',
    });
    expect(dialog).toHaveTextContent('added: + retryOn: connect-failure');
    expect(dialog).toHaveTextContent('once another person has approved it');
    expect(await axe(dialog)).toHaveNoViolations();
    await user.type(within(dialog).getByRole('textbox'), 'Billed twice');
    await user.click(
      within(dialog).getByRole('button', { name: 'Ask for approval' }),
    );
    await waitFor(() =>
      expect(requestFixApplication).toHaveBeenCalledWith(expect.anything(), {
        finding: retries.id,
        reason: 'Billed twice',
      }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  it.each([
    ['the same', withApplicability(true)],
    ['that it cannot be applied any more', withApplicability(false, 'Argo')],
    ['nothing of the finding', { findings: [] }],
    [
      'that no cluster answers',
      {
        resolution: { ...review().resolution, searched: foundNothing },
        sources: [
          {
            name: 'kubernetes' as const,
            cluster: 'demo',
            status: 'unreachable' as const,
          },
        ],
      },
    ],
  ])(
    'keeps what is being written while the review says %s',
    async (_, later) => {
      const requestFixApplication = jest.fn().mockResolvedValue(application());
      const answers = jest
        .fn()
        .mockResolvedValueOnce(review(withApplicability(true)))
        .mockImplementation(async () => review(later));
      await show({}, '', undefined, {
        api: { requestFixApplication, review: answers },
      });
      const { user, card } = await open();
      await user.click(await applyNow(card));
      const dialog = await screen.findByRole('dialog');
      await user.type(within(dialog).getByRole('textbox'), 'Billed');
      // Behind a dialog nothing is there for roles.
      fireEvent.click(
        screen.getByRole('button', { name: 'Refresh now', hidden: true }),
      );
      await waitFor(() => expect(answers).toHaveBeenCalledTimes(2));
      await waitFor(() =>
        expect(
          document.querySelector('[aria-busy="true"]'),
        ).not.toBeInTheDocument(),
      );
      await user.type(within(dialog).getByRole('textbox'), ' twice');
      await user.click(
        within(dialog).getByRole('button', { name: 'Ask for approval' }),
      );
      await waitFor(() =>
        expect(requestFixApplication).toHaveBeenCalledWith(expect.anything(), {
          finding: retries.id,
          reason: 'Billed twice',
        }),
      );
    },
  );

  it('says what the backend refuses, and keeps what was written', async () => {
    await show(withApplicability(true), '', undefined, {
      api: {
        requestFixApplication: jest.fn().mockImplementation(async () => {
          throw await refusal(409, {
            name: 'ConflictError',
            message: 'A webhook says no.',
          });
        }),
      },
    });
    const { user, card } = await open();
    await user.click(await applyNow(card));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'because');
    await user.click(
      within(dialog).getByRole('button', { name: 'Ask for approval' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'A webhook says no.',
    );
    expect(within(dialog).getByRole('textbox')).toHaveValue('because');
  });

  it('is not closed by a click beside it once something is written', async () => {
    await show(withApplicability(true));
    const { user, card } = await open();
    const openDialog = async () => {
      await user.click(await applyNow(card));
      return screen.findByRole('dialog');
    };
    const dialog = await openDialog();
    await user.click(dialog.parentElement!);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());

    const again = await openDialog();
    await user.type(within(again).getByRole('textbox'), 'Billed twice');
    await user.click(again.parentElement!);
    expect(within(again).getByRole('textbox')).toHaveValue('Billed twice');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(again).not.toBeInTheDocument());
  });

  it('is not offered where it would be taken back, and says so', async () => {
    await show(
      withApplicability(false, 'Argo CD keeps it: it would take it back.'),
    );
    const { card } = await open();
    expect(card).toHaveTextContent(
      'It is not applied from here. Argo CD keeps it: it would take it back.',
    );
    expect(
      within(card).queryByRole('button', { name: 'Apply now' }),
    ).not.toBeInTheDocument();
  });

  it('is not offered where the portal writes nothing', async () => {
    await show();
    const { card } = await open();
    expect(
      within(card).queryByRole('button', { name: 'Apply now' }),
    ).not.toBeInTheDocument();
  });

  it('tells the reader without the right which one it takes', async () => {
    await show(
      { ...withApplicability(true), applications: [application()] },
      '',
      undefined,
      { reader: { denied: ['ai-mesh.fix.apply'] } },
    );
    const { card } = await open();
    expect(
      await within(card).findByRole('button', {
        name: 'Approve and apply',
        description: /You lack the permission ai-mesh.fix.apply/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('is approved by another person, who sees the change', async () => {
    const actOnFixApplication = jest
      .fn()
      .mockResolvedValue(application({ state: 'approved', version: 2 }));
    await show({ applications: [application()] }, '', undefined, {
      api: { actOnFixApplication },
    });
    const { user, card } = await open();
    expect(card).toHaveTextContent(/Waits for approval/);
    expect(card).toHaveTextContent(/Asked for by.*olivia.*: Billed twice/);
    expect(
      within(card).queryByRole('button', { name: 'Take back' }),
    ).not.toBeInTheDocument();
    await user.click(
      await within(card).findByRole('button', { name: 'Approve and apply' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Approve the fix of VirtualService ai-chat-service?',
    });
    expect(dialog).toHaveTextContent('removed: − retryOn: gateway-error');
    await user.click(
      within(dialog).getByRole('button', { name: 'Approve and apply' }),
    );
    await waitFor(() =>
      expect(actOnFixApplication).toHaveBeenCalledWith(
        expect.anything(),
        'a1',
        { action: 'approve', version: 1, reason: undefined },
      ),
    );
  });

  it('is not approved by who asked for it, who may take it back', async () => {
    await show({ applications: [application()] }, '', undefined, {
      reader: { userEntityRef: 'user:default/olivia' },
    });
    const { card } = await open();
    expect(
      await within(card).findByRole('button', {
        name: 'Approve and apply',
        description: /somebody else has to approve it/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(
      await within(card).findByRole('button', { name: 'Take back' }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it.each([
    ['approved', [], /Approved, being written/],
    ['failed', [], /Failed.*has been changed since/],
    ['undone', [], /Undone/],
    ['expired', [], /Expired: nobody decided/],
  ] as const)('says that it is %s', async (state, actions, words) => {
    await show({
      applications: [
        application({
          state,
          actions: [...actions],
          decidedBy: 'user:default/adam',
          decidedAt: '2026-01-01T00:01:00.000Z',
          ...(state === 'failed' && {
            message: 'It has been changed since: nothing was written.',
          }),
        }),
      ],
    });
    const { card } = await open();
    expect(card).toHaveTextContent(words);
    expect(card).toHaveTextContent(/Decided by.*adam/);
    expect(
      within(card).queryByRole('button', { name: 'Undo' }),
    ).not.toBeInTheDocument();
  });

  it('is undone from below the findings once its finding is gone', async () => {
    await show({
      applications: [
        application({ finding: 'gone', state: 'applied', actions: ['undo'] }),
      ],
    });
    const gone = await screen.findByRole('region', {
      name: 'Applied from here, and gone from the review',
    });
    expect(gone).toHaveTextContent(/AIM103 of VirtualService.*Applied/);
    await userEvent
      .setup()
      .click(await within(gone).findByRole('button', { name: 'Undo' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('added: + retryOn: gateway-error');
    expect(dialog).toHaveTextContent('if nobody has changed the object since');
  });

  it('is not said to be none while the database is away', async () => {
    await show({ applicationsUnknown: 'away' });
    expect(
      await screen.findByText(/Whether fixes were applied cannot be shown/),
    ).toBeVisible();
  });
});
