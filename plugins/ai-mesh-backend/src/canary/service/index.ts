export type { CanaryCaller, CanaryRules } from './CanaryRules';
export { canaryPresets } from './canaryPresets';
export { CanaryService } from './CanaryService';
export { withDefaults } from './withDefaults';
