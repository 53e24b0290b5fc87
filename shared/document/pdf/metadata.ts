import { utf8 } from './byte-writer.ts';

/** What a document says about itself. */
export interface DocumentFacts {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
}

/** An e-invoice inside of the document, as Factur-X 1.0 and ZUGFeRD 2 name it. */
export interface EmbeddedInvoice {
  readonly fileName: string;
  readonly type: 'INVOICE';
  readonly profile: 'EN 16931';
}

const BYTE_ORDER_MARK = utf8('\ufeff');
const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => utf8(text.replace(/[&<>"]/g, (sign) => XML[sign]!));

/**
 * The document's metadata as XMP: that it is PDF/A-3a (ISO 19005-3, 6.6) and PDF/UA-1 (ISO 14289-1, 5), and which e-invoice
 * is in it. PDF/A wants every schema that it does not know itself described.
 */
export const metadataOf = (facts: DocumentFacts, embedded?: EmbeddedInvoice): Uint8Array =>
  Buffer.from(packetOf(facts, embedded), 'latin1');

/** With a character for each byte of UTF-8. */
function packetOf(facts: DocumentFacts, embedded: EmbeddedInvoice | undefined): string {
  const { language, title, author, createdAt } = facts;
  const at = `${createdAt.toISOString().slice(0, 19)}Z`;
  const [name, words] = [escaped(author), escaped(title)];
  return `<?xpacket begin="${BYTE_ORDER_MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${words}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${name}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate>
<xmp:ModifyDate>${at}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>${embedded === undefined ? '' : invoiceDescription(embedded)}
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>${PDFUA_SCHEMA}${embedded === undefined ? '' : FACTUR_X_SCHEMA}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

const FACTUR_X = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';

const invoiceDescription = ({ fileName, type, profile }: EmbeddedInvoice): string => `
<rdf:Description rdf:about="" xmlns:fx="${FACTUR_X}">
<fx:DocumentType>${type}</fx:DocumentType>
<fx:DocumentFileName>${fileName}</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>${profile}</fx:ConformanceLevel>
</rdf:Description>`;

type Property = readonly [
  name: string,
  valueType: 'Text' | 'Integer',
  category: 'internal' | 'external',
  meaning: string,
];

function schema(name: string, namespace: string, prefix: string, properties: readonly Property[]): string {
  const items = properties.map(
    ([property, valueType, category, meaning]) => `
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${property}</pdfaProperty:name><pdfaProperty:valueType>${valueType}</pdfaProperty:valueType><pdfaProperty:category>${category}</pdfaProperty:category><pdfaProperty:description>${meaning}</pdfaProperty:description></rdf:li>`,
  );
  return `
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>${name}</pdfaSchema:schema><pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>${prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${items.join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`;
}

const PDFUA_SCHEMA = schema('PDF/UA Universal Accessibility Schema', 'http://www.aiim.org/pdfua/ns/id/', 'pdfuaid', [
  ['part', 'Integer', 'internal', 'Part of ISO 14289 that the document conforms to'],
]);

const FACTUR_X_SCHEMA = schema('Factur-X PDFA Extension Schema', FACTUR_X, 'fx', [
  ['DocumentFileName', 'Text', 'external', 'The name of the embedded XML document'],
  ['DocumentType', 'Text', 'external', 'The type of the hybrid document in capital letters, such as INVOICE'],
  ['Version', 'Text', 'external', 'The version of the standard that the embedded XML document follows'],
  ['ConformanceLevel', 'Text', 'external', 'The conformance level of the embedded XML document'],
]);
