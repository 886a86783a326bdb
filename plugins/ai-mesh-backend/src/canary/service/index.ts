export type { CanaryCaller, CanaryRules } from './CanaryRules';
export { CanaryService } from './CanaryService';
export { withDefaults } from './withDefaults';
