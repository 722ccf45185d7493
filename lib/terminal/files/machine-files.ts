// The files of one machine: what the system itself shows (/etc/resolv.conf, /proc/sys …, made when they are read), the home folder's
// volume, and memory for the rest.
import type { Files } from '../types';
import { folderOf, resolvePath } from './path';
import type { MemoryVolume, Volume } from './volume';

/** Read-only files that are made when they are read, by path. */
export type SystemFiles = ReadonlyMap<string, () => string>;

export interface MachineDisk {
  readonly memory: MemoryVolume;
  /** Mounted at `home`, if there is one. */
  readonly homeVolume?: Volume;
  readonly home: string;
  readonly system: SystemFiles;
}

/** The files of a machine seen from a folder. */
export class MachineFiles implements Files {
  constructor(
    private readonly disk: MachineDisk,
    private readonly cwd: string,
  ) {}

  resolve(path: string): string {
    return resolvePath(path, this.cwd);
  }

  list(folder = '.'): readonly string[] {
    const path = this.resolve(folder);
    const mounted = this.#mounted(path);
    if (mounted) return mounted.volume.list(mounted.path);
    const names = new Set(this.disk.memory.list(path));
    const prefix = path === '/' ? '/' : `${path}/`;
    for (const known of [...this.disk.system.keys(), ...(this.disk.homeVolume ? [this.disk.home] : [])])
      if (known.startsWith(prefix) && known !== '/')
        names.add(known.slice(prefix.length).split('/')[0] ?? '');
    return [...names].sort();
  }

  read(path: string): string | undefined {
    const own = this.resolve(path);
    const mounted = this.#mounted(own);
    if (mounted) return mounted.volume.read(mounted.path);
    return this.disk.memory.read(own) ?? this.disk.system.get(own)?.();
  }

  write(path: string, text: string): boolean {
    const own = this.resolve(path);
    const mounted = this.#mounted(own);
    if (mounted) return mounted.volume.write(mounted.path, text);
    if (this.disk.system.has(own) || own.startsWith('/proc/') || own.startsWith('/sys/')) return false;
    this.#materialise(folderOf(own));
    return this.disk.memory.write(own, text);
  }

  kind(path: string): 'file' | 'folder' | undefined {
    const own = this.resolve(path);
    const mounted = this.#mounted(own);
    if (mounted) return mounted.volume.kind(mounted.path);
    const kept = this.disk.memory.kind(own);
    if (kept) return kept;
    if (this.disk.system.has(own)) return 'file';
    return this.#isSystemFolder(own) ? 'folder' : undefined;
  }

  remove(path: string): boolean {
    const own = this.resolve(path);
    const mounted = this.#mounted(own);
    return mounted ? mounted.volume.remove(mounted.path) : this.disk.memory.remove(own);
  }

  makeFolder(path: string): boolean {
    const own = this.resolve(path);
    const mounted = this.#mounted(own);
    if (mounted) return mounted.volume.makeFolder(mounted.path);
    if (this.kind(own)) return false;
    this.#materialise(folderOf(own));
    return this.disk.memory.makeFolder(own);
  }

  #mounted(path: string): { readonly volume: Volume; readonly path: string } | undefined {
    const { homeVolume: volume, home } = this.disk;
    if (!volume || (path !== home && !path.startsWith(`${home}/`))) return undefined;
    return { volume, path: path.slice(home.length) || '/' };
  }

  #isSystemFolder(path: string): boolean {
    const prefix = path === '/' ? '/' : `${path}/`;
    if ([...this.disk.system.keys(), `${this.disk.home}/`].some((known) => known.startsWith(prefix)))
      return true;
    return ['/tmp', '/root', '/etc', '/var', '/usr', '/proc', '/'].includes(path);
  }

  /** Folders that the system shows become real when something is written into them. */
  #materialise(folder: string): void {
    if (folder === '/' || this.disk.memory.kind(folder) || !this.#isSystemFolder(folder)) return;
    this.#materialise(folderOf(folder));
    this.disk.memory.makeFolder(folder);
  }
}
