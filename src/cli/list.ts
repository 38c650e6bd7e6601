import type { Command } from 'commander';
import { transforms } from '../../transforms/index.js';
import type { Session } from './command.js';

export function define(command: Command, { streams, exit }: Session): void {
  command.action(() => {
    const width = Math.max(...transforms.map(({ id }) => id.length));
    for (const { id, summary, optIn } of transforms)
      streams.out(`${id.padEnd(width)}  ${summary}${optIn ? ' (only where it is selected)' : ''}\n`);
    exit(0);
  });
}
