import bs58check from "bs58check";

/** The extended key with other version bytes (SLIP-132), as another wallet would write it. */
export function inVersion(key: string, version: number): string {
  const bytes = Uint8Array.from(bs58check.decode(key));
  new DataView(bytes.buffer).setUint32(0, version);
  return bs58check.encode(bytes);
}
