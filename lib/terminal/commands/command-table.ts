// All programs of the terminal. A program that is not here is "command not found".
import type { Command } from '../types';
import { BUSYBOX_COMMANDS } from './busybox/reach';
import { kubectl } from './kubectl/kubectl';
import { curl } from './net/curl';
import { DNS_COMMANDS } from './net/dns-tools';
import { REACH_COMMANDS } from './net/reach';
import { ARPING } from './node/arping';
import { tcpdump } from './capture/tcpdump';
import { conntrack } from './node/conntrack';
import { ip } from './node/ip';
import { IPTABLES } from './node/iptables/iptables';
import { NFT } from './node/nft/nft';
import { SAVE_AND_RESTORE } from './node/iptables/save-restore';
import { SERVICE_COMMANDS } from './node/services';
import { SYSTEM_COMMANDS } from './node/system';
import { RUN_COMMANDS } from './system/run';
import { TEXT_COMMANDS } from './text/text-commands';

export const COMMANDS: readonly Command[] = [
  kubectl,
  curl,
  ...DNS_COMMANDS,
  ...REACH_COMMANDS,
  ...BUSYBOX_COMMANDS,
  ...TEXT_COMMANDS,
  ...RUN_COMMANDS,
  ...IPTABLES,
  ...SAVE_AND_RESTORE,
  ...NFT,
  ARPING,
  conntrack,
  tcpdump,
  ip,
  ...SYSTEM_COMMANDS,
  ...SERVICE_COMMANDS,
];
