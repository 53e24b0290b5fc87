import { z } from 'zod';
import { addMinutes, type Instant } from '../../shared/domain/calendar.ts';
import type { StoredPdf } from '../../shared/domain/delivery.ts';
import type { ApiDeps } from './context.ts';

/** How long a link to a stored PDF works. */
const LINK_MINUTES = 5;

/** The answer of a route that gives a PDF. */
export const pdf = { description: 'The PDF.', content: { 'application/pdf': { schema: z.string() } } };

/** A file to be saved, not shown, under a name of plain letters, digits and hyphens. */
export const downloadHeaders = (type: string, fileName: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${fileName}"`,
});
export const pdfHeaders = (fileName: string) => downloadHeaders('application/pdf', fileName);

/** The answer of a route that says where a stored PDF can be fetched. */
export const pdfLink = z.object({
  url: z.url(),
  expiresAt: z.iso.datetime(),
  fileName: z.string(),
  sha256: z.string(),
});

/** A link by which the PDF of a document can be fetched for five minutes. */
export async function linkToPdf(
  { documents }: Pick<ApiDeps, 'documents'>,
  { key, sha256 }: StoredPdf,
  number: string,
  now: Instant,
): Promise<z.infer<typeof pdfLink>> {
  const fileName = `${number}.pdf`;
  const url = await documents.presign(key, LINK_MINUTES * 60, fileName);
  return { url, expiresAt: addMinutes(now, LINK_MINUTES), fileName, sha256 };
}
