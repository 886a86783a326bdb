import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { readSloSettings } from '../../config/readSloSettings';
import { ObjectivesSource } from './ObjectivesSource';
import { explainReadFailure } from './explainReadFailure';

describe('explainReadFailure', () => {
  it.each([
    [new Error("EIO: i/o error, open '/srv/portal/catalog/x.yaml'"), /^EIO/],
    [
      new Error('could not read https://olivia:hunter2@git.example.com/a/b'),
      /https:\/\/\[redacted\]@git\.example\.com\/a\/b$/,
    ],
    [
      new NotAllowedError(
        'Reading from "https://x.example.com" is not allowed.',
      ),
      /Hosts are allowed by integrations/,
    ],
    [
      Object.assign(new Error("ENOENT: open '/srv/x'"), { code: 'ENOENT' }),
      /^there is no such file\.$/,
    ],
    ['a text', /^the reader failed\.$/],
  ])('says of %p what its owner can use', (error, said) => {
    const words = inEnglish([explainReadFailure(error, 10_000)]);
    expect(words).toMatch(said);
    expect(words).not.toMatch(/\/srv|hunter2|olivia/);
  });
});

describe('what an entity names', () => {
  const read = async (slos: string, folder: string) => {
    const source = new ObjectivesSource({
      reader: {
        readUrl: async () => {
          throw new Error('not asked');
        },
      },
      resolveUrl: path => path,
      limits: readSloSettings({}).limits,
    });
    const written = await source.read({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'chat',
        annotations: {
          'ai-mesh.io/slos': slos,
          'backstage.io/managed-by-location': `file:${folder}/catalog-info.yaml`,
        },
      },
    });
    await source.stop();
    return JSON.stringify(written);
  };

  it('is never answered with a path of the portal, a password, or another error’s advice', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secret-place-'));
    const answers = {
      missing: await read('no/such.yaml', folder),
      outside: await read('../../etc/passwd', folder),
      folder: await read('.', folder),
      password: await read('https://olivia:hunter2@x.example.com/a', folder),
    };
    await rm(folder, { recursive: true });
    const all = JSON.stringify(answers);
    expect(all).not.toMatch(/secret-place|hunter2|olivia|Hosts are allowed/);
    expect(answers.missing).toContain('there is no such file');
    expect(answers.outside).toContain('leads outside of the folder');
    expect(answers.password).toContain('no user and no password');
  });
});
