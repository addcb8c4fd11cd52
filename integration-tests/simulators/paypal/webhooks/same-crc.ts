import { crc32 } from "node:zlib";

/** Twice the bits of a CRC32, so that some choice of them reaches every value. */
const BITS = 64;

/**
 * Another JSON with the CRC32 of a text: the value, with a member `padding` of zeros and ones that make up for the
 * difference. CRC32 is linear: a flipped bit changes it by the same whatever the other bits are.
 */
export function withCrcOf(text: string, value: object): string {
  const zeros = "0".repeat(BITS);
  const body = Buffer.from(JSON.stringify({ ...value, padding: zeros }));
  const start = body.lastIndexOf(zeros);
  const plain = crc32(body);
  const changes = Array.from({ length: BITS }, (_, bit) => {
    const flipped = Buffer.from(body);
    flipped[start + bit] = "1".charCodeAt(0);
    return crc32(flipped) ^ plain;
  });
  for (const bit of chosen(changes, plain ^ crc32(text))) {
    body[start + bit] = "1".charCodeAt(0);
  }
  return body.toString("utf8");
}

/** Which of the changes come to the wanted one, taken together: Gaussian elimination over bits. */
function chosen(changes: readonly number[], wanted: number): number[] {
  type Row = { value: number; bits: bigint };
  const basis = new Map<number, Row>();
  changes.forEach((change, bit) => {
    const rest = reduced({ value: change, bits: 1n << BigInt(bit) });
    if (rest.value !== 0) {
      basis.set(Math.clz32(rest.value), rest);
    }
  });
  const { value, bits } = reduced({ value: wanted, bits: 0n });
  if (value !== 0) {
    throw new Error("No padding has this CRC32.");
  }
  return changes.map((_, bit) => bit).filter((bit) => (bits >> BigInt(bit)) & 1n);

  function reduced(row: Row): Row {
    let { value: left, bits: used } = row;
    for (let known = basis.get(Math.clz32(left)); left !== 0 && known; known = basis.get(Math.clz32(left))) {
      left ^= known.value;
      used ^= known.bits;
    }
    return { value: left, bits: used };
  }
}
