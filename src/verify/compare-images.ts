import { PNG } from 'pngjs';

/** Of what a figure of rounded numbers may change: the share of its pixels, each by more than this of 255. */
const MOST_PIXELS = 0.02;
const VISIBLE = 16;

/**
 * Do two images in base 64 show the same? PNG files are compared by their pixels, others by their bytes.
 *
 * @param rounded whether numbers are drawn that may differ in late digits: then some pixels may
 */
export function samePixels(mime: string, a: string, b: string, rounded: boolean): boolean {
  const [bytes, others] = [Buffer.from(a, 'base64'), Buffer.from(b, 'base64')];
  if (bytes.equals(others)) return true;
  if (mime !== 'image/png') return false;
  const [image, other] = [decode(bytes), decode(others)];
  if (image === null || other === null) return false;
  if (image.width !== other.width || image.height !== other.height) return false;
  if (image.data.equals(other.data)) return true;
  if (!rounded) return false;
  let different = 0;
  for (let at = 0; at < image.data.length; at += 4) {
    for (let channel = at; channel < at + 4; channel++) {
      if (Math.abs((image.data[channel] ?? 0) - (other.data[channel] ?? 0)) <= VISIBLE) continue;
      different += 1;
      break;
    }
  }
  return different <= MOST_PIXELS * image.width * image.height;
}

function decode(bytes: Buffer): PNG | null {
  try {
    return PNG.sync.read(bytes);
  } catch {
    // No PNG after all: its bytes were compared.
    return null;
  }
}
