/** BIP380, "Character Set": three groups of 32, in the order that makes the checksum find the likely mistakes. */
const INPUT =
  "0123456789()[],'/*abcdefgh@:$%{}" +
  "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~" +
  'ijklmnopqrstuvwxyzABCDEFGH`#"\\ ';
const CHECKSUM = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0xf5dee51989n, 0xa9fdca3312n, 0x1bab10e32dn, 0x3706b1677an, 0x644d626ffdn];
const CHECKSUM_LENGTH = 8;

/**
 * The checksum of an output descriptor (BIP380, "Checksum").
 *
 * @param script the descriptor without `#` and checksum
 * @returns eight characters, or undefined where a character is none of those a descriptor may have
 */
export function descriptorChecksum(script: string): string | undefined {
  const symbols = symbolsOf(script);
  if (!symbols) {
    return undefined;
  }
  const checksum = polymod([...symbols, ...Array<number>(CHECKSUM_LENGTH).fill(0)]) ^ 1n;
  return Array.from({ length: CHECKSUM_LENGTH }, (_, at) => {
    const shift = BigInt(5 * (CHECKSUM_LENGTH - 1 - at));
    return CHECKSUM.charAt(Number((checksum >> shift) & 31n));
  }).join("");
}

/** Each character's place in its group, and after every third one the three groups as one symbol. */
function symbolsOf(script: string): number[] | undefined {
  const symbols: number[] = [];
  let groups: number[] = [];
  for (const character of script) {
    const place = INPUT.indexOf(character);
    if (place < 0) {
      return undefined;
    }
    symbols.push(place & 31);
    groups.push(place >> 5);
    if (groups.length === 3) {
      symbols.push(inBaseThree(groups));
      groups = [];
    }
  }
  return groups.length > 0 ? [...symbols, inBaseThree(groups)] : symbols;
}

const inBaseThree = (digits: readonly number[]) => digits.reduce((sum, digit) => sum * 3 + digit, 0);

function polymod(symbols: readonly number[]): bigint {
  return symbols.reduce((checksum, symbol) => {
    const top = checksum >> 35n;
    const shifted = ((checksum & 0x7ffffffffn) << 5n) ^ BigInt(symbol);
    return GENERATOR.reduce((sum, term, bit) => ((top >> BigInt(bit)) & 1n ? sum ^ term : sum), shifted);
  }, 1n);
}
