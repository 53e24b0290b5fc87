import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** How the local S3 names its files: `<key>.data`. */
const STORED = /\.pdf\.data$/;

/** Gives every stored invoice a place where a person finds it, as `pdf/<number>.pdf`; returns that folder. */
export function showPdfs(directory: string): string {
  const folder = join(directory, 'pdf');
  mkdirSync(folder, { recursive: true });
  const shown = new Set(readdirSync(folder));
  for (const file of readdirSync(join(directory, 'objects'), { recursive: true, encoding: 'utf8' })) {
    const name = basename(file).replace(/\.data$/, '');
    if (STORED.test(file) && !shown.has(name)) linkSync(join(directory, 'objects', file), join(folder, name));
  }
  return folder;
}
