import type {
  Finding,
  FixSource,
  Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import { configApiRef, identityApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import { demoApi, fleet, fleetRow, review } from '../../../__testUtils__';
import { aiMeshApiRef } from '../../../api';
import { templateRouteRef } from '../../../routes';
import { FleetPage } from '../FleetPage';

const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { namespace: 'default', name: 'mend-everywhere' },
  spec: {},
};

const shop = 'https://git.example/acme/shop/tree/main/shop';
const lab = 'https://git.example/acme/lab';

const kept = (repository: string): FixSource =>
  ({
    status: 'known',
    repository,
    knownBy: 'annotation',
    madeBy: 'unsaid',
  }) as FixSource;

/** A review of which the fixture's first finding is kept somewhere. */
function reviewOf(
  name: string,
  source: FixSource | undefined,
  { fix = true, proven = true, suppressed = false } = {},
): Review {
  const present = review();
  const [first, ...others] = present.findings;
  const finding: Finding = {
    ...first,
    id: `AIM103 ${name}`,
    object: { ...first.object, name },
    fix: fix
      ? { ...first.fix!, object: { ...first.fix!.object, name }, source }
      : undefined,
    ...(suppressed && { suppressedBy: first.evidence[0].at }),
  };
  return {
    ...present,
    entityRef: `component:default/${name}`,
    findings: [
      finding,
      ...others.map(one => ({ ...one, id: `${one.id} ${name}` })),
    ],
    resolution: {
      ...present.resolution,
      ownership: [{ service: first.service, proven, entities: [] }] as never,
    },
  };
}

const reviews: Record<string, () => Review> = {
  chat: () => reviewOf('chat', kept(shop)),
  gateway: () => reviewOf('gateway', kept(shop)),
  lab: () => reviewOf('lab', kept(lab)),
  denied: () => reviewOf('denied', kept(shop)),
  claimant: () => reviewOf('claimant', kept(shop), { proven: false }),
  unfixed: () => reviewOf('unfixed', undefined, { fix: false }),
  chart: () => reviewOf('chart', { status: 'chart' } as FixSource),
  lost: () =>
    reviewOf('lost', { status: 'unknown', reason: 'untracked' } as FixSource),
  silenced: () => reviewOf('silenced', kept(shop), { suppressed: true }),
  away: () => {
    throw new Error('The cluster does not answer.');
  },
};

async function show(
  names: string[],
  {
    at = '?code=AIM103',
    named = 'template:default/mend-everywhere' as string | null,
  } = {},
) {
  const api = demoApi({
    fleet: jest.fn().mockImplementation(async () =>
      fleet({
        rows: [
          ...names.map(name => fleetRow(name, { findingCodes: ['AIM103'] })),
          fleetRow('other', { findingCodes: ['AIM202'] }),
          fleetRow('new'),
        ],
        next: undefined,
      }),
    ),
    review: jest
      .fn()
      .mockImplementation(async (entityRef: string) =>
        reviews[entityRef.split('/')[1]](),
      ),
  });
  const { container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [aiMeshApiRef, api],
        [identityApiRef, mockApis.identity()],
        [catalogApiRef, catalogApiMock({ entities: [template] })],
        [
          permissionApiRef,
          {
            authorize: async ({ permission, resourceRef }: any) => ({
              result:
                permission.name === 'ai-mesh.fix.request' &&
                !resourceRef.endsWith('/denied')
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
            }),
          },
        ],
        [
          configApiRef,
          mockApis.config({
            data: { aiMesh: { fixes: named ? { fleetTemplate: named } : {} } },
          }),
        ],
      ]}
    >
      <Routes>
        <Route path="/ai-mesh/*" element={<FleetPage />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [`/ai-mesh/findings${at}`],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/create/templates/:namespace/:templateName': templateRouteRef,
      },
    },
  );
  return { api, container, user: userEvent.setup() };
}

const look = (user: ReturnType<typeof userEvent.setup>) =>
  screen
    .findByRole('button', { name: /^See what mending it changes/ })
    .then(button => user.click(button));
const panel = (place: string) =>
  screen.findByRole('region', { name: `One pull request in ${place}` });
const formOf = (button: HTMLElement) => {
  const { pathname, searchParams } = new URL(
    button.getAttribute('href')!,
    'http://portal',
  );
  expect(pathname).toBe('/create/templates/default/mend-everywhere');
  return JSON.parse(searchParams.get('formData')!);
};

it('counts each code, worst first, and says of how many services it is not known', async () => {
  const { container, user } = await show(['chat', 'gateway'], { at: '' });
  const table = await screen.findByRole('table', {
    name: 'Findings by their code',
  });
  expect(
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => within(row).getByRole('rowheader').textContent),
  ).toEqual(['AIM103', 'AIM202']);
  expect(
    screen.getByText('What is found in 1 service is not known.'),
  ).toBeVisible();
  await user.click(
    within(table).getByRole('button', {
      name: 'Show the 2 services with AIM103',
    }),
  );
  expect(
    await screen.findByRole('button', {
      name: 'See what mending it changes in 2 services',
    }),
  ).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

it('shows what changes, manifest by manifest, and opens one request for each repository', async () => {
  const { container, user } = await show(['chat', 'gateway', 'lab']);
  await look(user);
  const both = await panel(shop);
  expect(
    within(both)
      .getAllByRole('group', { name: /^What changes in VirtualService/ })
      .map(diff => diff.getAttribute('aria-label')),
  ).toEqual([
    'What changes in VirtualService chat',
    'What changes in VirtualService gateway',
  ]);
  expect(
    formOf(
      await within(both).findByRole('button', {
        name: 'Open one pull request for 2 findings',
      }),
    ),
  ).toEqual({
    entityRefs: ['component:default/chat', 'component:default/gateway'],
    findings: ['AIM103 chat', 'AIM103 gateway'],
    repository: shop,
  });
  expect(
    formOf(
      within(await panel(lab)).getByRole('button', {
        name: 'Open a pull request for 1 finding',
      }),
    ),
  ).toMatchObject({ findings: ['AIM103 lab'], repository: lab });
  expect(await axe(container)).toHaveNoViolations();
});

/** Two findings of one route: each by its own change. */
function reviewOfRoute(secondChange: (yaml: string) => string): Review {
  const present = reviewOf('chat', kept(shop));
  const [first, ...others] = present.findings;
  const fix = first.fix!;
  return {
    ...present,
    findings: [
      first,
      {
        ...first,
        id: 'AIM103 second',
        path: 'spec.http[1].retries',
        fix: { ...fix, yaml: secondChange(fix.before!) },
      },
      ...others,
    ],
  };
}

it('shows one diff of a manifest, with what the chosen findings change in it', async () => {
  reviews.route = () => reviewOfRoute(before => `${before}status: {}\n`);
  const { container, user } = await show(['route']);
  await look(user);
  const region = await panel(shop);
  const diff = () => within(region).getByRole('group', { name: /^What/ });
  expect(within(region).getAllByRole('checkbox')).toHaveLength(2);
  expect(diff()).toHaveTextContent('removed:');
  expect(diff()).toHaveTextContent('status: {}');
  await user.click(
    within(region).getByRole('checkbox', { name: /spec\.http\[1\]\.retries$/ }),
  );
  expect(diff()).toHaveTextContent('removed:');
  expect(diff()).not.toHaveTextContent('status: {}');
  expect(await axe(container)).toHaveNoViolations();
});

it('says that two changes of the same lines do not go together, and shows each', async () => {
  const [{ fix }] = review().findings;
  const [changed] = fix!.yaml
    .split('\n')
    .filter(line => !fix!.before!.split('\n').includes(line));
  reviews.route = () =>
    reviewOfRoute(() => fix!.yaml.replace(changed, `${changed}0`));
  const { user } = await show(['route']);
  await look(user);
  const region = await panel(shop);
  expect(within(region).getByText(/change the same lines/)).toBeVisible();
  expect(within(region).getAllByRole('group', { name: /^What/ })).toHaveLength(
    2,
  );
  await user.click(
    within(region).getByRole('checkbox', { name: /spec\.http\[1\]\.retries$/ }),
  );
  expect(within(region).queryByText(/change the same lines/)).toBeNull();
  expect(within(region).getAllByRole('group', { name: /^What/ })).toHaveLength(
    1,
  );
});

it('brings up what was chosen and what mending it changes, also where scrolling into view gives a promise, as in Chromium', async () => {
  const scroll = jest.fn(async () => {});
  const { scrollIntoView } = HTMLElement.prototype;
  HTMLElement.prototype.scrollIntoView = scroll as never;
  try {
    const { user } = await show(['chat']);
    await look(user);
    await panel(shop);
    expect(scroll).toHaveBeenCalledTimes(2);
    await user.click(
      screen.getByRole('button', { name: 'Show the 1 service with AIM202' }),
    );
    expect(
      await screen.findByRole('heading', { name: /^AIM202: / }),
    ).toBeVisible();
    expect(scroll).toHaveBeenCalledTimes(3);
  } finally {
    HTMLElement.prototype.scrollIntoView = scrollIntoView;
  }
});

it('leaves out the services and the findings that are not chosen', async () => {
  const { api, user } = await show(['chat', 'gateway', 'lab']);
  await user.click(
    await screen.findByRole('checkbox', {
      name: 'Choose component:default/lab',
    }),
  );
  await look(user);
  const both = await panel(shop);
  expect(api.review).toHaveBeenCalledTimes(2);
  expect(screen.queryByRole('region', { name: new RegExp(lab) })).toBeNull();
  await user.click(
    within(both).getByRole('checkbox', {
      name: /^Choose VirtualService gateway/,
    }),
  );
  expect(
    formOf(
      within(both).getByRole('button', {
        name: 'Open a pull request for 1 finding',
      }),
    ),
  ).toMatchObject({
    entityRefs: ['component:default/chat'],
    findings: ['AIM103 chat'],
  });
});

it('lists what cannot be mended from there, each with the reason, and loses nothing', async () => {
  const { user } = await show([
    'chat',
    'denied',
    'claimant',
    'unfixed',
    'chart',
    'lost',
    'silenced',
    'away',
  ]);
  await look(user);
  expect(
    formOf(
      await within(await panel(shop)).findByRole('button', {
        name: 'Open a pull request for 1 finding',
      }),
    ),
  ).toMatchObject({ findings: ['AIM103 chat'] });
  const left = screen.getByRole('heading', {
    name: 'Not to be mended from here',
  }).parentElement!;
  const lines = within(left)
    .getAllByRole('listitem')
    .map(line => line.textContent);
  for (const [name, why] of [
    ['denied', 'You may not open pull requests'],
    ['claimant', 'not proven that the Service belongs'],
    ['unfixed', 'No single change mends it'],
    ['chart', 'A template makes it'],
    ['lost', 'Where it is kept is not known'],
    ['away', 'The cluster does not answer.'],
  ]) {
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`${name}.*${why}`)),
    );
  }
  expect(lines).toHaveLength(6);
});

it('shows the changes where the portal has no template, and says that none is set', async () => {
  const { user } = await show(['chat'], { named: null });
  await look(user);
  expect(
    within(await panel(shop)).queryByRole('button', { name: /^Open/ }),
  ).toBeNull();
  expect(
    screen.getByText(/aiMesh.fixes.fleetTemplate names no template/),
  ).toBeVisible();
});
