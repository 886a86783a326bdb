import {
  clientCertificates,
  testCertificate,
} from './__testUtils__/certificate';
import { holdsCertificates } from './pemCertificates';

const { cert, key } = testCertificate;
const others = clientCertificates.map(one => one.cert);
const broken = cert.replace('MIIB', 'AIIB');

describe('a text of certificates', () => {
  it.each([
    ['one', cert],
    ['several', [cert, ...others].join('')],
    ['line ends of Windows', cert.replaceAll('\n', '\r\n')],
    ['comments between', `# ours\n${cert}\nsubject=CN = x\n${others[0]}`],
    ['another name that OpenSSL knows', named('X509 CERTIFICATE')],
    ['trust of OpenSSL', named('TRUSTED CERTIFICATE')],
  ])('is taken with %s', (_, pem) => {
    expect(holdsCertificates(pem)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['something else', 'not a certificate'],
    ['a private key', key],
    [
      'no more than the marks',
      '-----BEGIN CERTIFICATE-----\nY2E=\n-----END CERTIFICATE-----\n',
    ],
    ['a beginning without an end', cert.split('-----END')[0]],
    ['one that was changed', broken],
    ['one that was cut', cert.replace(/\n.{64}\n/, '\n')],
    ['a broken one after a whole one', cert + broken],
    ['half of one after a whole one', cert + cert.split('-----END')[0]],
  ])('is not taken with %s', (_, pem) => {
    expect(holdsCertificates(pem)).toBe(false);
  });
});

function named(name: string): string {
  return cert.replaceAll('CERTIFICATE', name);
}
