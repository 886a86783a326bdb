import type { Finding, Review } from '@ai-mesh/plugin-ai-mesh-common';
import { describeFixes } from '../fixes/describeFixes';
import { ofRepository } from '../fixes/ofRepository';
import { repositoryFolder } from '../fixes/repositoryFolder';
import { chooseFindings, entitiesOf } from './chooseFindings';

const serviceOf = (name: string) => ({
  cluster: 'shop',
  namespace: 'ai',
  name,
});

const finding = (
  service: string,
  changes: { code?: string; severity?: string; repository?: string } = {},
) => {
  const { code = 'AIM103', severity = 'high', repository } = changes;
  return {
    id: `${code} ${service}`,
    code,
    severity,
    service: serviceOf(service),
    message: 'Retries are billed twice.',
    why: 'They are paid for.',
    link: 'https://docs.example/AIM103',
    evidence: [],
    fix: repository && { source: { status: 'known', repository } },
  } as unknown as Finding;
};

const review = (name: string, findings: Finding[], proven = true) =>
  ({
    entityRef: `component:default/${name}`,
    findings,
    resolution: {
      ownership: findings.map(({ service }) => ({ service, proven })),
    },
  }) as unknown as Review;

const shared = finding('gateway');
const chat = review('chat', [
  finding('chat', { code: 'AIM202', severity: 'low' }),
  finding('chat'),
  shared,
]);
const search = review('search', [shared, finding('search')]);
const codes = ['AIM103'];

describe('findings of several entities', () => {
  it('are chosen by their codes, each once', () => {
    expect(
      chooseFindings([chat, search, review('idle', [])], { codes }).map(
        ({ entityRef, findings }) => [entityRef, findings.map(({ id }) => id)],
      ),
    ).toEqual([
      ['component:default/chat', ['AIM103 chat', 'AIM103 gateway']],
      ['component:default/search', ['AIM103 search']],
    ]);
  });

  it('are chosen by their ids, and refused where one is gone from all of them', () => {
    const ids = ['AIM103 search', 'AIM202 chat'];
    expect(
      chooseFindings([chat, search], { findings: ids }).map(
        ({ entityRef, findings }) => [entityRef, findings.map(({ id }) => id)],
      ),
    ).toEqual([
      ['component:default/chat', ['AIM202 chat']],
      ['component:default/search', ['AIM103 search']],
    ]);
    expect(() =>
      chooseFindings([chat, search], { findings: [...ids, 'AIM103 till'] }),
    ).toThrow(/does not have the finding AIM103 till any more/);
  });

  it('are all refused where one is not proven to be its entity’s', () => {
    expect(() =>
      chooseFindings([chat, review('claimant', [finding('till')], false)], {
        codes,
      }),
    ).toThrow(/not proven that shop\/ai\/till belongs to .*claimant/);
  });

  it.each([
    [{ codes, entityRef: 'a', entityRefs: ['b'] }, /one of entityRef and/],
    [{ codes }, /one of entityRef and/],
    [{ entityRefs: ['b'] }, /one of findings and codes/],
  ])('are named clearly, and %j is not', (wanted, words) => {
    expect(() => entitiesOf(wanted)).toThrow(words);
  });

  it('make one request per repository: what is kept in another is left out, and said', () => {
    const place = repositoryFolder(
      'https://git.example/acme/shop/tree/main/ai',
    );
    const findings = [
      finding('chat', { repository: 'https://git.example/Acme/shop.git' }),
      finding('search', { repository: 'https://git.example/acme/search' }),
      finding('till', { repository: 'git@git.example:acme/till.git' }),
      finding('cart'),
    ];
    const { here, elsewhere } = ofRepository([{ findings }], place);
    expect(here.map(({ service }) => service.name)).toEqual([
      'chat',
      'till',
      'cart',
    ]);
    expect(elsewhere).toEqual([
      { finding: findings[1], repository: 'https://git.example/acme/search' },
    ]);
    expect(() => ofRepository([{ findings: [findings[1]] }], place)).toThrow(
      'Nothing of it is kept in this repository, but in https://git.example/acme/search.',
    );
  });

  it('are described by entity and code', () => {
    const { title, description } = describeFixes(
      [chat.entityRef, search.entityRef],
      { done: [{ finding: shared, file: 'gateway.yaml' }] },
    );
    expect(title).toBe('Mend AIM103 of 2 entities');
    expect(description).toContain(
      'review of `component:default/chat`, `component:default/search` found',
    );
  });
});
