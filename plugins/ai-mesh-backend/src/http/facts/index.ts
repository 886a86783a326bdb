export { factsOperations } from './factsOperations';
export { factsRouter, type FactsRouterOptions } from './factsRouter';
