// Before `npm pack`: takes away what earlier builds left in dist/, so that the package holds this build and no more.

import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

rmSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
