/** The package's version; a test keeps it equal to package.json, which the core cannot read. */
export const VERSION = '0.1.0';
