/** What is wrong at a field's path such as `renewals.3.amount`, and what would do. */
export interface Problem {
  path: string;
  problem: string;
}

/** What was filled in can't be taken as it is: the words go under the inputs, and everything typed stays. */
export class FieldProblems extends Error {
  override readonly name = 'FieldProblems';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('field_problems');
    this.problems = problems;
  }
}
