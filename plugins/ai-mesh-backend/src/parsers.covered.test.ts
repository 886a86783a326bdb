import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parserAttacks } from './__testUtils__/hostile/parserAttacks';
import {
  readersElsewhere,
  readersOfOthers,
} from './__testUtils__/hostile/readersElsewhere';
import { routeAttacks } from './__testUtils__/hostile/routeAttacks';

/** How texts from outside are read here: as JSON, as YAML, by a grammar, by a schema, or in base64. */
const READS =
  /\bJSON\.parse\(|\bparse(All)?Documents?\(|\bparser\.(parse|configure)\(|\.safeParse\(|[sS]chema\.parse\(|, 'base64(url)?'\)|\bBigInt\(/;

function readersBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    file =>
      /\.tsx?$/.test(file) &&
      !/\.test\.tsx?$/.test(file) &&
      !file.includes('__testUtils__') &&
      (READS.test(readFileSync(join(folder, file), 'utf8')) ||
        /(^|\/)parse[A-Z]\w*\.ts$/.test(file)),
  );
}

const readers = readersBelow(__dirname);
const PLUGINS = join(__dirname, '../..');
const attacked = new Set(
  Object.values(parserAttacks).flatMap(({ files }) => files),
);

describe('what reads texts from outside', () => {
  it.each(readers)('%s is attacked, or said why not', file => {
    expect([file, attacked.has(file) || file in readersElsewhere]).toEqual([
      file,
      true,
    ]);
  });

  it('is no longer listed where it is gone, or attacked by now', () => {
    expect(
      Object.keys(readersElsewhere).filter(
        file => attacked.has(file) || !readers.includes(file),
      ),
    ).toEqual([]);
    expect(
      [...attacked].filter(file => !existsSync(join(__dirname, file))),
    ).toEqual([]);
  });

  it('is attacked where the list says so', () => {
    const named = Object.values(readersElsewhere);
    expect(
      named.flatMap(one =>
        'attackedIn' in one && !existsSync(join(__dirname, one.attackedIn))
          ? [one.attackedIn]
          : [],
      ),
    ).toEqual([]);
    expect(
      named.flatMap(one =>
        'routes' in one
          ? one.routes.filter(route => !(route in routeAttacks))
          : [],
      ),
    ).toEqual([]);
  });

  it('is attacked, or said why not, in the other plugins too', () => {
    const found = readdirSync(PLUGINS)
      .filter(
        plugin =>
          plugin !== 'ai-mesh-backend' &&
          existsSync(join(PLUGINS, plugin, 'src')),
      )
      .flatMap(plugin =>
        readersBelow(join(PLUGINS, plugin, 'src')).map(
          file => `${plugin}/src/${file}`,
        ),
      );
    expect(Object.keys(readersOfOthers).sort()).toEqual(found.sort());
    expect(
      Object.entries(readersOfOthers).flatMap(([file, one]) =>
        'attackedIn' in one &&
        !existsSync(join(PLUGINS, file.split('/')[0], 'src', one.attackedIn))
          ? [one.attackedIn]
          : [],
      ),
    ).toEqual([]);
  });
});
