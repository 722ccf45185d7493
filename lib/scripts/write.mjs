// Output of the commands: whole, in order, and quiet when nobody reads any more.
import { writeSync } from 'node:fs';

/** Writes all of a text at once, so that nothing is lost at the end; a reader that has gone (`| head`) is no fault. */
export function write(descriptor, text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (error.code === 'EPIPE') process.exit(0);
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
