import type { Address } from '../domain/seller.ts';
import type { Formats } from './format.ts';

/** A postal address line by line, as its own country writes it, with the country in the reader's language. */
export function addressLines(address: Address, formats: Pick<Formats, 'country'>): string[] {
  return [address.line1, address.line2 ?? '', ...place(address), formats.country(address.country)].filter(
    (line) => line !== '',
  );
}

function place({ city, region = '', postalCode, country }: Address): string[] {
  switch (country) {
    case 'US':
      return [`${city}, ${region} ${postalCode}`];
    case 'CA':
    case 'AU':
      return [`${city} ${region} ${postalCode}`.replace('  ', ' ')];
    case 'GB':
    case 'IE':
      return [city, postalCode];
    default:
      return [`${postalCode} ${city}`];
  }
}
