// Builds the packages as they are published and writes an archive of each into a folder: `packed` unless named.
import { resolve } from 'node:path';
import { packPackages } from './lib/packedPackages.mjs';
import { root } from './lib/shell.mjs';

await packPackages(resolve(root, process.argv[2] ?? 'packed'));
