import { Response } from 'express';
import { FaultSubject } from '../../faults/Faults';
import { KubeObject } from '../../store/KubeObject';
import { StoreChange } from '../../store/StoreChange';
import { expired } from '../status/refusals';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface WatchStreamOptions {
  response: Response;
  /** What faults tell watches apart by. */
  subject: FaultSubject;
  /** Whether the watch is for this object. */
  matches(object: KubeObject): boolean;
  /** An object as JSON text in the representation that was asked for. */
  write(object: KubeObject): string;
  /** A bookmark's object at a version; absent where the client wants none. */
  bookmark?(resourceVersion: string, initialEventsEnd: boolean): object;
}

/** A client that reads no faster than this much behind is cut off, as API servers do. */
const mostBytesBehind = 32 * 1024 * 1024;

/** One running watch: writes events as lines of JSON. */
export class WatchStream {
  private silent = false;

  constructor(private readonly options: WatchStreamOptions) {
    const { response } = options;
    response.status(200);
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Cache-Control', 'no-cache, private');
    response.flushHeaders();
  }

  get subject(): FaultSubject {
    return this.options.subject;
  }

  /** Tells of a change as it looks through the watch's selectors. */
  offer({ type, object, previous }: StoreChange): void {
    const before = previous !== undefined && this.options.matches(previous);
    const after = type !== 'DELETED' && this.options.matches(object);
    if (after) {
      this.send(before ? 'MODIFIED' : 'ADDED', object);
    } else if (before) {
      this.send('DELETED', object);
    }
  }

  send(type: WatchEventType, object: KubeObject): void {
    this.line(`{"type":"${type}","object":${this.options.write(object)}}`);
  }

  /** Says how far the watch has come, so that a reconnect need not go back to the last event. */
  sendBookmark(resourceVersion: string, initialEventsEnd = false): void {
    const object = this.options.bookmark?.(resourceVersion, initialEventsEnd);
    if (object) {
      this.line(JSON.stringify({ type: 'BOOKMARK', object }));
    }
  }

  /** Ends with an ERROR event of 410 Gone. */
  expire(message: string): void {
    const object = expired(message).toStatus();
    this.line(JSON.stringify({ type: 'ERROR', object }));
    this.end();
  }

  /** Ends in order, as when the watch's time is over. */
  end(): void {
    if (!this.silent) {
      this.options.response.end();
    }
  }

  /** Keeps the connection open and sends nothing any more. */
  silence(): void {
    this.silent = true;
  }

  /** Cuts the connection in the middle of the answer. */
  cut(): void {
    this.options.response.socket?.destroy();
  }

  private line(text: string): void {
    const { response } = this.options;
    if (this.silent || response.writableEnded) {
      return;
    }
    if (response.writableLength > mostBytesBehind) {
      this.cut();
      return;
    }
    response.write(`${text}\n`);
  }
}
