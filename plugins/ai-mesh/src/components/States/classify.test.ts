import {
  refusalOf,
  said,
  wording,
  Source,
  sourceSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, foundNothing } from '../../__testUtils__';
import { classifyAnswer } from './classifyAnswer';
import { classifyError, saidBy } from './classifyError';

/** An error as Backstage's backends answer it. */
const responseError = (
  status: number,
  name: string,
  more: object = { message: 'because' },
) =>
  refusalOf(
    Response.json(
      { error: { name, ...more }, response: { statusCode: status } },
      { status },
    ),
  );

describe('classifyError', () => {
  it.each([
    [400, 'InputError', 'badAnnotation'],
    [401, 'AuthenticationError', 'signedOut'],
    [403, 'NotAllowedError', 'forbidden'],
    [404, 'NotFoundError', 'entityMissing'],
    [404, 'NoComponentsError', 'noComponents'],
    [500, 'Error', 'backendUnreachable'],
    [503, 'ServiceUnavailableError', 'backendUnreachable'],
    [503, 'SettingsError', 'badSettings'],
  ])('takes %d %s for %s', async (status, name, failure) => {
    const error = await responseError(status, name);
    expect(classifyError(error)).toBe(failure);
    expect(saidBy(error)).toEqual({ message: 'because' });
  });

  it('takes a 404 that nobody named for a portal without the backend', async () => {
    const error = await refusalOf(new Response(null, { status: 404 }));
    expect(classifyError(error)).toBe('backendMissing');
  });

  it('takes a part of the page that cannot be loaded for what it is, and not for the backend', () => {
    const error = Object.assign(new Error('Loading chunk 7 failed.'), {
      name: 'ChunkLoadError',
    });
    expect(classifyError(error)).toBe('codeMissing');
    expect(saidBy(error)).toBeUndefined();
  });

  it('takes a failed connection for an unreachable backend', () => {
    const error = new TypeError('Failed to fetch');
    expect(classifyError(error)).toBe('backendUnreachable');
    expect(saidBy(error)).toBeUndefined();
  });

  it('tells what the backend said in words of the catalogue', async () => {
    const refused = said(wording('act.noWeights'));
    const error = await responseError(409, 'ConflictError', refused);
    expect(saidBy(error)).toEqual(refused);
  });

  it('takes words of another shape for none', async () => {
    const error = await responseError(409, 'ConflictError', {
      message: 'because',
      words: 'because',
    });
    expect(saidBy(error)).toEqual({ message: 'because' });
  });

  it('takes an answer of another shape for a bad one, without its innards', () => {
    const { error } = sourceSchema.safeParse({ name: 'nobody' });
    expect(classifyError(error as Error)).toBe('badAnswer');
    expect(saidBy(error as Error)).toBeUndefined();
  });
});

describe('classifyAnswer', () => {
  const cluster = (status: Source['status'], name = 'demo'): Source => ({
    name: 'kubernetes',
    cluster: name,
    status,
  });

  it.each<[string, Source[], string]>([
    ['one cluster looked', [cluster('ok')], 'empty'],
    ['one cluster looked in part', [cluster('partial')], 'empty'],
    ['one cluster looked some time ago', [cluster('stale')], 'empty'],
    ['no cluster answered', [cluster('unreachable')], 'unreachable'],
    ['the cluster refused', [cluster('forbidden')], 'sourceForbidden'],
    ['no cluster is configured', [], 'notConfigured'],
    ['the cluster is not set up', [cluster('not-configured')], 'notConfigured'],
    [
      'one cluster looked and another is away',
      [cluster('ok'), cluster('unreachable', 'other')],
      'empty',
    ],
    [
      'one cluster refused and another is away',
      [cluster('forbidden'), cluster('unreachable', 'other')],
      'unreachable',
    ],
  ])('when %s and nothing was found', (_, sources, outcome) => {
    expect(
      classifyAnswer(
        answer({ resolution: { searched: foundNothing }, sources }),
      ),
    ).toBe(outcome);
  });

  it('shows what was found, whatever else is away', () => {
    expect(classifyAnswer(answer({ sources: [cluster('stale')] }))).toBe(
      'content',
    );
  });
});
