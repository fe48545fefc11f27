/**
 * What the columns of lists are called where people export them: HubSpot's and Salesforce's headings and field
 * names, and what sales teams call them in their own sheets. The surest name first: of two columns that both
 * would do, that one is read.
 */

const ACCOUNT = [
  'Account Name',
  'Account: Account Name',
  'Account',
  'Company Name',
  'Company',
  'Associated Company',
  'Primary Associated Company',
  'Customer Name',
  'Customer',
  'Client Name',
  'Client',
];
const DEAL = ['Deal Name', 'Deal', 'Opportunity Name', 'Opportunity', 'Renewal Name', 'Name'];
const AMOUNT = [
  'Amount',
  'Deal Amount',
  'Deal Value',
  'Value',
  'Opportunity Amount',
  'ARR',
  'Annual Recurring Revenue',
  'Annual Contract Value',
  'ACV',
  'Contract Value',
  'Total Contract Value',
  'TCV',
  'Amount in company currency',
  'Total',
];

export const EXPORT_NAMES = {
  account: [...ACCOUNT, ...DEAL],
  amount: ['Renewal Amount', 'Amount to Renew', 'ARR to Renew', 'Expiring ARR', ...AMOUNT],
  date: [
    'Renewal Date',
    'Renewal Close Date',
    'Renews',
    'Renewal',
    'Contract End Date',
    'Subscription End Date',
    'Expiration Date',
    'Expiry Date',
    'End Date',
    'Close Date',
    'Expected Close Date',
    'Closing Date',
    'Date',
  ],
  likelihood: [
    'Likelihood',
    'Probability',
    'Deal Probability',
    'Win Probability',
    'hs_deal_stage_probability',
    'Confidence',
    'Chance',
  ],
  nextActivities: ['Next Step', 'Next Steps', 'Next Activity'],
  risks: ['Risks', 'Risk', 'Internal Risks'],
  externalRisks: ['External Risks'],
  buyingCenter: [
    'Buying Center',
    'Buying Centre',
    'Department',
    'Business Unit',
    'Product',
    ...DEAL,
  ],
  target: ['Target', ...AMOUNT],
  goal: ['Life goal', 'Goal', 'What', 'Name'],
  needed: ['Needed by', 'When', 'Due', 'Due date', 'Date'],
  risk: ['Risk', 'Risk Name', 'What could happen', 'Name'],
  probability: ['Probability', 'Likelihood', 'Chance'],
  impact: ['Impact', 'Cost', ...AMOUNT],
} as const satisfies Record<string, readonly string[]>;
