import type { ChargeTexts } from '../charge-texts.ts';

export const charges: ChargeTexts = {
  group: {
    'service-charge': 'Frais de service',
    'standard-phone-numbers': 'Numéros de téléphone standard',
    prorated: 'Frais au prorata',
    'contact-center': 'Centre de contact',
    rentals: 'Locations',
    purchases: 'Achats',
    'included-minutes': 'Minutes incluses dans le forfait',
    'domestic-premium': 'Minutes nationales surtaxées hors forfait',
    'outbound-overage': 'Dépassement de minutes sortantes',
    'toll-free-inbound': 'Numéros sans frais (DID) – minutes entrantes',
    international: 'Numéros internationaux (DID) – minutes sortantes',
    'sms-included': 'SMS inclus dans le forfait',
    'sms-overage': 'SMS hors forfait',
    'state-local-fees': 'Frais réglementaires d’État et locaux',
    'regulatory-recovery': 'Frais de récupération réglementaire',
    'canadian-regulatory': 'Frais réglementaires fédéraux et provinciaux',
    'universal-service': 'Frais de service universel',
  },
  about: {
    'included-minutes': 'Minutes consommées dans le cadre du forfait, locales et interurbaines, sans supplément.',
    'domestic-premium': 'Minutes d’appels vers des numéros nationaux à préfixe surtaxé, qu’aucun forfait ne comprend.',
    'outbound-overage':
      'Minutes sortantes au-delà de celles du forfait. Les appels entre postes comptent comme sortants.',
    'toll-free-inbound':
      'Minutes des appels reçus sur vos numéros sans frais. Les numéros eux-mêmes figurent sous Numéros de téléphone standard.',
    international:
      'Minutes d’appels vers d’autres pays que celui de votre adresse de facturation, au tarif de chaque destination.',
    'sms-included':
      'Crédits de messagerie consommés dans le cadre du forfait, en envoi et en réception, sans supplément. Un crédit correspond à environ 160 caractères.',
    'sms-overage':
      'Crédits de messagerie au-delà de ceux du forfait, en envoi et en réception. Un crédit correspond à environ 160 caractères.',
    'state-local-fees':
      'Compensent les taxes et redevances d’État et locales que nous payons pour le service. Ce sont nos frais et non une taxe mise à votre charge ; ils évoluent avec ces taxes.',
    'regulatory-recovery':
      'Compensent une partie de nos coûts de conformité réglementaire, de raccordement au réseau téléphonique public et de réponse aux demandes judiciaires. Il ne s’agit ni d’une taxe ni d’un prélèvement imposé par l’État.',
    'canadian-regulatory':
      'Supplément habituel chez les opérateurs canadiens. Aucune autorité publique ne l’impose ; son taux dépend du service.',
    'universal-service':
      'Compensent nos contributions au fonds fédéral de service universel pour le trafic entre États et international. Le taux est fixé chaque trimestre.',
  },
  units: {
    device: ['appareil', 'appareils'],
    extension: ['poste', 'postes'],
    number: ['numéro', 'numéros'],
    licence: ['licence', 'licences'],
    user: ['utilisateur', 'utilisateurs'],
    location: ['site', 'sites'],
    item: ['article', 'articles'],
    circuit: ['ligne', 'lignes'],
    minute: ['minute', 'minutes'],
    credit: ['crédit', 'crédits'],
    month: ['mois', 'mois'],
  },
  usage: {
    names: {
      domestic: 'Minutes sortantes',
      'toll-free-inbound': 'Minutes entrantes vers des numéros sans frais',
      'domestic-premium': 'Minutes vers des numéros surtaxés',
      international: 'Minutes internationales',
      message: 'Crédits de messagerie',
    },
    used: (used, included) => `${used} sur ${included} de votre forfait`,
    beyond: (included) => `au-delà du forfait (${included})`,
    late: (month) => `consommation (${month}) enregistrée après la facture de ce mois`,
  },
};
