import { metrics } from '@opentelemetry/api';
import { createServer, type AddressInfo } from 'net';
import { exportMetrics } from './exportMetrics';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

it('serves what is measured by a meter that is asked for later', async () => {
  const port = await freePort();
  const provider = exportMetrics(port);
  try {
    metrics.getMeter('test').createCounter('tests.run').add(3);
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toMatch(/^tests_run_total(\{[^}]*\})? 3/m);
  } finally {
    await provider.shutdown();
  }
});
