/** The attribute of each field. Names are identifiers in snake_case. */
type AttributeNames<Fields> = { readonly [Field in keyof Fields]-?: string };

/** An item with the attributes that `Names` gives to the fields. */
export type ItemOf<Fields, Names extends AttributeNames<Fields>> = {
  [Field in keyof Fields as Names[Field]]: Fields[Field];
};

/** Turns an object into the item that stores it, and back. Values are taken over as they are, not copied. */
export interface RowCodec<Fields, Item> {
  toItem(fields: Readonly<Fields>): Item;
  fromItem(item: Readonly<Item>): Fields;
}

const identifier = /^[A-Za-z_]\w*$/;

/**
 * The codec of a row, by the attribute name of each field:
 * `rowCodec<Seat>()({ courseId: 'course_id', version: 'version' })`. A field without a name is a type error.
 *
 * Guarantee: costs what object literals written by hand cost, for it compiles to them once; a copy in a loop costs
 * more than ten times that (docs/decisions/row-codec.md). An undefined field stays an undefined attribute.
 *
 * @throws TypeError for a name that is no identifier
 */
export function rowCodec<Fields extends object>() {
  return <const Names extends AttributeNames<Fields>>(
    names: Names,
  ): RowCodec<Fields, ItemOf<Fields, Names>> => {
    const pairs = Object.entries<string>(names);
    return {
      toItem: copier(pairs.map(([field, attribute]) => [attribute, field])),
      fromItem: copier(pairs),
    };
  };
}

/** A function that makes an object with each property `to` from the property `from` of another. */
function copier<From, To>(properties: readonly (readonly [to: string, from: string])[]): (from: From) => To {
  const bad = properties.flat().find((name) => !identifier.test(name));
  if (bad !== undefined) throw new TypeError(`"${bad}" cannot be a field or an attribute of a row.`);
  const literal = properties.map(([to, from]) => `${to}: from.${from}`).join(', ');
  return new Function('from', `return { ${literal} };`) as (from: From) => To;
}
