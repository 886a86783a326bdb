export { factsOperations } from './factsOperations';
export { factsRouter, type FactsRouterOptions } from './factsRouter';
export { readFacts, type FactsSource } from './readFacts';
