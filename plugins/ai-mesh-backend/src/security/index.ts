export { SecurityService } from './SecurityService';
