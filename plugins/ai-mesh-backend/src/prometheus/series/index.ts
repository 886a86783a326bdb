export {
  countersOf,
  parseCounterTemplate,
  parseValueTemplate,
  valueOf,
  type CounterTemplate,
  type TemplateScope,
  type ValueTemplate,
} from './templates';
export type { SliMatcher } from './SliQuery';
