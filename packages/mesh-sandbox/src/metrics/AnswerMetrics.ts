import { Pod } from '../mesh';
import { AnswerGiven, Conditions, Random } from '../traffic';
import { Behaviours } from '../traffic/Behaviours';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { Buckets } from './Histogram';
import { HistogramFamily } from './HistogramFamily';
import { podLabels } from './podLabels';

const SCORES = new Buckets([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);

/** Tokens at which an answer ends in the middle of a sentence. */
const LENGTH_LIMIT = 512;

interface Counts {
  pod: Pod;
  /** By label and value, as they are rendered. */
  feedback: Map<string, number>;
  answers: Map<string, number>;
}

/**
 * What applications count of the answers that they give: how these ended, what people thought of them (thumbs up and
 * down), and how an evaluation scored them. It draws from a chance of its own, so that the traffic is the same with and
 * without anybody's opinion.
 */
export class AnswerMetrics implements MetricSource {
  private readonly random = new Random(4711);
  private readonly pods = new Map<string, Counts>();
  private readonly scores = new HistogramFamily(
    'gen_ai_evaluation_score',
    'Scores of evaluated answers.',
    SCORES,
  );

  constructor(
    private readonly engine: {
      readonly behaviours: Behaviours;
      pods(): Iterable<{ pod: Pod }>;
    },
    private readonly conditions: Conditions,
  ) {}

  record({ pod, usage }: AnswerGiven): void {
    const behaviour = this.engine.behaviours.of(pod.workload).answers;
    if (!behaviour) {
      return;
    }
    const { downRatio, score } = {
      ...behaviour,
      ...this.conditions.opinions.get(pod.workload.key),
    };
    const { random } = this;
    const counts = this.countsOf(pod);
    const cut = (usage?.completionTokens ?? 0) > LENGTH_LIMIT;
    const reason = random.chance(behaviour.refusedRatio)
      ? 'content_filter'
      : (cut && 'length') || 'stop';
    count(counts.answers, reason);
    if (random.chance(behaviour.feedbackRatio)) {
      count(counts.feedback, random.chance(downRatio) ? 'down' : 'up');
    }
    if (random.chance(behaviour.evaluatedRatio)) {
      this.scores.observe(
        pod.key,
        renderLabels({
          gen_ai_evaluation_name: 'relevance',
          ...podLabels(pod),
        }),
        Math.min(1, Math.max(0, score + 0.1 * random.normal())),
      );
    }
  }

  *expose(): Iterable<string> {
    const live = new Set([...this.engine.pods()].map(({ pod }) => pod.key));
    yield* this.counter(
      live,
      'ai_answers_total',
      'Answers by how they ended.',
      'finish_reason',
      ({ answers }) => answers,
    );
    yield* this.counter(
      live,
      'ai_feedback_total',
      'What people thought of answers.',
      'rating',
      ({ feedback }) => feedback,
    );
    yield* this.scores.expose(live);
  }

  private counter(
    live: ReadonlySet<string>,
    name: string,
    help: string,
    label: string,
    of: (counts: Counts) => Map<string, number>,
  ): Iterable<string> {
    const lines = [...this.pods.values()]
      .filter(({ pod }) => live.has(pod.key))
      .flatMap(counts =>
        [...of(counts)].map(([value, total]) =>
          sample(
            name,
            renderLabels({ [label]: value, ...podLabels(counts.pod) }),
            total,
          ),
        ),
      );
    return family(name, 'counter', help, lines);
  }

  private countsOf(pod: Pod): Counts {
    let counts = this.pods.get(pod.key);
    if (!counts) {
      counts = { pod, feedback: new Map(), answers: new Map() };
      this.pods.set(pod.key, counts);
    }
    return counts;
  }
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}
