import { inNode } from './__testUtils__/inNode';

const graph = {
  nodes: 84,
  warm: false,
  clickMs: 1500,
  drawMs: 300,
  blockedMs: 200,
};
const scripts = { initialKb: 15, firstScreenKb: 120, wholeKb: 250 };
const heap = (before: number, after: number) =>
  [before, before, after].map(heapMb => ({ heapMb }));

it.each([
  [
    'all aims are just kept',
    { graphs: [graph], scripts, heap: heap(100, 105) },
    [],
  ],
  ['a part was not asked for', {}, []],
  [
    'a small graph takes longer than it may, warm',
    { graphs: [{ ...graph, nodes: 8, warm: true, clickMs: 301, drawMs: 300 }] },
    ['8 nodes, warm: from click to drawn 301 ms; the aim is at most 300'],
  ],
  [
    'a small graph takes longer than it may, cold',
    { graphs: [{ ...graph, nodes: 8, clickMs: 1001, drawMs: 300 }] },
    ['8 nodes, cold: from click to drawn 1001 ms; the aim is at most 1000'],
  ],
  [
    'the page is blocked',
    { graphs: [{ ...graph, blockedMs: 201 }] },
    ['84 nodes, cold: the longest task 201 ms; the aim is at most 200'],
  ],
  [
    'a large graph is drawn slowly, which may take long from the click',
    { graphs: [{ ...graph, nodes: 200, clickMs: 9000, drawMs: 1001 }] },
    ['200 nodes, cold: from answer to drawn 1001 ms; the aim is at most 1000'],
  ],
  [
    'more is loaded',
    { scripts: { initialKb: 15.1, firstScreenKb: 120.1, wholeKb: 250.1 } },
    [
      'scripts before the tab is opened 15.1 KB; the aim is at most 15',
      'scripts for the first screen 120.1 KB; the aim is at most 120',
      'scripts in all 250.1 KB; the aim is at most 250',
    ],
  ],
  [
    'the heap grows',
    { heap: heap(100, 106) },
    [
      'the heap after the polling 1.06 times that of before; the aim is at most 1.05',
    ],
  ],
  [
    'nothing came of a measurement',
    { graphs: [{ ...graph, drawMs: NaN, nodes: 80 }] },
    [
      '80 nodes, cold: from answer to drawn an unknown number of ms; the aim is at most 300',
    ],
  ],
])('the benchmark of the browser where %s', (_, results, missed) => {
  expect(
    inNode<string[]>(
      'browserAims',
      `script.missedBrowserAims(${JSON.stringify(results)})`,
    ),
  ).toEqual(missed);
});
