/** The free words of plans: encrypted, those from before as well, whichever version of Bigplan wrote them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DraftTerms, type PlanDraft } from '../../src/plan/draft.ts';
import { PLAIN_WORDS } from '../../src/plan/free-words-rules.ts';
import { sealPlainWords } from '../../src/plan/seal-words.ts';
import { findVersion, versionsWithPlainWords } from '../../src/plan/store.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintPair, setUpWorkspace } from '../support/plan-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
});
afterAll(() => app.stop());

/** One for each place that words can stand in. */
const canary = (at: number) => `canary word ${at}.`;
const CANARIES = Array.from({ length: 12 }, (_, at) => canary(at));

function wordy(): PlanDraft {
  const base = everyDayDraft();
  if (!base.newBusiness) throw new Error('new business is carried');
  const span = { from: '2027-07-05', to: '2027-07-16' };
  const renewal = {
    account: 'Acme',
    amount: 12_000_000,
    date: '2027-03-31',
    likelihood: 0.8,
    pressureTested: 0.4,
    activity: null,
  };
  const likely = { kind: 'other' as const, probability: 0.1, impact: 100 };
  return {
    ...base,
    calendar: {
      ...base.calendar,
      timeOff: [
        { ...span, label: canary(0) },
        { ...span, label: canary(1) },
        { from: '2027-08-01', to: '2027-08-02', label: '' },
      ],
    },
    renewals: [
      {
        ...renewal,
        id: 'acme',
        internalRisks: canary(2),
        externalRisks: canary(3),
        nextActivities: canary(4),
      },
      { ...renewal, id: 'other', internalRisks: '', externalRisks: '…', nextActivities: '' },
    ],
    newBusiness: {
      ...base.newBusiness,
      selfSourcing: { leadIdentification: canary(5), prospecting: canary(6) },
    },
    overrides: [
      { id: 'o1', activity: 'calls', level: { count: 20, per: 'day' }, reason: canary(7) },
    ],
    risks: [
      { id: 'r1', label: canary(8), trigger: canary(9), mitigation: canary(10), ...likely },
      { id: 'r2', label: canary(11), trigger: '', mitigation: '', ...likely },
    ],
  };
}

const stored = async () =>
  JSON.stringify(await app.db.$queryRaw`SELECT terms::text AS terms, words FROM plan_version`);
const held = (text: string) => CANARIES.filter((word) => text.includes(word));
const inThePlain = () =>
  versionsWithPlainWords(app.db, { after: null, paths: PLAIN_WORDS, most: 1_000 });
const draftOf = async (id: string) => (await findVersion(app.bigplan.context, id))?.draft;

/** As Bigplan stored it before the words were taken out. */
async function storeAsBefore(id: string, draft: PlanDraft, words: string | null = null) {
  await app.db.planVersion.update({
    where: { id },
    data: { terms: DraftTerms.parse(draft), words },
  });
}

async function agree(draft: PlanDraft): Promise<string> {
  return agreePlanOf(app, (await mintPair(app)).rep, draft);
}

it('stand nowhere in the plain, and come back as they were written', async () => {
  const draft = wordy();
  const id = await agree(draft);
  expect(held(await stored())).toEqual([]);
  expect(await draftOf(id)).toEqual(draft);
  // A former version reads what is left, and finds what no plan may lack.
  const { terms } = await app.db.planVersion.findUniqueOrThrow({ where: { id } });
  expect(DraftTerms.parse(terms)).toMatchObject({ risks: [{ label: '…' }, { label: '…' }] });
});

it('of plans from before are readable, and encrypted by the next start', async () => {
  const draft = wordy();
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push(await agree(draft));
  for (const id of ids) await storeAsBefore(id, draft);
  expect(held(await stored())).toHaveLength(CANARIES.length);
  expect(await draftOf(ids[0] ?? '')).toEqual(draft);

  await app.restart();
  expect(held(await stored())).toEqual([]);
  expect(await inThePlain()).toEqual([]);
  for (const id of ids) expect(await draftOf(id)).toEqual(draft);
  expect(app.logged).toContainEqual(
    expect.objectContaining({ msg: 'The free words of plans were encrypted', count: 3 }),
  );
});

it('that a former version writes beside this one are what counts, and encrypted too', async () => {
  const draft = wordy();
  const id = await agree(draft);
  const { terms, words } = await app.db.planVersion.findUniqueOrThrow({ where: { id } });
  const seen = { ...draft, ...DraftTerms.parse(terms) };
  const [acme, ...rest] = seen.renewals;
  if (!acme) throw new Error('no renewal');
  const edited = { ...seen, renewals: [{ ...acme, nextActivities: 'A canary word 0.' }, ...rest] };
  await storeAsBefore(id, edited, words);
  expect(await sealPlainWords(app.bigplan.context)).toBe(1);
  expect(held(await stored())).toEqual([]);
  const [was, ...others] = draft.renewals;
  expect(await draftOf(id)).toEqual({
    ...draft,
    renewals: [{ ...was, nextActivities: 'A canary word 0.' }, ...others],
  });
});

it('are encrypted once, by whoever comes first, and what changes meanwhile is left as it is', async () => {
  const draft = wordy();
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await agree(draft));
  for (const id of ids) await storeAsBefore(id, draft);
  const counts = await Promise.all([1, 2, 3].map(() => sealPlainWords(app.bigplan.context)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  for (const id of ids) expect(await draftOf(id)).toEqual(draft);
});
