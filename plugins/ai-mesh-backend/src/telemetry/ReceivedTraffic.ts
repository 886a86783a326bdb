import {
  known,
  unknown,
  type Measured,
  type QueryTrace,
  type Source,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../target/inTurns';
import { istioLabels, type Reporter } from './istioLabels';
import type { NamespacedName } from './TrafficScope';
import { RECEIVED_PART } from './receivedQueries';
import type { RateRow } from './RateRow';

/** What one Service receives, from anywhere. */
export interface ReceivedRows {
  /** Requests, each once. */
  readonly requests: Measured<readonly RateRow[]>;
  /** Requests of which the called side says how they came. */
  readonly calledSide: Measured<readonly RateRow[]>;
  /** TCP, of which it says the same. */
  readonly tcp: Measured<readonly RateRow[]>;
  readonly buckets: Measured<readonly RateRow[]>;
}

/** Answers to the questions of `receivedQueries` about some namespaces. */
export interface ReceivedAnswer {
  readonly namespaces: readonly string[];
  readonly requests: Measured<readonly RateRow[]>;
  readonly buckets: Measured<readonly RateRow[]>;
}

interface Asked {
  readonly source: Source;
  readonly queries: readonly QueryTrace[];
}

interface Received {
  requests: RateRow[];
  calledSide: RateRow[];
  tcp: RateRow[];
  buckets: RateRow[];
}

type Why = Record<'requests' | 'buckets', Measured<[]>>;

const PARTS: Readonly<Record<string, keyof Received>> = {
  requests: 'requests',
  'called-side': 'calledSide',
  tcp: 'tcp',
};

/** Whose reports count is decided by then; whoever reads rows wants to see that somebody reported. */
const REPORTERS: Record<keyof Received, Reporter> = {
  requests: 'source',
  calledSide: 'destination',
  tcp: 'destination',
  buckets: 'source',
};

const NOTHING: Received = {
  requests: [],
  calledSide: [],
  tcp: [],
  buckets: [],
};

/**
 * What the Services of a cluster receive, without who calls them. Of a namespace that is not known, why; so of one that
 * nobody has asked about yet.
 */
export class ReceivedTraffic {
  /** As old as the oldest answer, and how asking went; absent before anything was asked. */
  readonly source?: Source;
  readonly queries: readonly QueryTrace[];
  readonly #services: ReadonlyMap<string, Received>;
  readonly #whys: ReadonlyMap<string, Why>;
  readonly #others: Measured<never>;

  private constructor(
    services: ReadonlyMap<string, Received>,
    whys: ReadonlyMap<string, Why>,
    others: Measured<never>,
    asked: Asked | undefined,
  ) {
    this.#services = services;
    this.#whys = whys;
    this.#others = others;
    this.source = asked?.source;
    this.queries = asked?.queries ?? [];
  }

  /**
   * In turns with other work: there may be 100,000 rows.
   *
   * @param notAsked - why nothing is known of namespaces that no answer is about
   */
  static async of(
    answers: readonly ReceivedAnswer[],
    notAsked: string | readonly Words[],
    asked?: Asked,
  ): Promise<ReceivedTraffic> {
    const services = new Map<string, Received>();
    const whys = new Map<string, Why>();
    const labelSets = new Map<string, RateRow['labels']>();
    for (const { namespaces, requests, buckets } of answers) {
      for (const namespace of namespaces) {
        whys.set(namespace, {
          requests: withoutRows(requests),
          buckets: withoutRows(buckets),
        });
      }
      for (const row of rowsOf(requests)) {
        await inTurns();
        const part = PARTS[row.labels[RECEIVED_PART]] ?? 'requests';
        receivedOf(services, row)[part].push(
          compact(row, REPORTERS[part], labelSets),
        );
      }
      for (const row of rowsOf(buckets)) {
        await inTurns();
        receivedOf(services, row).buckets.push(
          compact(row, REPORTERS.buckets, labelSets),
        );
      }
    }
    return new ReceivedTraffic(
      services,
      whys,
      unknown('source-unreachable', notAsked),
      asked,
    );
  }

  of({ namespace, name }: NamespacedName): ReceivedRows {
    const why = this.#whys.get(namespace);
    if (!why) {
      return {
        requests: this.#others,
        calledSide: this.#others,
        tcp: this.#others,
        buckets: this.#others,
      };
    }
    const found = this.#services.get(keyOf(namespace, name)) ?? NOTHING;
    const told = (answer: Measured<[]>, rows: RateRow[]) =>
      answer.status === 'known' ? known(rows) : answer;
    return {
      requests: told(why.requests, found.requests),
      calledSide: told(why.requests, found.calledSide),
      tcp: told(why.requests, found.tcp),
      buckets: told(why.buckets, found.buckets),
    };
  }
}

function rowsOf(answer: Measured<readonly RateRow[]>): readonly RateRow[] {
  return answer.status === 'known' ? answer.value : [];
}

/** Rows are kept by Service, and not once more as they were answered. */
function withoutRows(answer: Measured<readonly RateRow[]>): Measured<[]> {
  return answer.status === 'known' ? known([]) : answer;
}

function receivedOf(
  services: Map<string, Received>,
  { labels }: RateRow,
): Received {
  const key = keyOf(
    labels[istioLabels.destinationServiceNamespace],
    labels[istioLabels.destinationService],
  );
  const present = services.get(key) ?? {
    requests: [],
    calledSide: [],
    tcp: [],
    buckets: [],
  };
  services.set(key, present);
  return present;
}

/** The same few sets of labels stand at every Service: one copy of each will do. */
function compact(
  { labels, rate }: RateRow,
  reporter: Reporter,
  labelSets: Map<string, RateRow['labels']>,
): RateRow {
  const {
    [istioLabels.destinationServiceNamespace]: _,
    [istioLabels.destinationService]: __,
    [RECEIVED_PART]: ___,
    ...rest
  } = labels;
  const kept = { ...rest, [istioLabels.reporter]: reporter };
  // Labels of one answer stand in one order.
  const key = JSON.stringify(kept);
  const present = labelSets.get(key) ?? kept;
  labelSets.set(key, present);
  return { labels: present, rate };
}

function keyOf(namespace = '', name = ''): string {
  // No name of Kubernetes has a space.
  return `${namespace} ${name}`;
}
