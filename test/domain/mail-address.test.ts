import { describe, expect, it } from 'vitest';
import { addressFault, addressKey } from '../../shared/domain/mail-address.ts';

const LABELS = `${'a'.repeat(63)}.${'b'.repeat(63)}`;

describe('an address can be mailed to when SES takes it', () => {
  it.each([
    'anna@acme.example',
    'A.B+c_d@sub.acme.example',
    "o'brien!#$%&*/=?^_`{|}~-@acme.example",
    `${'x'.repeat(64)}@acme.example`,
    `${'x'.repeat(64)}@${LABELS}.${'c'.repeat(53)}.example`,
    'info@bücher.example',
    'info@παράδειγμα.example',
    'info@xn--e1afmkfd.xn--p1ai',
    'info@1und1.example',
    `info@${'a'.repeat(63)}.example`,
  ])('%s', (address) => {
    expect(addressFault(address)).toBeUndefined();
  });

  it.each([
    ['', 'must be an e-mail address: the @ is missing'],
    ['anna', 'must be an e-mail address: the @ is missing'],
    ['@acme.example', 'must have a name before the @'],
    ['"anna"@acme.example', 'must not be quoted before the @: such addresses cannot be mailed to'],
    ['ännchen@acme.example', 'must have only ASCII before the @: such addresses cannot be mailed to'],
    ['anna lee@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    [' anna@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    ['.anna@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    ['anna.@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    ['an..na@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    ['a@b@acme.example', 'must be an e-mail address: the part before the @ is malformed'],
    [`${'x'.repeat(65)}@acme.example`, 'must have at most 64 characters before the @, not 65'],
    ['anna@', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@localhost', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme..example', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@.example', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme.example.', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme.example ', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@-acme.example', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme-.example', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@ac_me.example', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme.example/x', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme.example:25', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@acme.example?x', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@192.0.2.1', 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@0x7f.1', 'must be an e-mail address: the part after the @ is no domain'],
    [`anna@${'a'.repeat(64)}.example`, 'must be an e-mail address: the part after the @ is no domain'],
    ['anna@[192.0.2.1]', 'must have a domain after the @, not an IP address'],
    [`${'x'.repeat(64)}@${LABELS}.${'c'.repeat(54)}.example`, 'must be at most 254 characters long, as mailed 255'],
    [`anna@${Array(4).fill('ü'.repeat(55)).join('.')}.example`, 'must be at most 254 characters long, as mailed 260'],
    ['anna@acme.example\r\nBcc: eve@evil.example', 'must not contain line breaks or other control characters'],
    ['anna\u0000@acme.example', 'must not contain line breaks or other control characters'],
    ['anna\u0085@acme.example', 'must not contain line breaks or other control characters'],
    ['anna\u2029@acme.example', 'must not contain line breaks or other control characters'],
  ])('%j: %s', (address, fault) => {
    expect(addressFault(address)).toBe(fault);
  });
});

it.each([
  ['anna@acme.example', 'anna@acme.example'],
  ['Anna.LEE@Acme.Example', 'anna.lee@acme.example'],
  ['info@BÜCHER.example', 'info@xn--bcher-kva.example'],
  ['info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'],
  ['Something Else', 'something else'],
  ['Anna@not a domain', 'anna@not a domain'],
])('%s is the same as whatever else has the key %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
