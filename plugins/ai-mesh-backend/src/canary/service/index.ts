export type { CanaryCaller, CanaryRules } from './CanaryRules';
export { canaryPresets } from './canaryPresets';
export { CanaryService } from './CanaryService';
export { withDefaults } from './withDefaults';
export { pastCanary, type PastCanary } from './pastCanary';
