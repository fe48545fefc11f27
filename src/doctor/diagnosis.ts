/** What the doctor has found out about one thing. */
export interface Diagnosis {
  about: string;
  /** `unknown`: it could not be looked at, because of what is said elsewhere or from here. */
  state: 'well' | 'ill' | 'unknown';
  what: string;
  /** What to do, where it is ill. */
  mend?: string;
}

export const well = (about: string, what: string): Diagnosis => ({ about, state: 'well', what });
export const ill = (about: string, what: string, mend: string): Diagnosis => ({
  about,
  state: 'ill',
  what,
  mend,
});
export const unknown = (about: string, what: string): Diagnosis => ({
  about,
  state: 'unknown',
  what,
});

const TOO_FAR_S = 30;

/** How this machine's clock stands to another's, `ms` ahead of it. */
export function clockFinding(whose: string, ms: number): Diagnosis {
  const about = `clock, beside ${whose}`;
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds <= TOO_FAR_S) return well(about, `${seconds} s apart`);
  return ill(
    about,
    `${seconds} s ${ms > 0 ? 'ahead' : 'behind'}`,
    'set the clocks by NTP: Slack’s requests are refused five minutes off, and messages come at wrong times',
  );
}
