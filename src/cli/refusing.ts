/** Something that was asked for is wrong. */
export interface WrongField {
  /** Where: an argument or a field of a file. */
  readonly path: string;
  /** What would be right. */
  readonly message: string;
}

/** Ends a command with 2 and its messages. */
export class Refusing extends Error {
  readonly errors: readonly WrongField[];

  constructor(...errors: readonly WrongField[]) {
    super(errors.map(fieldLine).join('; '));
    this.errors = errors;
  }
}

/** One line for a person: the field, then what would be right. */
export const fieldLine = ({ path, message }: WrongField): string => (path === '' ? message : `${path}: ${message}`);
