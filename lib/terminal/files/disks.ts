// The files of all machines of a cluster, shared by its terminals.
import { MemoryVolume, type Volume, type VolumeContent } from './volume';

export type DisksContent = Readonly<Record<string, VolumeContent>>;

export class Disks {
  #memory = new Map<string, MemoryVolume>();

  /** `home`: where the control machine's home folder is kept (the editor's files, a folder on disk); default: in memory. */
  constructor(private readonly home: Volume = new MemoryVolume()) {}

  /** What a machine's files are kept in. */
  of(machine: string): { readonly memory: MemoryVolume; readonly homeVolume?: Volume } {
    let memory = this.#memory.get(machine);
    if (!memory) this.#memory.set(machine, (memory = new MemoryVolume()));
    return machine === 'control' ? { memory, homeVolume: this.home } : { memory };
  }

  /** Plain data to resume from; the home folder is kept by whoever gave it. */
  get content(): DisksContent {
    return Object.fromEntries([...this.#memory].map(([machine, volume]) => [machine, volume.content]));
  }
  set content(content: DisksContent) {
    this.#memory = new Map(Object.entries(content).map(([machine, own]) => [machine, new MemoryVolume(own)]));
  }
}
