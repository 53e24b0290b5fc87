/**
 * The addresses in a header like `To`: bare or in angle brackets, separated by commas outside quotes and comments.
 */
export function parseAddressList(header: string): readonly string[] {
  const entries: string[] = [];
  let entry = '';
  let quoted = false;
  let depth = 0;
  for (const character of header) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '(') depth += 1;
    else if (!quoted && character === ')') depth -= 1;
    if (character === ',' && !quoted && depth === 0) {
      entries.push(entry);
      entry = '';
    } else entry += character;
  }
  return [...entries, entry].map(bareAddress).filter((address) => address !== '');
}

/** `"Ann, finance" <ann@customer.example>` → `ann@customer.example`. */
export function bareAddress(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.replace(/\([^)]*\)/g, '')).trim();
}

/** Why SES would not take an address, in its words; undefined when it would. It checks the form only. */
export function faultOf(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are forbidden
  const blank = /[\s\u0000-\u001f\u007f]/;
  if (at < 0) return "Missing final '@domain'";
  if (local === '') return `User name is missing: '${address}'.`;
  if (blank.test(local)) return 'Local address contains control or whitespace';
  if (/[^\u0021-\u007e]/.test(local) || local.length > 64 || /[<>()[\],;:\\@]/.test(local)) return 'Illegal address';
  if (domain === '') return "Missing final '@domain'";
  if (blank.test(domain)) return 'Domain contains control or whitespace';
  if (domain.startsWith('.')) return 'Domain starts with dot';
  if (domain.endsWith('.')) return 'Domain ends with dot';
  if (domain.includes('..')) return 'Domain contains dot-dot';
  if (/[^A-Za-z0-9.-]/.test(domain)) return 'Domain contains illegal character';
  return undefined;
}

/** The header fields of a message, unfolded, names in lower case; of repeated fields the first. */
export function parseHeaders(message: Buffer): ReadonlyMap<string, string> {
  const end = message.indexOf('\r\n\r\n');
  const head = message.toString('utf8', 0, end < 0 ? Math.min(message.length, 65_536) : end);
  const fields = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** A header's text with its encoded words (RFC 2047) decoded, for people to read. */
export function decodeWords(text: string): string {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(
    /=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi,
    (_, charset: string, encoding: string, encoded: string) => {
      const bytes =
        encoding.toLowerCase() === 'b'
          ? Buffer.from(encoded, 'base64')
          : Buffer.from(
              encoded
                .replace(/_/g, ' ')
                .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
              'latin1',
            );
      return new TextDecoder(charset).decode(bytes);
    },
  );
}
