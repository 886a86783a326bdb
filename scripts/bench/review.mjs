// The review: what one entity costs, and whether a whole fleet costs in proportion.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { output, root, say } from '../lib/shell.mjs';
import { quantile, table } from '../lib/statistics.mjs';

const plugin = join(root, 'plugins/ai-mesh-backend');

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: { sizes: { type: 'string', default: '250,500,1000' } },
  });
  const worlds = values.sizes.split(',').map(services => {
    say(`a world of ${services} services`);
    const printed = output(
      process.execPath,
      [
        '--expose-gc',
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        join(plugin, 'src/review/__testUtils__/reviewProcess.ts'),
        services,
      ],
      { cwd: plugin },
    );
    if (!printed) {
      throw new Error(`the world of ${services} services was not reviewed`);
    }
    const { oneMs, ...world } = JSON.parse(printed.trim().split('\n').at(-1));
    return {
      ...world,
      p50Ms: quantile(oneMs, 0.5),
      p99Ms: quantile(oneMs, 0.99),
    };
  });
  process.stdout.write(
    `${table(
      [
        'services',
        'findings',
        'one p50 ms',
        'one p99 ms',
        'fleet ms',
        'most heap MB',
        'kept MB',
      ],
      worlds.map(one => [
        one.services,
        one.findings,
        ...[one.p50Ms, one.p99Ms, one.fleetMs, one.mostMb, one.keptMb].map(
          value => value.toFixed(1),
        ),
      ]),
    )}\n`,
  );
  process.stdout.write(`${JSON.stringify(worlds, null, 2)}\n`);
}
