export { meshControlPlaneQuery } from './certificateQueries';
export { meshControlPlane } from './meshControlPlane';
export { SecurityService } from './SecurityService';
