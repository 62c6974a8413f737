/// <reference lib="esnext.intl" />
// The market of a vendor that an import makes: the area whose season it follows, under the names of the season policy.
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/**
 * Countries of the markets that the shipped season policy knows. California is a part of a country, which no time zone tells, and is
 * named by hand.
 */
const countries: Readonly<Record<string, string>> = {
  "united-kingdom": "GB GG IM JE",
  europe:
    "AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM UA VA XK",
  "north-america": "CA US",
  "asia-pacific": "CN HK JP KR MO MY PH SG TH TW VN",
  "south-asia": "BD IN LK NP PK",
  "middle-east": "AE BH KW OM QA SA",
  oceania: "AU NZ",
};

const marketOfCountry = new Map(
  Object.entries(countries).flatMap(([market, codes]) => codes.split(" ").map((code) => [code, market] as const)),
);

/**
 * The market of a time zone: that of its country, or the country's own code (ISO 3166 alpha-2) where the season policy has no
 * market for it. Undefined for UTC and the like.
 */
export const marketOfZone = (timeZone: string): string | undefined => {
  const country = countryOfZone(timeZone);
  return country === undefined ? undefined : (marketOfCountry.get(country) ?? country);
};

/** By the runtime's own data. */
const countryOfZone = (timeZone: string): string | undefined => {
  const canonical = (zone: string) => new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
  const wanted = canonical(timeZone);
  const zonesOf = (region: string): readonly string[] => {
    try {
      return new Intl.Locale(`und-${region}`).getTimeZones() ?? [];
    } catch {
      return [];
    }
  };
  const regions = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  const found = regions.find((region) => zonesOf(region).some((zone) => zone === timeZone || zone === wanted));
  // Codes of countries that are gone have zones, too: DD is DE today.
  return found === undefined ? undefined : new Intl.Locale(`und-${found}`).region;
};
