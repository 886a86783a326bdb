import express, { Router } from 'express';
import { Faults, InvalidFault } from '../faults';
import { SceneStage } from '../scenes';
import { controlPage } from './controlPage';

export interface ControlOptions {
  stage: SceneStage;
  faults: Faults;
  /** What the state answer says besides. */
  describe(): Record<string, unknown>;
}

/** The sandbox's own switches: scenes and faults, over HTTP and as a page. */
export function createControl({
  stage,
  faults,
  describe,
}: ControlOptions): Router {
  const router = express.Router();
  const state = () => ({
    ...describe(),
    scene: stage.current,
    scenes: stage.scenes.map(({ name, description }) => ({
      name,
      description,
    })),
    faults: faults.list(),
  });
  router.use(express.json(), express.urlencoded({ extended: false }));
  router.get('/', (request, response) => {
    if (request.accepts(['json', 'html']) === 'html') {
      response.type('html').send(controlPage(stage));
    } else {
      response.json(state());
    }
  });
  router.post('/scene', (request, response) => {
    const { name = '' } = (request.body ?? {}) as { name?: unknown };
    const scene = typeof name === 'string' ? stage.play(name) : undefined;
    if (!scene) {
      const known = stage.scenes.map(one => one.name).join(', ');
      response.status(404).json({
        error: 'NotFound',
        message: `there is no scene ${JSON.stringify(name)?.slice(0, 80)}; there are ${known}`,
      });
    } else if (request.is('application/x-www-form-urlencoded')) {
      response.redirect(303, '.');
    } else {
      response.json(state());
    }
  });
  router.post('/faults', (request, response) => {
    try {
      response.status(201).json(faults.set(request.body));
    } catch (error) {
      if (!(error instanceof InvalidFault)) {
        throw error;
      }
      response.status(400).json({ error: error.name, message: error.message });
    }
  });
  router.delete('/faults', (_request, response) => {
    response.json({ ended: faults.clear() });
  });
  router.delete('/faults/:id', (request, response) => {
    const ended = faults.clear({ id: request.params.id });
    response.status(ended > 0 ? 200 : 404).json({ ended });
  });
  return router;
}
