// The working directory of `ksvc shell` on disk. Nothing outside it is read or written, whatever links say.
import * as fs from 'node:fs';
import path from 'node:path';
import type { Volume } from '@/lib/terminal/files/volume';

const LARGEST = 16 * 1024 * 1024;

export class DiskFolder implements Volume {
  readonly #root: string;

  /** Throws if there is no such folder. */
  constructor(folder: string) {
    this.#root = fs.realpathSync(folder);
    if (!fs.statSync(this.#root).isDirectory()) throw new Error(`${folder} is no folder`);
  }

  list(folder: string): readonly string[] {
    return this.#try(folder, (real) => fs.readdirSync(real).sort()) ?? [];
  }

  read(file: string): string | undefined {
    return this.#try(file, (real) => {
      const stat = fs.statSync(real);
      return stat.isFile() && stat.size <= LARGEST ? fs.readFileSync(real, 'utf8') : undefined;
    });
  }

  write(file: string, text: string): boolean {
    if (text.length > LARGEST) return false;
    return this.#try(file, (real) => (fs.writeFileSync(real, text), true)) ?? false;
  }

  kind(file: string): 'file' | 'folder' | undefined {
    return this.#try(file, (real) => {
      const stat = fs.statSync(real);
      return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : undefined;
    });
  }

  remove(file: string): boolean {
    return (
      this.#try(file, (real) => {
        if (real === this.#root) return false;
        if (fs.statSync(real).isDirectory()) fs.rmdirSync(real);
        else fs.unlinkSync(real);
        return true;
      }) ?? false
    );
  }

  makeFolder(folder: string): boolean {
    return this.#try(folder, (real) => (fs.mkdirSync(real), true)) ?? false;
  }

  /** Does something with the real path, if it lies inside; undefined if it does not, or if it fails. */
  #try<T>(name: string, act: (real: string) => T): T | undefined {
    try {
      const real = this.#real(path.join(this.#root, name));
      return real === undefined ? undefined : act(real);
    } catch {
      return undefined;
    }
  }

  /** The path with links followed; of something new, that of its folder. undefined: outside. */
  #real(file: string): string | undefined {
    let real: string;
    try {
      real = fs.realpathSync(file);
    } catch {
      // A link that leads nowhere would be made where it points to.
      if (fs.lstatSync(file, { throwIfNoEntry: false })) return undefined;
      real = path.join(fs.realpathSync(path.dirname(file)), path.basename(file));
    }
    return real === this.#root || real.startsWith(this.#root + path.sep) ? real : undefined;
  }
}
