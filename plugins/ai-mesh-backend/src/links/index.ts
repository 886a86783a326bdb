export { fillLinks } from './fillLinks';
