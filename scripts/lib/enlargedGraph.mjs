const TOPOLOGY = /\/api\/ai-mesh\/.*\/topology(\?|$)/;

/**
 * Has a page see a graph of at least so many nodes: the one that it asks for, in which every node but the entity's own stands
 * several times, each with its calls. For more nodes than one view reads of a mesh with as many series for each.
 *
 * @returns what the page has seen, `{ nodes, edges }`, once it has
 */
export async function enlargeGraph(page, leastNodes) {
  const seen = {};
  await page.route(TOPOLOGY, async route => {
    // A page that has the same already would be told nothing to enlarge.
    const { 'if-none-match': _, ...headers } = route.request().headers();
    const answer = await (await route.fetch({ headers })).json();
    const { nodes, edges } = answer;
    const others = nodes.filter(({ relation }) => relation !== 'own').length;
    const times = Math.ceil((leastNodes - 1) / others);
    const larger = { ...answer, ...copies(nodes, edges, times) };
    seen.nodes = larger.nodes.length;
    seen.edges = larger.edges.length;
    await route.fulfill({ json: larger });
  });
  return seen;
}

function copies(nodes, edges, times) {
  const own = new Set(
    nodes.filter(({ relation }) => relation === 'own').map(({ id }) => id),
  );
  const [first, ...more] = Array.from({ length: times }, (_, copy) => {
    const named = id => (copy === 0 || own.has(id) ? id : `${id}~${copy}`);
    return {
      nodes: nodes.map(node => ({ ...node, id: named(node.id) })),
      edges: edges.map(edge => ({
        ...edge,
        id: copy === 0 ? edge.id : `${edge.id}~${copy}`,
        source: named(edge.source),
        target: named(edge.target),
      })),
    };
  });
  return {
    nodes: [
      ...first.nodes,
      ...more.flatMap(one => one.nodes.filter(({ id }) => !own.has(id))),
    ],
    edges: [first, ...more].flatMap(one => one.edges),
  };
}
