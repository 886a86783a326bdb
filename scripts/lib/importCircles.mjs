import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const IMPORT =
  /(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']*)'|^import\s+'(\.[^']*)'/gm;

/**
 * Modules that import each other at run time, each circle as its files. What only a type is imported for is no circle: it is
 * gone from the code that runs.
 */
export function importCircles(root) {
  const files = ['plugins', 'packages'].flatMap(parent =>
    readdirSync(join(root, parent)).flatMap(name =>
      sourcesIn(join(root, parent, name, 'src')),
    ),
  );
  const known = new Set(files);
  const imports = new Map(files.map(file => [file, importedBy(file, known)]));
  return circlesIn(imports).map(circle =>
    circle.map(file => relative(root, file)),
  );
}

function sourcesIn(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .filter(name => /\.tsx?$/.test(name))
        .map(name => join(folder, name))
    : [];
}

function importedBy(file, known) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].flatMap(([, type, from, alone]) => {
    const base = resolve(dirname(file), from ?? alone);
    const found = ['.ts', '.tsx', '/index.ts', '/index.tsx']
      .map(ending => `${base}${ending}`)
      .find(candidate => known.has(candidate));
    return type || !found ? [] : [found];
  });
}

/** Strongly connected components of more than one node (Tarjan), without recursion: imports go deep. */
function circlesIn(graph) {
  const order = new Map();
  const lowest = new Map();
  const open = [];
  const isOpen = new Set();
  const circles = [];
  for (const start of graph.keys()) {
    const work = order.has(start) ? [] : [{ node: start, at: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1);
      const { node } = frame;
      if (frame.at === 0) {
        order.set(node, order.size);
        lowest.set(node, order.get(node));
        open.push(node);
        isOpen.add(node);
      }
      const next = graph.get(node)[frame.at];
      frame.at += 1;
      if (next !== undefined) {
        if (!order.has(next)) {
          work.push({ node: next, at: 0 });
        } else if (isOpen.has(next)) {
          lower(lowest, node, order.get(next));
        }
        continue;
      }
      work.pop();
      if (work.length > 0) {
        lower(lowest, work.at(-1).node, lowest.get(node));
      }
      if (lowest.get(node) === order.get(node)) {
        const circle = open.splice(open.indexOf(node));
        circle.forEach(member => isOpen.delete(member));
        if (circle.length > 1) {
          circles.push(circle);
        }
      }
    }
  }
  return circles;
}

function lower(lowest, node, value) {
  lowest.set(node, Math.min(lowest.get(node), value));
}
