import jsQR from 'jsqr';
import { type PdfObjects, pageContents } from './pdf-objects.ts';

/** Pixels per square of a code. */
const SCALE = 3;

/** What a telephone reads from the QR codes of a document: the squares are drawn on a page of pixels and looked at. */
export function scanned(pdf: PdfObjects): string[] {
  return pageContents(pdf).flatMap((content) =>
    [...content.matchAll(/\/Figure<<\/MCID \d+>>BDC\n(.*?)EMC/gs)].flatMap(([, drawn]) => scan(drawn!) ?? []),
  );
}

function scan(drawn: string): string | undefined {
  const boxes = [...drawn.matchAll(/(\d+) (\d+) (\d+) (\d+) re/g)].map((box) => box.slice(1).map(Number));
  if (boxes.length < 50) return undefined;
  const left = Math.min(...boxes.map(([x]) => x!)) - 10;
  const top = Math.min(...boxes.map(([, y]) => y!)) - 10;
  const size = Math.ceil((Math.max(...boxes.map(([x, , width]) => x! + width!)) - left + 10) * SCALE);
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [x, y, width, height] of boxes as [number, number, number, number][])
    for (let row = round(y - top); row < round(y + height - top); row++)
      for (let column = round(x - left); column < round(x + width - left); column++)
        pixels.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3);
  return (jsQR as unknown as { default: typeof jsQR.default }).default(pixels, size, size)?.data;
}

const round = (points: number): number => Math.round(points * SCALE);
