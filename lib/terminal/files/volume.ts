// A place where files are kept: the editor's files on the page, a folder on disk in `ksvc shell`, or memory.

/** Paths are absolute and resolved; "/" is the volume's own root. */
export interface Volume {
  list(folder: string): readonly string[];
  read(path: string): string | undefined;
  write(path: string, text: string): boolean;
  kind(path: string): 'file' | 'folder' | undefined;
  remove(path: string): boolean;
  makeFolder(path: string): boolean;
}

/** The content of a volume in memory: texts by path, and folders. Plain data. */
export interface VolumeContent {
  readonly files: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
}

const MOST_FILES = 1_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** Files in memory. */
export class MemoryVolume implements Volume {
  #files = new Map<string, string>();
  #folders = new Set<string>(['/']);
  #size = 0;

  constructor(content?: VolumeContent) {
    if (content) this.content = content;
  }

  get content(): VolumeContent {
    return { files: Object.fromEntries(this.#files), folders: [...this.#folders] };
  }
  set content(content: VolumeContent) {
    this.#files = new Map(Object.entries(content.files));
    this.#folders = new Set(['/', ...content.folders]);
    this.#size = [...this.#files.values()].reduce((sum, text) => sum + text.length, 0);
  }

  list(folder: string): readonly string[] {
    const prefix = folder === '/' ? '/' : `${folder}/`;
    const names = new Set<string>();
    for (const path of [...this.#files.keys(), ...this.#folders])
      if (path.startsWith(prefix) && path !== '/') names.add(path.slice(prefix.length).split('/')[0] ?? '');
    return [...names].filter((n) => n !== '').sort();
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  write(path: string, text: string): boolean {
    const folder = path.replace(/\/[^/]*$/, '') || '/';
    if (this.kind(path) === 'folder' || this.kind(folder) !== 'folder') return false;
    const before = this.#files.get(path);
    const size = this.#size - (before?.length ?? 0) + text.length;
    if (size > MOST_CHARACTERS || (before === undefined && this.#files.size >= MOST_FILES)) return false;
    this.#size = size;
    this.#files.set(path, text);
    return true;
  }

  kind(path: string): 'file' | 'folder' | undefined {
    return this.#files.has(path) ? 'file' : this.#folders.has(path) ? 'folder' : undefined;
  }

  remove(path: string): boolean {
    const text = this.#files.get(path);
    if (text !== undefined) {
      this.#size -= text.length;
      return this.#files.delete(path);
    }
    if (path === '/' || this.list(path).length > 0) return false;
    return this.#folders.delete(path);
  }

  makeFolder(path: string): boolean {
    const folder = path.replace(/\/[^/]*$/, '') || '/';
    if (this.kind(path) || this.kind(folder) !== 'folder' || this.#folders.size >= MOST_FILES) return false;
    this.#folders.add(path);
    return true;
  }
}
