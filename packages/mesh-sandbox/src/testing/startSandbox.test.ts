import { startSandbox } from './startSandbox';

jest.setTimeout(60_000);

describe('startSandbox', () => {
  it('runs a sandbox in a process of its own, and leaves none behind', async () => {
    const sandbox = await startSandbox();
    const headers = {
      Authorization: `Bearer ${sandbox.tokens.writer}`,
      'Content-Type': 'application/json',
    };
    const refused = await fetch(
      `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices`,
      {
        method: 'POST',
        headers,
        body: JSON.stringify({
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'bad' },
          spec: { http: [{ route: [{ weight: 'all' }] }] },
        }),
      },
    );
    const { details } = (await refused.json()) as {
      details?: { causes: { field: string }[] };
    };
    await sandbox.stop();
    expect(refused.status).toBe(422);
    expect(details?.causes.map(({ field }) => field)).toContain(
      'spec.http[0].route[0].weight',
    );
    expect(() => process.kill(sandbox.pid, 0)).toThrow('ESRCH');
  });

  it('tells what the process wrote where it does not start', async () => {
    await expect(startSandbox(['--no-such-option'])).rejects.toThrow(
      /ended with 1 before it was ready[^]*no-such-option/,
    );
  });
});
