// Profiles that ship with the package: data, checked like any other profile.
export { asiaPacific } from "./asia-pacific.js";
export { california } from "./california.js";
export { europe } from "./europe.js";
export { middleEast } from "./middle-east.js";
export { northAmerica } from "./north-america.js";
export { oceania } from "./oceania.js";
export { southAsia } from "./south-asia.js";
export { taxSeason } from "./tax-season.js";
export { unitedKingdom } from "./united-kingdom.js";
