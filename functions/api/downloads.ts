import { z } from 'zod';

/** The answer of a route that gives a PDF. */
export const pdf = { description: 'The PDF.', content: { 'application/pdf': { schema: z.string() } } };

/** A file to be saved, not shown, under a name of plain letters, digits and hyphens. */
export const downloadHeaders = (type: string, fileName: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${fileName}"`,
});
export const pdfHeaders = (fileName: string) => downloadHeaders('application/pdf', fileName);
