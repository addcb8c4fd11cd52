import { createContext, useContext } from "react";
import { wordingOf, type Wording } from "../locales";

const WordingContext = createContext<Wording>(wordingOf("en"));

/** Gives the parts beneath it their words and amounts. */
export const WordingProvider = WordingContext.Provider;

/** The words and amounts of the language in use. */
export function useWording(): Wording {
  return useContext(WordingContext);
}
