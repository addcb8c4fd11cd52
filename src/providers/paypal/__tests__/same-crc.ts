import { crc32 } from "node:zlib";

/** Twice the bits of a CRC-32, so that some choice of them reaches every sum. */
const FILLER = 64;

/** Another event whose body has the same CRC-32: 32 linear equations over as many characters that may be either of two. */
export function withChecksumOf(target: Buffer, event: object): Buffer {
  const wanted = crc32(target);
  const text = (bits: readonly boolean[]) =>
    Buffer.from(JSON.stringify({ ...event, filler: bits.map((bit) => (bit ? "b" : "a")).join("") }));
  const none = Array.from({ length: FILLER }, () => false);
  const base = crc32(text(none));
  // CRC-32 is affine: flipping one character changes the sum by the same bits, whatever the others are.
  const rows = none.map((_, at) => ({
    sum: (crc32(text(none.map((__, other) => other === at))) ^ base) >>> 0,
    bits: 1n << BigInt(at),
  }));
  let left = { sum: (wanted ^ base) >>> 0, bits: 0n };
  for (let bit = 31; bit >= 0; bit -= 1) {
    const has = ({ sum }: { sum: number }) => ((sum >>> bit) & 1) === 1;
    const pivot = rows.splice(rows.findIndex(has), 1)[0];
    if (!pivot || !has(pivot)) {
      throw new Error("The filler is too short for a collision.");
    }
    const without = (row: typeof pivot) =>
      has(row) ? { sum: (row.sum ^ pivot.sum) >>> 0, bits: row.bits ^ pivot.bits } : row;
    rows.forEach((row, at) => rows.splice(at, 1, without(row)));
    left = without(left);
  }
  const forged = text(none.map((_, at) => ((left.bits >> BigInt(at)) & 1n) === 1n));
  return forged;
}
