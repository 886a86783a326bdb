import type { Link, Mesh, Part } from './MeshModel';
import { Random } from './Random';

/** A mesh in which something happens, and the truth about it. */
export interface Cascade {
  kind: CascadeKind;
  seed: number;
  before: Mesh;
  now: Mesh;
  /** Who is at fault; nobody where nothing is wrong. */
  culprits: string[];
}

type Happening = (mesh: Mesh, random: Random) => string[];

/** What can happen. Each changes the mesh, and says who is at fault. */
const happenings = {
  'slow leaf': (mesh, random) => {
    const leaf = random.pick(leaves(mesh));
    leaf.workMs *= random.between(6, 15);
    return [leaf.id];
  },
  'failing leaf': (mesh, random) => {
    const leaf = random.pick(leaves(mesh));
    leaf.errors = random.between(0.15, 0.9);
    return [leaf.id];
  },
  'two at once': (mesh, random) => {
    const [first, second] = twoOf(leaves(mesh), random);
    first.errors = random.between(0.2, 0.8);
    second.workMs *= random.between(6, 12);
    return [first.id, second.id];
  },
  'retry storm': (mesh, random) => {
    const leaf = random.pick(leaves(mesh));
    leaf.errors = random.between(0.3, 0.6);
    for (const link of mesh.links.filter(({ target }) => target === leaf.id)) {
      link.retries = 3;
    }
    return [leaf.id];
  },
  'pool overflow': (mesh, random) => {
    const link = random.pick(mesh.links.filter(isInside(mesh)));
    link.broken = { errors: random.between(0.1, 0.6), flag: 'UO' };
    return [link.target];
  },
  'one version only': (mesh, random) => {
    const part = random.pick(inside(mesh));
    part.errors = random.between(0.1, 0.4) * random.between(0.7, 1);
    return [part.id];
  },
  'one cluster only': (mesh, random) => {
    const twin = mesh.parts.find(({ cluster }) => cluster === 'west')!;
    twin.errors = random.between(0.2, 0.9);
    return [twin.id];
  },
  'external provider throttles': (mesh, random) => {
    const provider = random.pick(externals(mesh));
    for (const link of mesh.links.filter(
      ({ target }) => target === provider.id,
    )) {
      link.broken = { throttled: random.between(0.3, 0.9) };
      link.dependence = 1;
      link.retries = 0;
    }
    return [provider.id];
  },
  egress: (mesh, random) => {
    const links = mesh.links.filter(({ target }) =>
      externals(mesh).some(({ id }) => id === target),
    );
    for (const link of links) {
      link.broken = {
        errors: random.between(0.7, 1),
        flag: random.pick(['UF', 'UH', 'NR']),
      };
      link.dependence = 1;
    }
    return [...new Set(links.map(({ target }) => target))];
  },
  'waypoint down': (mesh, random) => {
    const part = random.pick(
      inside(mesh).filter(({ relation }) => relation !== 'caller'),
    );
    for (const link of mesh.links.filter(({ target }) => target === part.id)) {
      link.broken = { errors: random.between(0.9, 1), flag: 'UF' };
    }
    return [part.id];
  },
  'traffic peak': (mesh, random) => {
    mesh.entry *= random.between(4, 12);
    return [];
  },
  'deploy without effect': (mesh, random) => {
    const part = random.pick(inside(mesh));
    part.workMs *= random.between(0.9, 1.15);
    return [];
  },
} satisfies Record<string, Happening>;

export type CascadeKind = keyof typeof happenings;

export const cascadeKinds = Object.keys(happenings) as CascadeKind[];

/** A cascade of a kind, the same for the same seed. */
export function cascadeOf(kind: CascadeKind, seed: number): Cascade {
  const random = new Random(seed * 1009 + cascadeKinds.indexOf(kind));
  const before = meshOf(random);
  const now = structuredClone(before);
  const culprits = happenings[kind](now, random);
  return { kind, seed, before, now, culprits };
}

/**
 * A gateway, an orchestrator, the entity, some services behind it, and model providers outside: with more or fewer
 * branches, one service on a second cluster, and latencies of an AI system.
 */
function meshOf(random: Random): Mesh {
  const part = (
    id: string,
    relation: Part['relation'],
    distance: number,
    workMs: number,
    more: Partial<Part> = {},
  ): Part => ({
    id,
    kind: 'service',
    cluster: 'east',
    relation,
    distance,
    workMs,
    errors: random.between(0, 0.003),
    ...more,
  });
  const link = (
    source: string,
    target: string,
    more: Partial<Link> = {},
  ): Link => ({
    source,
    target,
    callsEach: 1,
    dependence: 1,
    retries: 0,
    ...more,
  });
  const parts = [
    part('gateway', 'caller', 2, random.between(2, 10)),
    part('orchestrator', 'caller', 1, random.between(10, 60)),
    part('chat', 'own', 0, random.between(10, 80)),
    part('chat-west', 'own', 0, random.between(10, 80), { cluster: 'west' }),
    part('llm-gateway', 'provider', 1, random.between(5, 30)),
  ];
  const links = [
    link('gateway', 'orchestrator', {
      ...(random.next() < 0.4 && { timeoutMs: 60_000 }),
    }),
    link('orchestrator', 'chat', {
      callsEach: 0.7,
      retries: random.whole(0, 1),
    }),
    link('orchestrator', 'chat-west', { callsEach: 0.3 }),
    link('chat', 'llm-gateway', {
      ...(random.next() < 0.3 && { timeoutMs: 45_000 }),
    }),
    link('chat-west', 'llm-gateway'),
  ];
  for (let at = 0; at < random.whole(1, 3); at++) {
    const id = `store-${at}`;
    parts.push(part(id, 'provider', 1, random.between(100, 400)));
    links.push(link('chat', id, { dependence: random.between(0.6, 1) }));
  }
  for (let at = 0; at < random.whole(2, 3); at++) {
    const id = `model-${at}.example`;
    parts.push(
      part(id, 'provider', 2, random.between(400, 4000), {
        kind: 'external',
      }),
    );
    links.push(
      link('llm-gateway', id, { callsEach: random.between(0.3, 0.6) }),
    );
  }
  return { parts, links, entry: random.between(2, 40) };
}

function leaves({ parts, links }: Mesh): Part[] {
  return parts.filter(({ id }) => !links.some(({ source }) => source === id));
}

function externals({ parts }: Mesh): Part[] {
  return parts.filter(({ kind }) => kind === 'external');
}

function inside({ parts }: Mesh): Part[] {
  return parts.filter(({ id, kind }) => kind === 'service' && id !== 'gateway');
}

function isInside(mesh: Mesh): (link: Link) => boolean {
  const ids = new Set(inside(mesh).map(({ id }) => id));
  return ({ target }) => ids.has(target);
}

function twoOf<T>(from: readonly T[], random: Random): [T, T] {
  const first = random.pick(from);
  return [first, random.pick(from.filter(one => one !== first))];
}
