// All programs of the terminal. A program that is not here is "command not found".
import type { Command } from '../types';
import { curl } from './net/curl';
import { kubectl } from './kubectl/kubectl';
import { IPTABLES } from './node/iptables/iptables';
import { NFT } from './node/nft/nft';
import { SAVE_AND_RESTORE } from './node/iptables/save-restore';
import { TEXT_COMMANDS } from './text/text-commands';
import { RUN_COMMANDS } from './system/run';

export const COMMANDS: readonly Command[] = [
  kubectl,
  curl,
  ...TEXT_COMMANDS,
  ...RUN_COMMANDS,
  ...IPTABLES,
  ...SAVE_AND_RESTORE,
  ...NFT,
];
