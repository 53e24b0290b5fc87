/** RFC 5321, 4.5.3.1.1, and RFC 3696 with its erratum 1690. */
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;
/** RFC 1035, 2.3.4. */
const LONGEST_LABEL = 63;

/** RFC 5322, `dot-atom` without the dots. */
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not come into a header
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Why an address cannot be mailed to; undefined when it can. Stricter than the standards where SES is: the part before the
 * @ is ASCII without quotes. A domain may have letters of any script, and travels in Punycode (RFC 5890).
 */
export function addressFault(address: string): string | undefined {
  if (CONTROL.test(address)) return 'must not contain line breaks or other control characters';
  const at = address.lastIndexOf('@');
  if (at < 0) return 'must be an e-mail address: the @ is missing';
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const fault = faultOfLocalPart(local) ?? faultOfDomain(domain);
  if (fault) return fault;
  const length = local.length + 1 + (asciiDomain(domain)?.length ?? 0);
  return length > LONGEST_ADDRESS
    ? `must be at most ${LONGEST_ADDRESS} characters long, as mailed ${length}`
    : undefined;
}

function faultOfLocalPart(local: string): string | undefined {
  if (local === '') return 'must have a name before the @';
  if (local.includes('"')) return 'must not be quoted before the @: such addresses cannot be mailed to';
  if (/[^\u0020-\u007e]/.test(local)) return 'must have only ASCII before the @: such addresses cannot be mailed to';
  if (!ATOMS.test(local)) return 'must be an e-mail address: the part before the @ is malformed';
  return local.length > LONGEST_LOCAL_PART
    ? `must have at most ${LONGEST_LOCAL_PART} characters before the @, not ${local.length}`
    : undefined;
}

function faultOfDomain(domain: string): string | undefined {
  const malformed = 'must be an e-mail address: the part after the @ is no domain';
  if (domain.startsWith('[')) return 'must have a domain after the @, not an IP address';
  const labels = asciiDomain(domain)?.split('.') ?? [];
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1)!)) return malformed;
  return labels.every((label) => LABEL.test(label) && label.length <= LONGEST_LABEL) ? undefined : malformed;
}

/** A domain as it travels: in Punycode and lower case. Undefined where it is none. */
function asciiDomain(domain: string): string | undefined {
  // A URL would take these for the end of its host, or drop them.
  if (domain === '' || /[\s/?#\\:@[\]%]/.test(domain)) return undefined;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** The same for all ways to write an address: without regard to case (R154), its domain in Punycode. */
export function addressKey(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `${address.slice(0, at + 1)}${asciiDomain(domain) ?? domain}`.toLowerCase();
}
