// Profiles that ship with the package: data, checked like any other profile.
export { taxSeason } from "./tax-season.js";
