#!/usr/bin/env node
// Imports nothing but what `--version` needs: whatever starts here is paid for by every run.
import { readVersion } from './version.js';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { run } = await import('./run.js');
  process.exitCode = await run(args);
}
