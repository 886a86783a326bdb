import fc from 'fast-check';
import { Headers } from 'undici';
import { explainNetworkError, isTimeout } from './explainNetworkError';
import { NoCertificatesError } from './pemCertificates';

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
      'its certificate is not signed by an authority that is trusted here; name its file as caFile, or hold it in caData (SELF_SIGNED_CERT_IN_CHAIN)',
    ],
    [withCode('CERT_HAS_EXPIRED'), 'its certificate has expired'],
    [
      withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
      'its certificate is for another host name',
    ],
    [
      new NoCertificatesError('caFile', '/etc/ai-mesh/ca.crt'),
      'the file ca.crt, which caFile names, holds no PEM certificates',
    ],
    [
      new NoCertificatesError('certificate-authority-data'),
      'certificate-authority-data holds no PEM certificates in base64',
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
    expect(explainNetworkError(error, [])).toContain(expected);
  });

  it('tells no part of a token of any alphabet, wherever a library repeats it', () => {
    const MARK = 'SESAME';
    const part = fc.oneof(
      fc.constantFrom(
        ...['/home/', '/etc/', '/var/run/', '/srv', '/', '\\', '.', ':', '@'],
        ...[
          '://',
          '"',
          "'",
          ' ',
          '\n',
          '\r\n',
          '\0',
          ',',
          ';',
          '=',
          '+',
          '%2F',
        ],
        ...['ключ', '钥匙', '\u2028', '𝒮', '\ud83d', 'ß', '\u0301'],
        ...['$&', '$1', '(', '[', '*', '{', '<'],
      ),
      fc.constant(MARK),
    );
    const token = fc
      .tuple(fc.array(part), fc.array(part))
      .map(([before, after]) => [...before, MARK, ...after].join(''));
    const errors: ((secret: string) => unknown)[] = [
      secret => new Error(`no ${secret}`),
      secret => new Error(`open '/run/a/${secret}' failed`),
      secret => new Error(`/etc/a${secret}/b`),
      secret => new Error(JSON.stringify({ authorization: secret })),
      secret => withCode('EOTHER', { message: `no ${secret} in /run/x` }),
      secret => new TypeError('failed', { cause: new Error(`"${secret}"`) }),
      secret => `no ${secret}`,
      secret => {
        try {
          return new Headers({ authorization: `Bearer ${secret}` });
        } catch (error) {
          return error;
        }
      },
    ];
    fc.assert(
      fc.property(token, fc.constantFrom(...errors), (secret, errorOf) => {
        const error = errorOf(secret);
        fc.pre(!(error instanceof Headers));
        expect(explainNetworkError(error, [secret])).not.toContain(MARK);
      }),
      { numRuns: 1000 },
    );
  });

  it('knows its own time limit', async () => {
    const { reason } = AbortSignal.abort();
    expect(isTimeout(reason)).toBe(false);
    const limit = AbortSignal.timeout(1);
    await new Promise(resolve => limit.addEventListener('abort', resolve));
    expect(isTimeout(limit.reason)).toBe(true);
  });
});
