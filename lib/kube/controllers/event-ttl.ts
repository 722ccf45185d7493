// The API server forgets events an hour after their last change: it stores them with a lease (--event-ttl,
// pkg/registry/core/event/storage).
import type { CoreEvent } from './event';
import { EVENT_TTL_MS } from './event-recorder';
import { keyOf, splitKey } from './objects';
import type { Controller } from './types';

/** Deletes events that are past their time. */
export function eventTtl(): Controller {
  return {
    name: 'kube-apiserver',
    watches: ['Event'],
    latencyMs: 0,
    keysFor: ({ type, object }) => (type === 'ADDED' ? [keyOf(object)] : []),
    reconcile(key, { api, now, requeueAfter }) {
      const { namespace, name } = splitKey(key);
      const event = api.get<CoreEvent>('Event', namespace, name);
      if (!event) return;
      const last = Date.parse(
        event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '',
      );
      const left = Number.isFinite(last) ? last + EVENT_TTL_MS - now : EVENT_TTL_MS;
      if (left > 0) requeueAfter(key, left, true);
      else api.delete({ kind: 'Event', namespace, name });
    },
  };
}
