export { canaryOperations } from './canaryOperations';
export { canaryRouter } from './canaryRouter';
