import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { readManifests } from './readManifests';
import { writeManifests } from './writeManifests';

let root: string;
let folder: string;
const secret = () => readFile(join(root, 'secret.yaml'), 'utf8');
const write = async (files: Record<string, string>) =>
  writeManifests(
    folder,
    new Map(Object.entries(files)),
    (await readManifests(folder)).files,
  );

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-mesh-workspace-'));
  folder = join(root, 'deployments');
  await mkdir(folder);
  await writeFile(join(root, 'secret.yaml'), 'secret: 1\n');
  await writeFile(join(folder, 'chat.yaml'), 'old');
});

afterEach(() => rm(root, { recursive: true, force: true }));

it('writes what was read, and what is new', async () => {
  await write({ 'chat.yaml': 'new', 'eu/rule.yaml': 'rule' });
  expect(await readFile(join(folder, 'chat.yaml'), 'utf8')).toBe('new');
  expect(await readFile(join(folder, 'eu/rule.yaml'), 'utf8')).toBe('rule');
});

it.each(['../secret.yaml', 'a/../../secret.yaml', '/etc/secret.yaml'])(
  'writes nothing at all where one file would be %s',
  async path => {
    await expect(write({ 'chat.yaml': 'new', [path]: 'x' })).rejects.toThrow(
      /not allowed/i,
    );
    expect(await readFile(join(folder, 'chat.yaml'), 'utf8')).toBe('old');
    expect(await secret()).toBe('secret: 1\n');
  },
);

it('neither reads nor writes what a repository’s links lead to', async () => {
  await symlink('../secret.yaml', join(folder, 'outside.yaml'));
  await symlink('chat.yaml', join(folder, 'inside.yaml'));
  await symlink('..', join(folder, 'up'));
  expect([...(await readManifests(folder)).files.keys()]).toEqual([
    'chat.yaml',
  ]);
  for (const path of ['outside.yaml', 'inside.yaml', 'up/secret.yaml']) {
    await expect(write({ [path]: 'x' })).rejects.toThrow(
      /not allowed|file already exists/i,
    );
  }
  expect(await secret()).toBe('secret: 1\n');
  expect(await readFile(join(folder, 'chat.yaml'), 'utf8')).toBe('old');
  expect(await readdir(root)).toEqual(['deployments', 'secret.yaml']);
});

it('names what is too large to be a manifest, and refuses more than fits in memory', async () => {
  await writeFile(join(folder, 'data.yaml'), 'x'.repeat(1_000_001));
  const { files, tooLarge } = await readManifests(folder);
  expect([[...files.keys()], tooLarge]).toEqual([['chat.yaml'], ['data.yaml']]);
  for (let n = 0; n < 21; n++) {
    await writeFile(join(folder, `${n}.yaml`), 'x'.repeat(1_000_000));
  }
  await expect(readManifests(folder)).rejects.toThrow(
    /more than 20 MB together/,
  );
});
