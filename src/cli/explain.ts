import type { Command } from 'commander';
import { transforms } from '../../transforms/index.js';
import { UserError } from '../errors/user-error.js';
import type { Session } from './command.js';

export function define(command: Command, { streams, exit }: Session): void {
  command.argument('<transform>', 'as `nbslim list` names it').action((id: string) => {
    const transform = transforms.find((one) => one.id === id);
    if (transform === undefined) {
      const known = transforms.map((one) => one.id).join(', ');
      throw new UserError(`there is no transform '${id}'; there are ${known}`);
    }
    streams.out(`# ${transform.id}: ${transform.summary}\n\n${transform.explanation.trim()}\n`);
    exit(0);
  });
}
