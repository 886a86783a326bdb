// Before and after a package is packed, in its folder: `packDocs.mjs lay` puts the documents that its README links to into
// it, `packDocs.mjs remove` takes them out again.
import { layDocs, removeDocs } from './lib/packedDocs.mjs';
import { root } from './lib/shell.mjs';

if (process.argv[2] === 'lay') {
  layDocs(root, process.cwd());
} else {
  removeDocs(process.cwd());
}
