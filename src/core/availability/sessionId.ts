import { hash } from 'node:crypto';
import type { ResourceId, ServiceId, SessionId } from '../model/ids.ts';

/**
 * The id of a group session: a UUID of version 8 (RFC 9562) made of the hash of service, start and resources, so that two
 * who would open the same session meet in one key.
 */
export function sessionIdOf(serviceId: ServiceId, startMs: number, resourceIds: readonly ResourceId[]): SessionId {
  // Which of them comes first is a matter of preference, which may change.
  const digest = hash('sha256', `${serviceId} ${startMs} ${resourceIds.toSorted().join(' ')}`);
  const variant = ((parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    variant + digest.slice(17, 20),
    digest.slice(20, 32),
  ];
  return parts.join('-') as SessionId;
}
