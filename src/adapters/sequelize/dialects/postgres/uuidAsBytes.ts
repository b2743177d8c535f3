import type { DataTypes, ModelAttributes } from 'sequelize';

/** The part of a Sequelize data type that writes values; its types do not show it. */
interface Writing {
  escape: boolean;
  _stringify(value: Uint8Array): string;
  _bindParam(value: unknown, options: { bindParam(value: unknown): string }): string;
}

/** A column of type `uuid` that takes and gives 16 bytes: in texts as hexadecimal digits, as a parameter in binary form. */
export function uuidAsBytes(types: typeof DataTypes): ModelAttributes[string] {
  // Sequelize exports its types behind a proxy that makes no objects of other classes; the class itself does.
  const Abstract = (types.ABSTRACT.prototype as object).constructor as typeof types.ABSTRACT;
  class UuidAsBytes extends Abstract {
    static override readonly key = 'UUID_AS_BYTES';
    override readonly key = UuidAsBytes.key;
    override toSql(): string {
      return 'UUID';
    }
  }
  const writing: Writing = {
    escape: false,
    _stringify: (value) => `'${Buffer.from(value).toString('hex')}'`,
    _bindParam: (value, { bindParam }) => bindParam(value),
  };
  Object.assign(UuidAsBytes.prototype, writing);
  return UuidAsBytes as unknown as ModelAttributes[string];
}
