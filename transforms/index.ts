import type { Transform } from '../src/refactor/contract.js';
import { batchSize } from './batch-size.js';
import { categoryMap } from './category-map.js';
import { closeFigures } from './close-figures.js';
import { collapse } from './collapse.js';
import { detachLoss } from './detach-loss.js';
import { dtype } from './dtype.js';
import { freeParts } from './free-parts.js';
import { generator } from './generator.js';
import { inplace } from './inplace.js';
import { lazyImages } from './lazy-images.js';
import { noGrad } from './no-grad.js';

/**
 * All transforms, in the order in which they take precedence: where two want what can't stand together, the earlier has it.
 * `lazy-images` stands before `generator`, which would take a list of images that is gone through once as well.
 * `category-map` stands before `dtype`, which makes a category of the same column where the map is not wanted.
 */
export const transforms: readonly Transform[] = [
  categoryMap,
  dtype,
  inplace,
  lazyImages,
  generator,
  batchSize,
  detachLoss,
  noGrad,
  closeFigures,
  collapse,
  freeParts,
];
