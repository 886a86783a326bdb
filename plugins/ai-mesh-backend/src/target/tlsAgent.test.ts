import { once } from 'events';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import type { TlsSettings } from '../config/settings';
import { KubeConfigApi } from '../kubernetes/KubeConfigApi';
import { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import { testCertificate } from './__testUtils__/certificate';

const folder = mkdtempSync(join(tmpdir(), 'ca-'));
const caFile = join(folder, 'ca.crt');
writeFileSync(caFile, testCertificate.cert);

describe('servers with a certificate of an authority of their own', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(testCertificate, (request, response) => {
      response.end(
        request.url?.startsWith('/api/v1/query')
          ? '{"status":"success","data":{"resultType":"vector","result":[]}}'
          : '{"ok":true}',
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  const prometheus = (tls: TlsSettings) =>
    new HttpPrometheusClient({
      cluster: 'demo',
      settings: {
        url,
        auth: { type: 'none' },
        headers: {},
        extraLabels: {},
        tls,
        timeoutMs: 5000,
        cacheTtlMs: 0,
      },
    }).query('up');

  const kubernetesOf = (tls: TlsSettings) =>
    new KubeConfigApi({ from: 'url', url, tls });
  const ask = (api: KubeConfigApi) =>
    api.get('/api', {}, new AbortController().signal);
  const kubernetes = (tls: TlsSettings) => ask(kubernetesOf(tls));

  it.each<[string, TlsSettings]>([
    ['its file', { caFile, skipVerify: false }],
    [
      'its data',
      {
        caData: Buffer.from(testCertificate.cert).toString('base64'),
        skipVerify: false,
      },
    ],
    ['anything', { skipVerify: true }],
  ])('are trusted by %s', async (_, tls) => {
    await expect(prometheus(tls)).resolves.toMatchObject({ samples: [] });
    await expect(kubernetes(tls)).resolves.toEqual({ ok: true });
  });

  it('are not trusted else, and it says so', async () => {
    const message =
      /its certificate is not signed by an authority that is trusted here; name its file as caFile, or hold it in caData/;
    const tls = { skipVerify: false };
    await expect(prometheus(tls)).rejects.toThrow(message);
    await expect(kubernetes(tls)).rejects.toThrow(message);
  });

  it.each([
    ['something else', 'hello'],
    ['a broken one', testCertificate.cert.replace('MIIB', 'AIIB')],
  ])('are not trusted by a file with %s, and it says so', async (_, pem) => {
    const other = join(folder, 'other.crt');
    writeFileSync(other, pem);
    const message =
      'the file other.crt, which caFile names, holds no PEM certificates';
    const tls = { caFile: other, skipVerify: false };
    await expect(prometheus(tls)).rejects.toThrow(message);
    await expect(kubernetes(tls)).rejects.toThrow(message);
    // Once it is mended, nobody has to start the portal again.
    const client = kubernetesOf(tls);
    await expect(ask(client)).rejects.toThrow(message);
    writeFileSync(other, testCertificate.cert);
    await expect(ask(client)).resolves.toEqual({ ok: true });
  });
});
