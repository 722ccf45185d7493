// All programs of the terminal. A program that is not here is "command not found".
import type { Command } from '../types';
import { TEXT_COMMANDS } from './text';

export const COMMANDS: readonly Command[] = [...TEXT_COMMANDS];
