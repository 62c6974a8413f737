// The release this build is; lockstep over all packages.
export const release = "0.1.0";
