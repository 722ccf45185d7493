// A controller's memory: one cell with an immutable value, so that the manager can take it into a snapshot and put it back.
import type { ControllerMemory } from './types';

/** A cell that starts with `value`. */
export class Cell<T> implements ControllerMemory {
  constructor(public value: T) {}

  read(): unknown {
    return this.value;
  }

  write(value: unknown): void {
    this.value = value as T;
  }
}
