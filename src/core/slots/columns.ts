// A typed array of its own costs more than the sweep that fills it, so small ones are parts of a larger one. Parts are
// handed out once and never again: nobody shares theirs.
const SLAB_LENGTH = 1 << 14;

let numbers = new Float64Array(SLAB_LENGTH);
let numbersTaken = 0;
let indices = new Int32Array(SLAB_LENGTH);
let indicesTaken = 0;

/** A column of zeros for numbers. */
export function numberColumn(length: number): Float64Array {
  if (length > SLAB_LENGTH / 4) return new Float64Array(length);
  if (numbersTaken + length > SLAB_LENGTH) {
    numbers = new Float64Array(SLAB_LENGTH);
    numbersTaken = 0;
  }
  const column = numbers.subarray(numbersTaken, numbersTaken + length);
  numbersTaken += length;
  return column;
}

/** A column of zeros for indices. */
export function indexColumn(length: number): Int32Array {
  if (length > SLAB_LENGTH / 4) return new Int32Array(length);
  if (indicesTaken + length > SLAB_LENGTH) {
    indices = new Int32Array(SLAB_LENGTH);
    indicesTaken = 0;
  }
  const column = indices.subarray(indicesTaken, indicesTaken + length);
  indicesTaken += length;
  return column;
}

/** A column with the first numbers of a buffer. */
export function copiedColumn(data: Float64Array, length: number): Float64Array {
  const column = numberColumn(length);
  // Copying by hand is quicker than set with a part of the buffer, which would be an object of its own.
  for (let index = 0; index < length; index++) column[index] = data[index] ?? NaN;
  return column;
}
