import type { ServiceOwnership } from '@ai-mesh/plugin-ai-mesh-common';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { aiMeshApiRef } from '../../api';
import { demoApi, overview, renderTab } from '../../__testUtils__';
import { ContestedClaimsView } from './ContestedClaimsView';

const service = {
  cluster: 'demo',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

async function renderOwnership(
  changes: Partial<ServiceOwnership>,
  found = true,
) {
  const answer = overview();
  answer.resolution = {
    ...answer.resolution,
    ...(!found && {
      searched: answer.resolution.searched.map(row => ({
        ...row,
        services: [],
        workloads: [],
      })),
    }),
    ownership: [
      {
        service,
        proven: false,
        owners: [],
        claims: [],
        hidden: 0,
        withheld: false,
        ...changes,
      },
    ],
  };
  return renderTab('/overview', {
    api: demoApi({ overview: jest.fn().mockResolvedValue(answer) }),
  });
}

const title = 'Other entities claim these Services too';

describe('on the screens of an entity', () => {
  it.each<[string, Partial<ServiceOwnership>, RegExp]>([
    [
      'the provable owner',
      {
        proven: true,
        rule: 'service',
        evidence: 'label x of Service y',
        claims: ['component:default/evil'],
      },
      /demo\/ai-services\/ai-chat-service provably belongs to this entity\..*claimed by.*evil.*label x of Service y/,
    ],
    [
      'who only claims it',
      { rule: 'service', owners: ['component:default/owner'], hidden: 2 },
      /provably belongs to another entity.*owner.*2 more entities that you may not see/,
    ],
    [
      'one of two whom nothing proves it of',
      { hidden: 1 },
      /Nothing proves whose Service .* is.*1 more entity that you may not see/,
    ],
  ])('%s reads who else claims the Service', async (_, changes, words) => {
    const { container } = await renderOwnership(changes);
    const notice = await screen.findByRole('region', { name: title });
    expect(notice).toHaveTextContent(words);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says nothing where nobody else claims it', async () => {
    await renderOwnership({ proven: true, rule: 'service', evidence: 'x' });
    await screen.findByRole('button', { name: /^Requests per second/ });
    expect(screen.queryByRole('region', { name: title })).toBeNull();
  });

  it('says in place of content that all of it is another’s', async () => {
    await renderOwnership(
      { rule: 'service', hidden: 1, withheld: true },
      false,
    );
    expect(
      await screen.findByRole('heading', {
        name: 'What the annotation finds is not this entity’s',
      }),
    ).toBeVisible();
  });
});

describe('the list of contested Services', () => {
  const row = (name: string, claims: string[]) => ({
    service: { ...service, name },
    owners: ['component:default/owner'],
    claims,
    hidden: 1,
    evidence: 'label x of Service y',
  });

  const render = (contestedClaims: jest.Mock) =>
    renderInTestApp(
      <TestApiProvider apis={[[aiMeshApiRef, demoApi({ contestedClaims })]]}>
        <ContestedClaimsView />
      </TestApiProvider>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );

  it('lists owners, claimants and evidence, and more where there is more', async () => {
    const list = jest.fn(async ({ cursor }: { cursor?: string } = {}) =>
      cursor
        ? { services: [row('second', [])] }
        : { services: [row('first', ['component:default/evil'])], next: 'n' },
    );
    const { container } = await render(list as never);
    const table = await screen.findByRole('table', {
      name: 'Contested Services',
    });
    expect(
      within(table).getByRole('row', {
        name: 'demo/ai-services/first owner evil 1 more entity that you may not see. label x of Service y',
      }),
    ).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(
      await within(table).findByRole('row', { name: /second/ }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('says that there are none, and why there is no list', async () => {
    await render(jest.fn().mockResolvedValue({ services: [] }));
    expect(
      await screen.findByRole('heading', { name: 'No Service is contested' }),
    ).toBeVisible();
  });

  it('says why there is no list', async () => {
    await render(jest.fn().mockRejectedValue(new Error('The catalog is away')));
    expect(await screen.findByText(/The catalog is away/)).toBeVisible();
  });
});
