/** Different numbers that pass the check digit (ISO/IEC 7812-1 annex B). None is a test card, so the bank refuses them. */
export function stolenLookingCards(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = `4539${String(10_000_000_000 + index * 7_919).slice(-11)}`;
    return digits + checkDigit(digits);
  });
}

/** Addresses of a documentation block (RFC 5737) with so many hosts used. */
export function addressesOf(block: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${block}.${index + 1}`);
}

function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
