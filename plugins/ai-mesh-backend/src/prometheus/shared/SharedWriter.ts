import { parser } from '@prometheus-io/lezer-promql';
import { joinLabels, oneOf, unquote, type Expr } from '../promql';
import { CannotShare } from './CannotShare';
import type { QuestionShape } from './questionShape';
import { children, isSelector, only, selectorOf, type Node } from './syntax';
import {
  namedForMany,
  ofOneKind,
  SEPARATOR,
  varying,
  type Varying,
  type Whose,
} from './Whose';

const WHOSE_LABEL = 'ai_mesh_whose_';

const AGGREGATIONS = new Set(['Sum', 'Max', 'Min', 'Count', 'Avg']);
/** Functions of a range that leave a series its labels. */
const OVER_TIME = new Set(
  'rate irate increase delta changes resets max_over_time min_over_time avg_over_time sum_over_time count_over_time last_over_time present_over_time'.split(
    ' ',
  ),
);
/** Functions of a moment that make of each series one of its own, or tell buckets of one from those of another. */
const OF_A_MOMENT = new Set(
  'label_replace label_join histogram_quantile histogram_count histogram_sum histogram_fraction clamp_min clamp_max round abs ceil floor timestamp'.split(
    ' ',
  ),
);
const NO_SERIES = new Set(['NumberDurationLiteral', 'StringLiteral']);

interface Written {
  text: string;
  /** Whose its rows are said to be; none of a number. */
  whose: ReadonlySet<Whose>;
}

/**
 * Writes questions of one shape as one: each condition asks for the values of all, each series gets a label with its own
 * values, and nothing is added up or compared across that label.
 */
export class SharedWriter {
  readonly #source: string;
  readonly #varying: ReadonlyMap<number, Varying>;
  readonly #whose: Whose[] = [];
  readonly #used = new Set<Varying>();

  /** @param shapes - with the same key */
  constructor(shapes: readonly QuestionShape[]) {
    this.#source = shapes[0].promql;
    this.#varying = new Map(varying(shapes).map(one => [one.from, one]));
  }

  /** Undefined where some row would not say whose it is, or what one question leaves out would show in another. */
  write(): { promql: Expr; whose: readonly Whose[] } | undefined {
    try {
      const { text, whose } = this.#write(parser.parse(this.#source).topNode);
      // What stands elsewhere than in a selector would be the first question's for all.
      return whose.size === 0 || this.#used.size < this.#varying.size
        ? undefined
        : { promql: text as Expr, whose: this.#whose };
    } catch (error) {
      if (error instanceof CannotShare) {
        return undefined;
      }
      throw error;
    }
  }

  #write(node: Node): Written {
    switch (node.name) {
      case 'PromQL':
      case 'ParenExpr': {
        const inner = this.#write(only(node));
        return { ...inner, text: this.#with(node, [[only(node), inner.text]]) };
      }
      case 'AggregateExpr':
        return this.#aggregation(node);
      case 'BinaryExpr':
        return this.#operation(node);
      case 'FunctionCall':
        return this.#call(node);
      case 'VectorSelector':
      case 'OffsetExpr':
      case 'StepInvariantExpr':
        return this.#series(node);
      default:
        if (NO_SERIES.has(node.name)) {
          return { text: this.#with(node, []), whose: new Set() };
        }
        throw new CannotShare();
    }
  }

  /**
   * Series by their selector, each with a label for whose it is.
   *
   * @param at - the selector, with its times, where the node is a function of it
   */
  #series(node: Node, at: Node = node): Written {
    const matchers = selectorOf(at).getChild('LabelMatchers');
    const conditions = (matchers ? children(matchers) : []).flatMap(
      ({ from, to }) => {
        const condition = this.#varying.get(from);
        return condition?.to === to ? condition : [];
      },
    );
    if (conditions.length === 0) {
      throw new CannotShare();
    }
    conditions.forEach(one => this.#used.add(one));
    const whose = this.#whoseBy(conditions);
    const text = this.#with(
      node,
      conditions.map(one => [one, oneOf(one.label, one.all)]),
    );
    return {
      text: joinLabels(
        text as Expr,
        whose.label,
        SEPARATOR,
        conditions.map(({ label }) => label),
      ),
      whose: new Set([whose]),
    };
  }

  #whoseBy(conditions: readonly Varying[]): Whose {
    const same = (one: Whose) =>
      one.conditions.length === conditions.length &&
      one.conditions.every(
        ({ label, variable }, index) =>
          label === conditions[index].label &&
          variable === conditions[index].variable,
      );
    const present = this.#whose.find(same);
    if (present) {
      return present;
    }
    const whose = { label: `${WHOSE_LABEL}${this.#whose.length}`, conditions };
    this.#whose.push(whose);
    return whose;
  }

  #aggregation(node: Node): Written {
    const operator = node.getChild('AggregateOp');
    const modifier = node.getChild('AggregateModifier');
    const body = node.getChild('FunctionCallBody');
    if (
      !operator ||
      !body ||
      !AGGREGATIONS.has(only(operator).name) ||
      (modifier && !modifier.getChild('By'))
    ) {
      throw new CannotShare();
    }
    const of = only(body);
    const { text, whose } = this.#write(of);
    ofOneKind(whose);
    const grouping = modifier?.getChild('GroupingLabels');
    const by = this.#labels(grouping, whose);
    const replaced: Replaced[] = grouping
      ? [[grouping, by]]
      : [[operator, `${this.#with(operator, [])} by ${by}`]];
    return { text: this.#with(node, [...replaced, [of, text]]), whose };
  }

  #operation(node: Node): Written {
    const [first, last] = [node.firstChild!, node.lastChild!];
    const [left, right] = [this.#write(first), this.#write(last)];
    const whose = new Set([...left.whose, ...right.whose]);
    const ofOne = left.whose.size === 0 || right.whose.size === 0;
    const clause = node.getChild('MatchingModifierClause');
    if (!ofOne && (clause || !node.getChild('Or'))) {
      ofOneKind(whose);
    }
    const replaced: Replaced[] = clause
      ? [[clause, this.#matching(clause, whose)]]
      : [];
    return {
      text: this.#with(node, [
        [first, left.text],
        ...replaced,
        [last, right.text],
      ]),
      whose,
    };
  }

  #matching(clause: Node, whose: ReadonlySet<Whose>): string {
    const grouping = clause.getChild('GroupingLabels');
    if (clause.getChild('On') && grouping) {
      return this.#with(clause, [[grouping, this.#labels(grouping, whose)]]);
    }
    if (namedForMany(whose).length > 0) {
      throw new CannotShare();
    }
    return this.#with(clause, []);
  }

  /** Labels in brackets, and with them whose a row is. Of several names of one question each has to keep its own. */
  #labels(
    grouping: Node | null | undefined,
    whose: ReadonlySet<Whose>,
  ): string {
    const present = grouping
      ? children(grouping).map(label => this.#with(label, []))
      : [];
    if (namedForMany(whose).some(label => !present.includes(label))) {
      throw new CannotShare();
    }
    return `(${[...present, ...Array.from(whose, ({ label }) => label)].join(', ')})`;
  }

  #call(node: Node): Written {
    const name = this.#with(node.getChild('FunctionIdentifier')!, []);
    const args = children(node.getChild('FunctionCallBody')!);
    if (OVER_TIME.has(name) && args.length === 1) {
      return args[0].name === 'SubqueryExpr'
        ? this.#overSubquery(node, args[0])
        : this.#series(node, args[0]);
    }
    if (!OF_A_MOMENT.has(name)) {
      throw new CannotShare();
    }
    if (name === 'timestamp' && isSelector(args[0])) {
      // Of a selector it is when the sample was taken, of anything else when it was asked for.
      return this.#series(node, args[0]);
    }
    const written = args.map(arg => this.#write(arg));
    const whose = new Set(written.flatMap(one => [...one.whose]));
    if (name.startsWith('histogram_')) {
      ofOneKind(whose);
    }
    if (name.startsWith('label_')) {
      const set = unquote(this.#with(args[1], []));
      if (namedForMany(whose).includes(set)) {
        throw new CannotShare();
      }
    }
    return {
      text: this.#with(
        node,
        args.map((arg, index) => [arg, written[index].text]),
      ),
      whose,
    };
  }

  #overSubquery(node: Node, subquery: Node): Written {
    const of = subquery.firstChild!;
    const { text, whose } = this.#write(of);
    // What one kind tells of a series now and another one then is one series.
    ofOneKind(whose);
    return { text: this.#with(node, [[of, text]]), whose };
  }

  /** A node's text with some ranges of it, in their order, written otherwise. */
  #with({ from, to }: Range, replaced: readonly Replaced[]): string {
    const pieces: string[] = [];
    let done = from;
    for (const [range, text] of replaced) {
      pieces.push(this.#source.slice(done, range.from), text);
      done = range.to;
    }
    return [...pieces, this.#source.slice(done, to)].join('');
  }
}

type Range = Pick<Node, 'from' | 'to'>;
type Replaced = [Range, string];
