import { BIP32Factory, type BIP32API } from "bip32";
import { initEccLib } from "bitcoinjs-lib";
import * as secp256k1 from "tiny-secp256k1";

// bitcoinjs-lib computes nothing of taproot until it is given the curve.
initEccLib(secp256k1);

/** Extended keys on secp256k1. */
export const bip32: BIP32API = BIP32Factory(secp256k1);
