// All labs, in the course's order.
import { lab as whyAService } from '@/content/stages/1-basics/01-why-a-service/lab';
import { lab as firstService } from '@/content/stages/1-basics/02-first-service/lab';
import { lab as selectorEndpoints } from '@/content/stages/1-basics/03-selector-endpoints/lab';
import { lab as ports } from '@/content/stages/1-basics/04-ports/lab';
import { lab as serviceTypes } from '@/content/stages/1-basics/05-service-types/lab';
import { lab as discoveryFlow } from '@/content/stages/2-architecture/01-discovery-flow/lab';
import { lab as endpointSlices } from '@/content/stages/2-architecture/02-endpointslices/lab';
import { lab as iptablesChains } from '@/content/stages/2-architecture/03-iptables-chains/lab';
import { lab as onePacket } from '@/content/stages/2-architecture/04-one-packet/lab';
import { lab as nftablesMaps } from '@/content/stages/2-architecture/06-nftables-verdict-maps/lab';
import { lab as scaleOfLookup } from '@/content/stages/2-architecture/07-lookup-cost/lab';
import { lab as sessionAffinity } from '@/content/stages/2-architecture/08-session-affinity/lab';
import type { Lab } from './types';

export interface LabEntry {
  readonly lab: Lab;
  /** Where its words and its lesson stand, from the project's root. */
  readonly folder: string;
}

export const LABS: readonly LabEntry[] = [
  { lab: whyAService, folder: 'content/stages/1-basics/01-why-a-service' },
  { lab: firstService, folder: 'content/stages/1-basics/02-first-service' },
  { lab: selectorEndpoints, folder: 'content/stages/1-basics/03-selector-endpoints' },
  { lab: ports, folder: 'content/stages/1-basics/04-ports' },
  { lab: serviceTypes, folder: 'content/stages/1-basics/05-service-types' },
  { lab: discoveryFlow, folder: 'content/stages/2-architecture/01-discovery-flow' },
  { lab: endpointSlices, folder: 'content/stages/2-architecture/02-endpointslices' },
  { lab: iptablesChains, folder: 'content/stages/2-architecture/03-iptables-chains' },
  { lab: onePacket, folder: 'content/stages/2-architecture/04-one-packet' },
  { lab: nftablesMaps, folder: 'content/stages/2-architecture/06-nftables-verdict-maps' },
  { lab: scaleOfLookup, folder: 'content/stages/2-architecture/07-lookup-cost' },
  { lab: sessionAffinity, folder: 'content/stages/2-architecture/08-session-affinity' },
];

export const labById = (id: string): Lab | undefined => LABS.find((e) => e.lab.id === id)?.lab;
