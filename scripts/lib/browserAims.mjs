/** Milliseconds from the click, by the number of nodes at most. */
const CLICK_MS = [
  { nodes: 8, cold: 1000, warm: 300 },
  { nodes: 84, cold: 1500, warm: 1500 },
];
/** Milliseconds from the answer, by the number of nodes at most: what is asked of 80 is asked of the 84 too. */
const DRAW_MS = [
  { nodes: 84, most: 300 },
  { nodes: 200, most: 1000 },
];
/** The longest task of the main thread, CPU milliseconds, of a graph of up to so many nodes. */
const BLOCKED = { nodes: 84, ms: 200 };
const SCRIPT_KB = { initialKb: 15, firstScreenKb: 120, wholeKb: 250 };
/** What a heap may be at the end of the polling, in times of its beginning: measuring it is as exact as this. */
const HEAP_GROWTH = 1.05;

const SCRIPTS = {
  initialKb: 'before the tab is opened',
  firstScreenKb: 'for the first screen',
  wholeKb: 'in all',
};

/**
 * What measurements in the browser say against their aims, a sentence each; none where they keep them.
 *
 * @param results - `{ graphs: [{ nodes, warm, clickMs, drawMs, blockedMs }], scripts: { initialKb, firstScreenKb, wholeKb },
 *   heap: [{ heapMb }] }` of the beginning and the end; a part that was not asked for is left out
 */
export function missedBrowserAims({ graphs = [], scripts, heap }) {
  return [
    ...graphs.flatMap(missedByGraph),
    ...(scripts
      ? Object.entries(SCRIPT_KB).flatMap(([part, most]) =>
          atMost(scripts[part], most, `scripts ${SCRIPTS[part]}`, 'KB'),
        )
      : []),
    ...(heap
      ? atMost(
          heap.at(-1).heapMb / heap[0].heapMb,
          HEAP_GROWTH,
          'the heap after the polling',
          'times that of before',
        )
      : []),
  ];
}

function missedByGraph({ nodes, warm, clickMs, drawMs, blockedMs }) {
  const what = `${nodes} nodes, ${warm ? 'warm' : 'cold'}`;
  const click = CLICK_MS.find(aim => nodes <= aim.nodes);
  const draw = DRAW_MS.find(aim => nodes <= aim.nodes);
  return [
    ...(click
      ? atMost(
          clickMs,
          warm ? click.warm : click.cold,
          `${what}: from click to drawn`,
          'ms',
        )
      : []),
    ...(draw
      ? atMost(drawMs, draw.most, `${what}: from answer to drawn`, 'ms')
      : []),
    ...(nodes <= BLOCKED.nodes
      ? atMost(blockedMs, BLOCKED.ms, `${what}: the longest task`, 'ms')
      : []),
  ];
}

/** What was not measured has not kept its aim. */
function atMost(value, most, what, unit) {
  const isMeasured = Number.isFinite(value);
  if (isMeasured && value <= most) {
    return [];
  }
  const said = isMeasured
    ? Math.round(value * 100) / 100
    : 'an unknown number of';
  return [`${what} ${said} ${unit}; the aim is at most ${most}`];
}
