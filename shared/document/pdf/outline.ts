import { type PdfFile, textString, to } from './pdf-file.ts';

/** A title of the outline, and where it leads: the object of a page, and points from its foot. */
export interface Bookmark {
  readonly title: string;
  readonly page: number;
  readonly top: number;
}

/** Writes the outline (ISO 32000-1, 12.3.3) and gives what the catalog says of it. */
export function outlined(file: PdfFile, bookmarks: readonly Bookmark[]): string {
  if (bookmarks.length === 0) return '';
  const outline = file.reserve();
  const items = bookmarks.map(() => file.reserve());
  bookmarks.forEach(({ title, page, top }, index) => {
    const [before, after] = [items[index - 1], items[index + 1]];
    const siblings = `${before === undefined ? '' : ` /Prev ${to(before)}`}${after === undefined ? '' : ` /Next ${to(after)}`}`;
    file.object(
      `<< /Title ${textString(title)} /Parent ${to(outline)}${siblings} /Dest [${to(page)} /XYZ null ${Math.round(top)} null] >>`,
      items[index],
    );
  });
  const [first, last] = [items[0]!, items.at(-1)!];
  file.object(`<< /Type /Outlines /First ${to(first)} /Last ${to(last)} /Count ${items.length} >>`, outline);
  return `/Outlines ${to(outline)}`;
}
