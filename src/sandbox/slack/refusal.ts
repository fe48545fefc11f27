/** Slack's word for why it refuses a call, and its reasons in detail. */
export class Refusal extends Error {
  readonly details: string[];

  constructor(code: string, details: string[] = []) {
    super(code);
    this.details = details;
  }
}
