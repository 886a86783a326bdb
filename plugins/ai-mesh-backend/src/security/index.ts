export { meshControlPlaneQuery } from './certificateQueries';
export { meshControlPlane } from './meshControlPlane';
export { callerNamed } from './authorization/mayCall';
export { SecurityService } from './SecurityService';
