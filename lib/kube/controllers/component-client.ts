// The API as one part of the control plane uses it: what it writes carries its name (rest.DefaultKubernetesUserAgent: the program,
// not the controller, is the field manager).
import type { Result } from '@/lib/core/result';
import type { ApiClient, DeleteOptions, Status, WriteOptions } from '@/lib/kube/api/types';
import type { KubeObject, ObjectRef } from '@/lib/kube/types';

/** The program that a controller, or a source of Events, is part of. */
export function programOf(component: string): string {
  if (component === 'kubelet') return component;
  return component === 'scheduler' || component === 'default-scheduler'
    ? 'kube-scheduler'
    : 'kube-controller-manager';
}

export class ComponentClient implements ApiClient {
  readonly #api: ApiClient;
  readonly #component: string;

  constructor(api: ApiClient, controller: string) {
    this.#api = api;
    this.#component = programOf(controller);
  }

  get<T extends KubeObject>(kind: T['kind'], namespace: string, name: string): T | undefined {
    return this.#api.get<T>(kind, namespace, name);
  }
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): readonly T[] {
    return this.#api.list<T>(kind, namespace);
  }
  labelled<T extends KubeObject>(
    kind: T['kind'],
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): readonly T[] {
    return this.#api.labelled<T>(kind, namespace, labels);
  }
  ownedBy<T extends KubeObject>(kind: T['kind'], ownerUid: string): readonly T[] {
    return this.#api.ownedBy<T>(kind, ownerUid);
  }
  dependents(ownerUid: string): readonly KubeObject[] {
    return this.#api.dependents(ownerUid);
  }
  create<T extends KubeObject>(object: T, options: WriteOptions = {}): Result<T, Status> {
    return this.#api.create(object, { component: this.#component, ...options });
  }
  update<T extends KubeObject>(object: T, options: WriteOptions = {}): Result<T, Status> {
    return this.#api.update(object, { component: this.#component, ...options });
  }
  apply(manifest: KubeObject): ReturnType<ApiClient['apply']> {
    return this.#api.apply(manifest);
  }
  delete(ref: ObjectRef, options?: DeleteOptions): Result<KubeObject, Status> {
    return this.#api.delete(ref, options);
  }
}
