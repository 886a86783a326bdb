import { parser } from '@prometheus-io/lezer-promql';
import { matches, oneOf, unquote, type Expr } from '../promql';
import { CannotShare } from './CannotShare';
import { aroundNames } from './namesWithin';
import type { QuestionShape } from './questionShape';
import { children, isSelector, only, selectorOf, type Node } from './syntax';
import {
  namedForMany,
  ofOneKind,
  varying,
  type Varying,
  type Whose,
} from './Whose';
import { labelsOf, told, type Written } from './Written';

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
      const { text, whose } = told(
        this.#write(parser.parse(this.#source).topNode),
      );
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
   * Series by their selector.
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
      conditions.map(({ from, to, label, within, all }) => [
        { from, to },
        within ? matches(label, aroundNames(within, all)) : oneOf(label, all),
      ]),
    );
    return { text, whose: new Set([whose]), untold: true };
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
    const written = this.#write(of);
    ofOneKind(written.whose);
    const grouping = modifier?.getChild('GroupingLabels');
    if (written.untold && this.#keepsAll(grouping, written.whose)) {
      return { ...written, text: this.#with(node, [[of, written.text]]) };
    }
    const { text, whose } = told(written);
    const by = this.#labels(grouping, whose);
    const replaced: Replaced[] = grouping
      ? [[grouping, by]]
      : [[operator, `${this.#with(operator, [])} by ${by}`]];
    return { text: this.#with(node, [...replaced, [of, text]]), whose };
  }

  /** Whether the labels that say whose a row is are all among those in brackets. */
  #keepsAll(
    grouping: Node | null | undefined,
    whose: ReadonlySet<Whose>,
  ): boolean {
    const kept = this.#inBrackets(grouping);
    return labelsOf(whose).every(label => kept.includes(label));
  }

  #inBrackets(grouping: Node | null | undefined): string[] {
    return grouping
      ? children(grouping).map(label => this.#with(label, []))
      : [];
  }

  #operation(node: Node): Written {
    const [first, last] = [node.firstChild!, node.lastChild!];
    const sides = [this.#write(first), this.#write(last)];
    const clause = node.getChild('MatchingModifierClause');
    const one = this.#ofOneSide(
      sides,
      clause ? undefined : node.getChild('Or'),
    );
    if (one) {
      const texts = sides.map(({ text }) => text);
      return {
        ...one,
        text: this.#with(node, [
          [first, texts[0]],
          [last, texts[1]],
        ]),
      };
    }
    const [left, right] = sides.map(told);
    const whose = new Set([...left.whose, ...right.whose]);
    const ofOne = left.whose.size === 0 || right.whose.size === 0;
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

  /** What both sides of an operation are that changes no label, where it is still to be said whose their rows are. */
  #ofOneSide(
    [left, right]: readonly Written[],
    or: Node | null | undefined,
  ): Written | undefined {
    if (left.untold && right.untold) {
      const [one] = left.whose;
      return or && right.whose.has(one) ? left : undefined;
    }
    const isWithNumber = [left, right].some(({ whose }) => whose.size === 0);
    return isWithNumber
      ? [left, right].find(({ untold }) => untold)
      : undefined;
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
    const present = this.#inBrackets(grouping);
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
    const isLabel = name.startsWith('label_');
    const set = isLabel ? unquote(this.#with(args[1], [])) : undefined;
    const isUntold =
      written.some(({ untold }) => untold) &&
      !name.startsWith('histogram_') &&
      written.every(({ whose }) =>
        labelsOf(whose).every(label => label !== set),
      );
    const parts = isUntold ? written : written.map(told);
    const whose = new Set(parts.flatMap(one => [...one.whose]));
    if (name.startsWith('histogram_')) {
      ofOneKind(whose);
    }
    if (set !== undefined && namedForMany(whose).includes(set)) {
      throw new CannotShare();
    }
    return {
      text: this.#with(
        node,
        args.map((arg, index) => [arg, parts[index].text]),
      ),
      whose,
      ...(isUntold && { untold: true }),
    };
  }

  #overSubquery(node: Node, subquery: Node): Written {
    const of = subquery.firstChild!;
    const written = this.#write(of);
    // What one kind tells of a series now and another one then is one series.
    ofOneKind(written.whose);
    return { ...written, text: this.#with(node, [[of, written.text]]) };
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
