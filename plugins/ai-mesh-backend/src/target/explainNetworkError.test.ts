import { explainNetworkError, isTimeout } from './explainNetworkError';

const withCode = (code: string, rest: object = {}) =>
  Object.assign(new Error(`failed by ${code}`), { code, ...rest });

describe('explainNetworkError', () => {
  it.each([
    [withCode('ECONNREFUSED'), 'nothing listens there (ECONNREFUSED)'],
    [
      new TypeError('fetch failed', { cause: withCode('ENOTFOUND') }),
      'its host name is not known to DNS (ENOTFOUND)',
    ],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([withCode('EHOSTUNREACH'), withCode('X')]),
      }),
      'there is no way to its host (EHOSTUNREACH)',
    ],
    [
      withCode('SELF_SIGNED_CERT_IN_CHAIN'),
      'its certificate is not signed by an authority that is trusted here',
    ],
    [withCode('CERT_HAS_EXPIRED'), 'its certificate has expired'],
    [
      withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
      'its certificate is for another host name',
    ],
    [withCode('EOTHER'), 'failed by EOTHER (EOTHER)'],
    [
      withCode('ENOENT', { path: '/etc/ca.crt' }),
      'the file ca.crt cannot be read (ENOENT)',
    ],
    [
      new Error("cannot parse '/home/me/.kube/config': line 3"),
      "cannot parse 'config': line 3",
    ],
    [new TypeError('outer', { cause: new Error('inner') }), 'inner'],
    ['text', 'text'],
  ])('explains %#', (error, expected) => {
    expect(explainNetworkError(error)).toContain(expected);
  });

  it('knows its own time limit', async () => {
    const { reason } = AbortSignal.abort();
    expect(isTimeout(reason)).toBe(false);
    const limit = AbortSignal.timeout(1);
    await new Promise(resolve => limit.addEventListener('abort', resolve));
    expect(isTimeout(limit.reason)).toBe(true);
  });
});
