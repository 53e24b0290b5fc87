import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Canone di servizio',
    'standard-phone-numbers': 'Numeri di telefono standard',
    prorated: 'Addebiti pro rata',
    'contact-center': 'Contact center',
    rentals: 'Noleggi',
    purchases: 'Acquisti',
    'included-minutes': 'Minuti inclusi nel piano',
    'domestic-premium': 'Minuti verso numeri nazionali a sovrapprezzo',
    'outbound-overage': 'Minuti in uscita oltre il piano',
    'toll-free-inbound': 'Numeri verdi (DID) – minuti in entrata',
    international: 'Numeri internazionali (DID) – minuti in uscita',
    'sms-included': 'SMS inclusi nel piano',
    'sms-overage': 'SMS oltre il piano',
    'state-local-fees': 'Oneri normativi statali e locali',
    'regulatory-recovery': 'Contributo per oneri normativi',
    'canadian-regulatory': 'Oneri normativi federali e provinciali',
    'universal-service': 'Contributo per il servizio universale',
  },
  about: {
    'included-minutes': 'Minuti utilizzati entro il piano, locali e interurbani, senza costi aggiuntivi.',
    'domestic-premium': 'Minuti di chiamate verso numeri nazionali a sovrapprezzo, esclusi da ogni piano.',
    'outbound-overage':
      'Minuti in uscita oltre quelli del piano. Le chiamate tra interni contano come chiamate in uscita.',
    'toll-free-inbound':
      'Minuti delle chiamate ricevute sui vostri numeri verdi. I numeri stessi figurano sotto Numeri di telefono standard.',
    international:
      'Minuti di chiamate verso paesi diversi da quello dell’indirizzo di fatturazione, alla tariffa di ciascuna destinazione.',
    'sms-included':
      'Crediti per messaggi utilizzati entro il piano, inviati e ricevuti, senza costi aggiuntivi. Un credito vale circa 160 caratteri.',
    'sms-overage':
      'Crediti per messaggi oltre quelli del piano, inviati e ricevuti. Un credito vale circa 160 caratteri.',
    'state-local-fees':
      'Recuperano le imposte e i contributi statali e locali che versiamo per il servizio. Sono addebiti nostri, non un’imposta a vostro carico, e variano con essi.',
    'regulatory-recovery':
      'Recupera parte dei nostri costi di conformità normativa, di connessione alla rete telefonica pubblica e di risposta alle richieste delle autorità. Non è un’imposta né un onere imposto dallo Stato.',
    'canadian-regulatory':
      'Supplemento consueto tra gli operatori canadesi. Non è imposto da alcuna autorità pubblica; l’aliquota dipende dal servizio.',
    'universal-service':
      'Recupera i nostri contributi al fondo federale per il servizio universale sul traffico interstatale e internazionale. L’aliquota è fissata ogni trimestre.',
  },
  units: {
    device: ['dispositivo', 'dispositivi'],
    extension: ['interno', 'interni'],
    number: ['numero', 'numeri'],
    licence: ['licenza', 'licenze'],
    user: ['utente', 'utenti'],
    location: ['sede', 'sedi'],
    item: ['articolo', 'articoli'],
    circuit: ['linea', 'linee'],
    minute: ['minuto', 'minuti'],
    credit: ['credito', 'crediti'],
    month: ['mese', 'mesi'],
  },
  usage: {
    names: {
      domestic: 'Minuti in uscita',
      'toll-free-inbound': 'Minuti in entrata verso numeri verdi',
      'domestic-premium': 'Minuti verso numeri a sovrapprezzo',
      international: 'Minuti internazionali',
      message: 'Crediti per messaggi',
    },
    used: (used, included) => `${used} su ${included} del piano`,
    beyond: (included) => `oltre il piano (${included})`,
    late: (month) => `consumo di ${month}, registrato dopo la fattura di quel mese`,
  },
};
