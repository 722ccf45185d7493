// Ports of the control machine that `kubectl port-forward` listens on. A connection to one of them is made anew inside the Pod's
// network namespace, to localhost there: containerd internal/cri/server/sandbox_portforward_linux.go.
import { addressOf } from '@/lib/net/routing/address';

/** Where a forwarded port leads, and what to do when somebody connects. */
export interface Listener {
  /** Addresses of the control machine: "127.0.0.1", "::1", "0.0.0.0". */
  readonly addresses: readonly string[];
  readonly local: number;
  readonly remote: number;
  readonly namespace: string;
  readonly pod: string;
  /** Somebody has connected to `local`; `open`: and inside the Pod somebody listens. */
  accept(open: boolean): void;
}

/** The control machine's listening ports, shared by the terminals of a cluster. */
export class Forwards {
  #listeners: readonly Listener[] = [];

  /** `onAccept`: a listener was called and may have something to print. */
  constructor(private readonly onAccept: () => void = () => undefined) {}

  /** Who listens on an address and port. */
  at(address: string, port: number): Listener | undefined {
    return this.#listeners.find(
      (l) => l.local === port && l.addresses.some((own) => own === address || covers(own, address)),
    );
  }

  /** Whether a listener can be made: bind(2) refuses an address and port that is taken. */
  taken(address: string, port: number): boolean {
    return this.#listeners.some(
      (l) =>
        l.local === port &&
        l.addresses.some((own) => own === address || covers(own, address) || covers(address, own)),
    );
  }

  /** A connection was made through a listener. */
  accepted(listener: Listener, open: boolean): void {
    listener.accept(open);
    this.onAccept();
  }

  /** Returns how to close it. */
  listen(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }
}

/** A wildcard takes every address of its family. */
const covers = (own: string, address: string): boolean =>
  (own === '0.0.0.0' && addressOf(address)?.family === 'IPv4') ||
  (own === '::' && addressOf(address) !== undefined);
